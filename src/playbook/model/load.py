"""From ``data/`` to the system: every file is read and judged before anything is returned."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_type_hints

from playbook.model.assumption import Assumption, DataError, day, from_table
from playbook.model.carbon import coefficients
from playbook.model.cost import Prices
from playbook.model.drills import drills
from playbook.model.files import entries, table_in, tables_of
from playbook.model.firing import firings
from playbook.model.log import log
from playbook.model.objectives import services
from playbook.model.planted import PLANTED, planted
from playbook.model.prices import prices
from playbook.model.records import INCIDENTS, eras, incidents, ledger, load_test
from playbook.model.reliability import Alerts
from playbook.model.system import GROUPS, REGIONS, System
from playbook.model.timeline import timelines

BOOK = "book.toml"
WRITTEN = {name: kind for name, kind in GROUPS.items() if name != "coefficients"}
"""The groups that stand in TOML; the coefficients are a table of their own, as the prices are."""
T = TypeVar("T")


def data_folder() -> Path:
    """The ``data/`` that stands beside ``src/`` in this checkout."""
    return Path(__file__).resolve().parents[3] / "data"


def load(*, as_of: date | None = None, path: Path | None = None) -> System:
    """The system on a day: the book's date, or ``as_of``; ``path`` is another ``data/`` folder.

    Raises ``DataError`` for the first entry that is unknown, missing, ill-typed, undated or outside its
    limits, and ``ValueError`` for a day that the eras do not cover.
    """
    folder = path if path is not None else data_folder()
    book = entries(
        table_in(tables_of(folder, BOOK), "book", file=BOOK), allowed=("date",), file=BOOK, key="book"
    )
    today = day(book["date"], file=BOOK, key="book.date")
    periods = eras(folder, until=today)
    when = today if as_of is None else as_of
    if not periods[0].start <= when <= today:
        raise ValueError(
            f"as_of {when} must lie between {periods[0].start}, the first era, and {today}, the book's date"
        )
    assumptions = (
        {a.path: a for a in _assumptions(folder)} | dict(coefficients(folder)) | dict(prices(folder))
    )
    recorded = incidents(folder, until=today)
    return System(
        **{name: _on(when, group, name, assumptions) for name, group in GROUPS.items()},
        prices=MappingProxyType({code: _on(when, Prices, f"prices.{code}", assumptions) for code in REGIONS}),
        as_of=when,
        eras=periods,
        incidents=recorded,
        timelines=timelines(folder, recorded=recorded),
        firings=firings(folder, incidents=frozenset(each.name for each in recorded)),
        objectives=services(
            folder,
            alerts=_on(when, Alerts, "alerts", assumptions),
            known=lambda path: assumptions[path].on(when) if path in assumptions else None,
        ),
        log=log(folder, until=today),
        drills=drills(folder, until=today),
        ledger=ledger(folder),
        planted=planted(folder, until=today),
        load_test=load_test(folder),
        assumptions=MappingProxyType(assumptions),
    )


def _on(when: date, group: type[T], path: str, assumptions: Mapping[str, Assumption]) -> T:
    return group(**{f.name: assumptions[f"{path}.{f.name}"].on(when) for f in fields(group)})  # type: ignore[arg-type]


def _assumptions(folder: Path) -> Iterator[Assumption]:
    """Every assumption of every group; a group stands in one file."""
    tables: dict[str, Mapping[str, object]] = {}
    homes: dict[str, str] = {}
    for file in sorted(f.relative_to(folder).as_posix() for f in folder.glob("*/*.toml")):
        if file in (INCIDENTS, PLANTED):
            continue
        for group, table in tables_of(folder, file).items():
            if group not in WRITTEN:
                raise DataError(file, group, table, f"unknown table; allowed are {', '.join(WRITTEN)}")
            if group in homes:
                raise DataError(file, group, table, f"stands already in {homes[group]}")
            homes[group], tables[group] = file, table_in({group: table}, group, file=file)
    for group, kind in WRITTEN.items():
        file, table, types = homes.get(group, f"*/{group}.toml"), tables.get(group, {}), get_type_hints(kind)
        for key in table:
            if key not in types:
                nearest = difflib.get_close_matches(key, types, 1, 0.0)[0]
                raise DataError(file, f"{group}.{key}", table[key], f"unknown key; did you mean {nearest}?")
        for key, annotation in types.items():
            if key not in table:
                raise DataError(file, f"{group}.{key}", None, "missing; the model needs it")
            entry = table_in(table, key, file=file)
            yield from_table(entry, path=f"{group}.{key}", file=file, whole=annotation is int)
