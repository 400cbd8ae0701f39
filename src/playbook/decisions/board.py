"""The board: every record with what its triggers say of a system."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from playbook import facts
from playbook.decisions.flips import Flip, flips, value
from playbook.decisions.record import Record, Trigger, records
from playbook.model import System, at

Verdict = Literal["holds", "due", "superseded"]


@dataclass(frozen=True, slots=True)
class State:
    """One trigger of one record, for one system.

    ``flip_point`` is the nearest volume, in events a day, at which the verdict changes; None where none does.
    """

    fact: str
    direction: str
    threshold: float
    value: float
    text: str
    margin: float
    verdict: Verdict
    flips: tuple[Flip, ...]
    flip_point: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One record on the board; ``status`` is the worst of its triggers unless it was superseded."""

    id: str
    title: str
    date: date
    status: Verdict
    triggers: tuple[State, ...]
    answered: str | None
    superseded_by: str | None


def board(system: System, *, path: Path | None = None) -> tuple[Row, ...]:
    """One row per record, by id; ``path`` is another folder of records."""
    return tuple(_row(record, system) for record in records(system, path=path))


def due(system: System, *, path: Path | None = None) -> tuple[Row, ...]:
    """The records that are due and that nobody has answered."""
    return tuple(row for row in board(system, path=path) if row.status == "due" and not row.answered)


def margins(record: Record, system: System) -> dict[str, tuple[float | None, ...]]:
    """Fact to margin at the end of each era; None for an era that ended before the record."""
    return {
        trigger.fact: tuple(
            trigger.margin(value(trigger, at(system, era.end))) if era.end >= record.date else None
            for era in system.eras
        )
        for trigger in record.triggers
    }


def _row(record: Record, system: System) -> Row:
    states = tuple(_state(record, trigger, system) for trigger in record.triggers)
    verdicts: list[Verdict] = [state.verdict for state in states]
    status: Verdict = "superseded" if record.superseded_by else "due" if "due" in verdicts else "holds"
    return Row(
        id=record.id,
        title=record.title,
        date=record.date,
        status=status,
        triggers=states,
        answered=record.answered,
        superseded_by=record.superseded_by,
    )


def _state(record: Record, trigger: Trigger, system: System) -> State:
    found = value(trigger, system)
    crossings = flips(trigger, system) if trigger.moves else ()
    verdict: Verdict = "superseded" if record.superseded_by else "due" if trigger.tripped(found) else "holds"
    today = system.traffic.events_per_day
    nearest = min(crossings, key=lambda flip: abs(flip.events_per_day / today - 1), default=None)
    return State(
        fact=trigger.fact,
        direction=trigger.direction,
        threshold=trigger.threshold,
        value=found,
        text=facts.text(trigger.fact, system),
        margin=trigger.margin(found),
        verdict=verdict,
        flips=crossings,
        flip_point=nearest.events_per_day if nearest else None,
        why=trigger.why,
    )
