"""A decision record as its front matter states it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from playbook import facts
from playbook.decisions.matter import RecordError, front_matter
from playbook.model import System

Direction = Literal["above", "below"]
KEYS = (
    "id",
    "title",
    "date",
    "supersedes",
    "superseded_by",
    "constraints",
    "triggers",
    "answered",
    "forecast",
)
REQUIRED = ("id", "title", "date", "constraints", "triggers")
TRIGGER_KEYS = ("fact", "above", "below", "volume", "why")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What would make us decide again: a fact past a threshold; ``moves`` says if volume can do it."""

    fact: str
    direction: Direction
    threshold: float
    moves: bool
    why: str

    def margin(self, value: float) -> float:
        """How far the value is from tripping, as a share of the threshold; negative once it has tripped."""
        apart = self.threshold - value if self.direction == "above" else value - self.threshold
        return apart / abs(self.threshold) if self.threshold else apart

    def tripped(self, value: float) -> bool:
        """Whether the value is past the threshold."""
        return value > self.threshold if self.direction == "above" else value < self.threshold


@dataclass(frozen=True, slots=True)
class Forecast:
    """A number that a record foretold: the fact, its value, and the day it was foretold for."""

    fact: str
    foretold: float
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """One decision: its identity, what bound it, what would reopen it, and what followed it."""

    id: str
    title: str
    date: date
    constraints: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    supersedes: str | None
    superseded_by: str | None
    answered: str | None
    forecast: Forecast | None
    file: str


def folder() -> Path:
    """Where the records stand in this checkout."""
    return Path(__file__).resolve().parents[3] / "book" / "01-architecture" / "decisions"


def records(system: System, *, path: Path | None = None) -> tuple[Record, ...]:
    """Every record, by id; held to the system's facts, targets and dates, and to each other.

    Raises ``RecordError`` for the first field that is unknown, missing or ill-typed, for an id used twice,
    for links that are not returned, for dates out of order, and for a fact or constraint that does not exist.
    """
    files = sorted((path or folder()).glob("[0-9]*.md"))
    found = tuple(_record(file.name, front_matter(file), system) for file in files)
    _links(found)
    return found


def _record(file: str, table: Mapping[str, object], system: System) -> Record:
    for key in table:
        if key not in KEYS:
            raise RecordError(file, key, f"unknown; allowed are {', '.join(KEYS)}")
    for key in REQUIRED:
        if key not in table:
            raise RecordError(file, key, "missing")
    name, title, day = table["id"], table["title"], table["date"]
    if not isinstance(name, str) or not re.fullmatch(r"\d{4}", name) or not file.startswith(f"{name}-"):
        raise RecordError(
            file, "id", f"{name!r} must be four digits in quotes, with which the file's name begins"
        )
    if not isinstance(title, str) or not title.strip():
        raise RecordError(file, "title", "must be a sentence")
    if not isinstance(day, date) or not day <= system.eras[-1].end:
        raise RecordError(file, "date", f"{day!r} must be a day up to {system.eras[-1].end}")
    return Record(
        id=name,
        title=title,
        date=day,
        constraints=tuple(_constraints(table["constraints"], file, system)),
        triggers=tuple(_triggers(table["triggers"], file)),
        supersedes=_link(table.get("supersedes"), file, "supersedes"),
        superseded_by=_link(table.get("superseded_by"), file, "superseded_by"),
        answered=_text(table.get("answered"), file, "answered"),
        forecast=_forecast(table.get("forecast"), file),
        file=file,
    )


def _list(value: object, file: str, field: str) -> Sequence[object]:
    if not isinstance(value, list) or not value:
        raise RecordError(file, field, "must be a list of at least one")
    return value


def _constraints(value: object, file: str, system: System) -> Iterator[str]:
    for item in _list(value, file, "constraints"):
        if not isinstance(item, str) or item not in system.assumptions:
            raise RecordError(file, "constraints", f"{item!r} is no target or assumption")
        yield item


def _triggers(value: object, file: str) -> Iterator[Trigger]:
    for item in _list(value, file, "triggers"):
        if not isinstance(item, dict) or set(item) - set(TRIGGER_KEYS):
            raise RecordError(
                file, "triggers", f"{item!r} must have the keys {', '.join(TRIGGER_KEYS)} alone"
            )
        fact, why = item.get("fact"), item.get("why")
        if fact not in facts.names():
            raise RecordError(file, "triggers", f"{fact!r} is no fact")
        sides = [side for side in ("above", "below") if side in item]
        if len(sides) != 1:
            raise RecordError(file, "triggers", f"{fact} must say above or below, one of the two")
        threshold = item[sides[0]]
        if isinstance(threshold, bool) or not isinstance(threshold, int | float):
            raise RecordError(file, "triggers", f"{fact}: the threshold {threshold!r} must be a number")
        if item.get("volume", "moves") not in ("moves", "does not move"):
            raise RecordError(file, "triggers", f"{fact}: volume must be 'moves' or 'does not move'")
        if not isinstance(why, str) or not why.strip():
            raise RecordError(file, "triggers", f"{fact}: says not why")
        moves = item.get("volume", "moves") == "moves"
        yield Trigger(fact, cast("Direction", sides[0]), float(threshold), moves, why)


def _link(value: object, file: str, field: str) -> str | None:
    if value is not None and (not isinstance(value, str) or not re.fullmatch(r"\d{4}", value)):
        raise RecordError(file, field, f"{value!r} must be the four digits of a record, in quotes")
    return value


def _text(value: object, file: str, field: str) -> str | None:
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise RecordError(file, field, "must be a sentence")
    return value


def _forecast(value: object, file: str) -> Forecast | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"fact", "foretold", "on"}:
        raise RecordError(file, "forecast", "must have fact, foretold and on")
    fact, foretold, on = value["fact"], value["foretold"], value["on"]
    if fact not in facts.names():
        raise RecordError(file, "forecast", f"{fact!r} is no fact")
    if isinstance(foretold, bool) or not isinstance(foretold, int | float):
        raise RecordError(file, "forecast", f"{foretold!r} must be a number")
    try:
        day = date.fromisoformat(on)
    except (TypeError, ValueError):
        raise RecordError(file, "forecast", f'{on!r} must be a day such as "2026-11-06"') from None
    return Forecast(fact, float(foretold), day)


def _links(found: Sequence[Record]) -> None:
    known: dict[str, Record] = {}
    for record in found:
        if record.id in known:
            raise RecordError(record.file, "id", f"{record.id} is {known[record.id].file}'s already")
        known[record.id] = record
    for record in found:
        for field, back in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
            other = getattr(record, field)
            if other is None:
                continue
            if other not in known:
                raise RecordError(record.file, field, f"there is no record {other}")
            if getattr(known[other], back) != record.id:
                raise RecordError(
                    record.file, field, f"{known[other].file} does not say {back}: {record.id!r}"
                )
        if record.supersedes and known[record.supersedes].date >= record.date:
            raise RecordError(
                record.file, "date", f"must be after {record.supersedes}'s, {known[record.supersedes].date}"
            )
    for one, other in pairwise(found):
        if one.date > other.date:
            raise RecordError(other.file, "date", f"{other.date} is before {one.id}'s, {one.date}")
