"""What happened in each incident, minute by minute: what we knew, whom we told, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar, get_args

from playbook.model.assumption import DataError, day, scalar, text
from playbook.model.files import entries, table_in, tables_of
from playbook.model.reliability import Incident

FOLDER = "reliability/incidents"
INCIDENTS = f"{FOLDER}.toml"
Kind = Literal["started", "noticed", "wrong_fix", "right_fix", "fresh", "note"]
Fate = Literal["done", "done untested", "dropped", "open"]
Place = Literal["us", "eu", "all"]
ONCE: tuple[Kind, ...] = ("started", "noticed", "fresh")
W = TypeVar("W", bound=str)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline, in UTC, and what we knew when it was made."""

    at: datetime
    kind: Kind
    text: str
    knew: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody outside the team was told, in UTC, beside what we knew."""

    at: datetime
    to: str
    text: str
    knew: str


@dataclass(frozen=True, slots=True)
class Action:
    """What was to be done, by which role until when, and its fate; ``closed`` is None while it is open."""

    text: str
    owner: str
    due: date
    closed: date | None
    fate: Fate
    note: str

    @property
    def in_time(self) -> bool:
        """Whether it was done, with a test, by its date."""
        return self.fate == "done" and self.closed is not None and self.closed <= self.due


@dataclass(frozen=True, slots=True)
class Timeline:
    """One incident in order of time; its durations follow from its timestamps."""

    name: str
    region: Place
    server_errors: float
    refused_events: float
    moments: tuple[Moment, ...]
    told: tuple[Told, ...]
    actions: tuple[Action, ...]

    def when(self, kind: Kind) -> datetime:
        """The first moment of a kind; ``ValueError`` where there is none."""
        for moment in self.moments:
            if moment.kind == kind:
                return moment.at
        raise ValueError(f"{self.name} has no moment of kind {kind!r}")

    @property
    def minutes(self) -> float:
        """From its start until events were fresh again."""
        return (self.when("fresh") - self.when("started")) / timedelta(minutes=1)

    @property
    def noticed_minutes(self) -> float:
        """From its start until somebody of us knew."""
        return (self.when("noticed") - self.when("started")) / timedelta(minutes=1)


def timelines(folder: Path, *, recorded: tuple[Incident, ...]) -> tuple[Timeline, ...]:
    """A timeline for each recorded incident, in their order.

    Raises ``DataError`` for a file that is missing or of no incident, an entry out of order, of an unknown
    kind or before the incident, a start, notice or end that is missing or doubled, an action whose fate is
    unknown, and a recorded duration that disagrees with the timestamps.
    """
    names = [incident.name for incident in recorded]
    for file in sorted((folder / FOLDER).glob("*.toml")):
        if file.stem not in names:
            reason = f"no incident of that name in {INCIDENTS}: {', '.join(names)}"
            raise DataError(f"{FOLDER}/{file.name}", "name", file.stem, reason)
    return tuple(_timeline(folder, incident) for incident in recorded)


def _timeline(folder: Path, incident: Incident) -> Timeline:
    file = f"{FOLDER}/{incident.name}.toml"
    tables = entries(
        tables_of(folder, file), allowed=("incident", "timeline", "told", "actions"), file=file, key="file"
    )
    head = entries(
        table_in(tables, "incident", file=file),
        allowed=("region", "server_errors", "refused_events"),
        file=file,
        key="incident",
    )
    most = (0.0, incident.handled_events)
    moments = tuple(_moments(tables, file=file))
    _judge(moments, incident, file=file)
    found = Timeline(
        name=incident.name,
        region=_word(head["region"], get_args(Place), file=file, key="incident.region"),
        server_errors=_count(head["server_errors"], most, file=file, key="incident.server_errors"),
        refused_events=_count(head["refused_events"], most, file=file, key="incident.refused_events"),
        moments=moments,
        told=tuple(_told(tables, since=moments[0].at, file=file)),
        actions=tuple(_actions(tables, since=moments[0].at.date(), file=file)),
    )
    _compare(found, incident)
    return found


def _compare(found: Timeline, incident: Incident) -> None:
    """Refuse a recorded duration that the timestamps do not bear out."""
    for key, value, end in (
        ("minutes", incident.minutes, "fresh"),
        ("noticed_minutes", incident.noticed_minutes, "noticed"),
    ):
        stated: float = getattr(found, key)
        if value != stated:
            since, until = (found.when(kind).strftime("%Y-%m-%d %H:%M") for kind in ("started", end))  # type: ignore[arg-type]
            reason = f"its timestamps say {stated:g}, from {since} to {until}"
            raise DataError(INCIDENTS, f"{incident.name}.{key}", value, reason)


def _judge(moments: tuple[Moment, ...], incident: Incident, *, file: str) -> None:
    """Refuse a timeline that does not begin on its day, or without a single start, notice and end."""
    kinds = [moment.kind for moment in moments]
    for kind in ONCE:
        if kinds.count(kind) != 1:
            raise DataError(file, "timeline.kind", kinds.count(kind), f"exactly one entry must be {kind!r}")
    if kinds[0] != "started":
        raise DataError(file, "timeline.0.kind", kinds[0], "must be 'started': nothing is before it")
    if moments[0].at.date() != incident.on:
        raise DataError(file, "timeline.0.at", moments[0].at, f"must be on {incident.on}, its day on record")
    if kinds.index("fresh") < kinds.index("noticed"):
        raise DataError(file, "timeline.kind", "fresh", "must not stand before 'noticed'")


def _moments(tables: Mapping[str, object], *, file: str) -> Iterator[Moment]:
    last = None
    for key, row in _rows(tables, "timeline", ("at", "kind", "text", "knew"), file=file):
        at = _moment(row["at"], since=last, file=file, key=f"{key}.at")
        last = at
        yield Moment(
            at=at,
            kind=_word(row["kind"], get_args(Kind), file=file, key=f"{key}.kind"),
            text=text(row["text"], file=file, key=f"{key}.text"),
            knew=text(row["knew"], file=file, key=f"{key}.knew"),
        )


def _told(tables: Mapping[str, object], *, since: datetime, file: str) -> Iterator[Told]:
    last = since
    for key, row in _rows(tables, "told", ("at", "to", "text", "knew"), file=file):
        last = _moment(row["at"], since=last, file=file, key=f"{key}.at")
        words = {name: text(row[name], file=file, key=f"{key}.{name}") for name in ("to", "text", "knew")}
        yield Told(at=last, **words)


def _actions(tables: Mapping[str, object], *, since: date, file: str) -> Iterator[Action]:
    keys = ("text", "owner", "due", "fate", "note")
    for key, row in _rows(tables, "actions", keys, file=file, optional=("closed",)):
        fate: Fate = _word(row["fate"], get_args(Fate), file=file, key=f"{key}.fate")
        closed = day(row["closed"], file=file, key=f"{key}.closed") if "closed" in row else None
        if (closed is None) != (fate == "open"):
            raise DataError(file, f"{key}.closed", closed, "an open action has none, any other has one")
        due = day(row["due"], file=file, key=f"{key}.due")
        for name, when in (("due", due), ("closed", closed)):
            if when is not None and when < since:
                raise DataError(file, f"{key}.{name}", when, f"must not be before the incident, {since}")
        words = {name: text(row[name], file=file, key=f"{key}.{name}") for name in ("text", "owner", "note")}
        yield Action(due=due, closed=closed, fate=fate, **words)


def _rows(
    tables: Mapping[str, object],
    name: str,
    allowed: tuple[str, ...],
    *,
    file: str,
    optional: tuple[str, ...] = (),
) -> Iterator[tuple[str, Mapping[str, object]]]:
    rows = tables[name]
    if not isinstance(rows, list) or not rows:
        raise DataError(file, name, rows, "must be a list of tables, not empty")
    for number, row in enumerate(rows):
        key = f"{name}.{number}"
        if not isinstance(row, dict):
            raise DataError(file, key, row, "must be a table")
        present = tuple(word for word in optional if word in row)
        yield key, entries(row, allowed=(*allowed, *present), file=file, key=key)


def _moment(value: object, *, since: datetime | None, file: str, key: str) -> datetime:
    if not isinstance(value, datetime) or value.utcoffset() != timedelta(0):
        raise DataError(file, key, value, "must be a time in UTC such as 2024-03-19T14:02:00Z")
    if since and value < since:
        raise DataError(file, key, value, f"entries stand in order of time, from {since:%Y-%m-%d %H:%M} on")
    return value


def _word(value: object, allowed: tuple[W, ...], *, file: str, key: str) -> W:
    if not isinstance(value, str) or value not in allowed:
        raise DataError(file, key, value, f"must be one of {', '.join(allowed)}")
    return value


def _count(value: object, limits: tuple[float, float], *, file: str, key: str) -> float:
    return float(scalar(value, whole=False, limits=limits, file=file, key=key))
