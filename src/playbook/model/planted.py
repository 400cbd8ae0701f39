"""What was put into the billing export on purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from playbook.model.assumption import DataError, day, scalar, text
from playbook.model.files import table_in, tables_of

PLANTED = "cost/planted.toml"
Oddity = Literal["runaway", "leak", "overcharge", "correction", "credit"]
REQUIRED = ("kind", "about", "where", "item", "start", "end")
OPTIONAL = ("per_day", "grows", "usd", "corrects", "noticed")


@dataclass(frozen=True, slots=True)
class Planted:
    """One oddity of the export, from ``start`` to the day before ``end``.

    A runaway, a leak and an overcharge add ``per_day`` units to a line each day, the leak as much more
    every day; a credit is ``usd`` over the whole; a correction takes back what another one charged.
    ``noticed`` is the day on which we did, None where there was nothing to notice.
    """

    name: str
    kind: Oddity
    about: str
    where: str
    item: str
    start: date
    end: date
    per_day: float
    grows: bool
    usd: float
    corrects: str | None
    noticed: date | None

    def quantity(self, on: date) -> float:
        """Units that it adds on a day."""
        if not self.start <= on < self.end:
            return 0.0
        return self.per_day * ((on - self.start).days + 1 if self.grows else 1)


def planted(folder: Path, *, until: date) -> tuple[Planted, ...]:
    """The oddities in order of their start.

    Raises ``DataError`` for an unknown kind, an empty stretch, one out of order, an extra without a
    quantity, and a correction of nothing.
    """
    found: list[Planted] = []
    tables = tables_of(folder, PLANTED)
    for name in tables:
        one = _planted(table_in(tables, name, file=PLANTED), name)
        if not (found[-1].start if found else date.min) <= one.start < one.end <= until:
            raise DataError(PLANTED, f"{name}.start", one.start, f"in order, before its end, up to {until}")
        if one.corrects is not None and one.corrects not in {before.name for before in found}:
            raise DataError(PLANTED, f"{name}.corrects", one.corrects, "must name one that came before")
        found.append(one)
    return tuple(found)


def _planted(table: Mapping[str, object], name: str) -> Planted:
    for key in table:
        if key not in (*REQUIRED, *OPTIONAL):
            raise DataError(PLANTED, f"{name}.{key}", table[key], "unknown key; see the others")
    for key in REQUIRED:
        if key not in table:
            raise DataError(PLANTED, f"{name}.{key}", None, "missing")
    if table["kind"] not in get_args(Oddity):
        raise DataError(PLANTED, f"{name}.kind", table["kind"], f"must be of {', '.join(get_args(Oddity))}")
    kind = cast("Oddity", table["kind"])
    needs = {"credit": "usd", "correction": "corrects"}.get(kind, "per_day")
    if needs not in table:
        raise DataError(PLANTED, f"{name}.{needs}", None, f"missing; a {kind} has it")
    return Planted(
        name=name,
        kind=kind,
        about=text(table["about"], file=PLANTED, key=f"{name}.about"),
        where=text(table["where"], file=PLANTED, key=f"{name}.where"),
        item=text(table["item"], file=PLANTED, key=f"{name}.item"),
        start=day(table["start"], file=PLANTED, key=f"{name}.start"),
        end=day(table["end"], file=PLANTED, key=f"{name}.end"),
        per_day=_number(table.get("per_day", 0.0), name, "per_day", (0.0, 1e9)),
        grows=table.get("grows", False) is True,
        usd=_number(table.get("usd", 0.0), name, "usd", (-1e6, 0.0)),
        corrects=str(table["corrects"]) if "corrects" in table else None,
        noticed=day(table["noticed"], file=PLANTED, key=f"{name}.noticed") if "noticed" in table else None,
    )


def _number(value: object, name: str, key: str, limits: tuple[float, float]) -> float:
    return float(scalar(value, whole=False, limits=limits, file=PLANTED, key=f"{name}.{key}"))
