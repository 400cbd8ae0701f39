"""One assumption: a number with its kind, range, limits, source and date, and how it came to be."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast, get_args

Kind = Literal["sourced", "assumed", "simulated", "given"]
Scalar = float | int
KEYS = ("value", "kind", "range", "limits", "source", "as_of", "why", "history")
REQUIRED = ("value", "kind", "limits", "source", "as_of", "why")


class DataError(ValueError):
    """Something in ``data/`` is wrong: names the file, the key, the value and what is allowed."""

    def __init__(self, file: str, key: str, value: object, allowed: str) -> None:
        super().__init__(f"{file}: {key} = {_short(value)}: {allowed}")
        self.file, self.key, self.value, self.allowed = file, key, value, allowed

    def __reduce__(self) -> tuple[type, tuple[str, str, object, str]]:
        """Pickle by the four parts, so that an error crosses processes whole."""
        return type(self), (self.file, self.key, self.value, self.allowed)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


@dataclass(frozen=True, slots=True)
class Point:
    """A past value: reached ``on`` a date and growing to the next point, or held ``until`` a date."""

    day: date
    value: Scalar
    grows: bool


@dataclass(frozen=True, slots=True)
class Assumption:
    """What stands behind one path of the system.

    ``range`` is the 5th to 95th percentile of belief, None where there is none; ``limits`` is what a
    what-if may set. ``confirmed`` is False for a price that nobody could check against its source.
    """

    path: str
    value: Scalar
    kind: Kind
    limits: tuple[float, float]
    range: tuple[float, float] | None
    source: str
    as_of: date
    why: str
    file: str
    whole: bool
    history: tuple[Point, ...] = ()
    confirmed: bool = True

    @property
    def ends(self) -> tuple[Scalar, ...]:
        """The ends of the range as values of the right type; none where there is no range."""
        return tuple(round(end) if self.whole else end for end in self.range or ())

    def check(self, value: object, *, file: str = "what-if", key: str | None = None) -> Scalar:
        """``value`` as the type of this assumption, once it is known to be allowed."""
        return scalar(value, whole=self.whole, limits=self.limits, file=file, key=key or self.path)

    def on(self, day: date) -> Scalar:
        """The value that held on ``day``: geometric between points that grow, stepwise between others."""
        if day >= self.as_of or not self.history:
            return self.value
        if not self.history[0].grows:
            return next((p.value for p in self.history if day < p.day), self.value)
        points = (*self.history, Point(self.as_of, self.value, grows=True))
        if day <= points[0].day:
            return points[0].value
        after = next(i for i, point in enumerate(points) if day <= point.day)
        start, end = points[after - 1], points[after]
        elapsed = (day - start.day).days / (end.day - start.day).days
        value = start.value * math.pow(end.value / start.value, elapsed)
        return round(value) if self.whole else value


def scalar(value: object, *, whole: bool, limits: tuple[float, float], file: str, key: str) -> Scalar:
    """A number of the right type inside ``limits``; an integer where ``whole``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(file, key, value, "must be a whole number" if whole else "must be a number")
    if not math.isfinite(value):
        raise DataError(file, key, value, "must be finite")
    if not limits[0] <= value <= limits[1]:
        raise DataError(file, key, value, f"must lie within its limits {limits[0]:g} to {limits[1]:g}")
    if whole and value != int(value):
        raise DataError(file, key, value, "must be a whole number")
    return int(value) if whole else float(value)


def from_table(table: Mapping[str, object], *, path: str, file: str, whole: bool) -> Assumption:
    """The assumption that one TOML table states, refused with file, key, value and what is allowed."""
    for key in table:
        if key not in KEYS:
            raise DataError(file, f"{path}.{key}", table[key], f"unknown key; allowed are {', '.join(KEYS)}")
    for key in REQUIRED:
        if key not in table:
            raise DataError(file, f"{path}.{key}", None, "missing; every assumption states it")
    kind = _kind(table["kind"], file=file, key=f"{path}.kind")
    limits = _pair(table["limits"], file=file, key=f"{path}.limits")
    value = scalar(table["value"], whole=whole, limits=limits, file=file, key=f"{path}.value")
    return Assumption(
        path=path,
        value=value,
        kind=kind,
        limits=limits,
        range=_range(table.get("range"), kind=kind, limits=limits, file=file, key=f"{path}.range"),
        source=text(table["source"], file=file, key=f"{path}.source"),
        as_of=day(table["as_of"], file=file, key=f"{path}.as_of"),
        why=text(table["why"], file=file, key=f"{path}.why"),
        file=file,
        whole=whole,
        history=tuple(_history(table, whole=whole, limits=limits, file=file, path=path)),
    )


def text(value: object, *, file: str, key: str) -> str:
    """A sentence that is there."""
    if not isinstance(value, str) or not value.strip():
        raise DataError(file, key, value, "must be a sentence, not empty")
    return value.strip()


def day(value: object, *, file: str, key: str) -> date:
    """A calendar date without a time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise DataError(file, key, value, "must be a date such as 2026-11-06")
    return value


def _kind(value: object, *, file: str, key: str) -> Kind:
    if value in get_args(Kind):
        return cast("Kind", value)
    raise DataError(file, key, value, f"must be one of {', '.join(get_args(Kind))}")


def _pair(value: object, *, file: str, key: str) -> tuple[float, float]:
    allowed = "must be two finite numbers, the lower first"
    if not isinstance(value, list) or len(value) != 2:
        raise DataError(file, key, value, allowed)
    for end in value:
        if isinstance(end, bool) or not isinstance(end, int | float) or not math.isfinite(end):
            raise DataError(file, key, value, allowed)
    low, high = float(value[0]), float(value[1])
    if low >= high:
        raise DataError(file, key, value, allowed)
    return low, high


def _range(
    value: object, *, kind: Kind, limits: tuple[float, float], file: str, key: str
) -> tuple[float, float] | None:
    if value is None:
        if kind == "assumed":
            raise DataError(file, key, value, "missing; what is assumed states its 5th to 95th percentile")
        return None
    if kind == "given":
        raise DataError(file, key, value, "a target as received has no range")
    low, high = _pair(value, file=file, key=key)
    if low < limits[0] or high > limits[1]:
        raise DataError(file, key, value, f"must lie within its limits {limits[0]:g} to {limits[1]:g}")
    return low, high


def _history(
    table: Mapping[str, object], *, whole: bool, limits: tuple[float, float], file: str, path: str
) -> Iterator[Point]:
    key, points = f"{path}.history", table.get("history", [])
    if not isinstance(points, list):
        raise DataError(
            file, key, points, "must be a list of { on = date, value } or { until = date, value }"
        )
    words = {word for point in points if isinstance(point, dict) for word in point} - {"value"}
    if points and words not in ({"on"}, {"until"}):
        raise DataError(file, key, points, "each point has a value and, all alike, 'on' or 'until'")
    last = None
    for point in points:
        if not isinstance(point, dict) or len(point) != 2:
            raise DataError(file, key, point, "each point has a value and, all alike, 'on' or 'until'")
        when = day(next(point[word] for word in words), file=file, key=key)
        if when >= day(table["as_of"], file=file, key=key) or (last and when <= last):
            raise DataError(file, key, when, "dates must rise and stay before as_of")
        value = scalar(point.get("value"), whole=whole, limits=limits, file=file, key=key)
        if words == {"on"} and value <= 0:
            raise DataError(file, key, value, "a value that grows must be positive")
        last = when
        yield Point(when, value, grows=words == {"on"})
