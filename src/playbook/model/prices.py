"""The price table: each keyed row is an assumption, and an unconfirmed one carries its doubt as a range."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from playbook.model.assumption import Assumption, DataError, Point, scalar, text
from playbook.model.files import rows_of
from playbook.model.system import PRICE_UNITS, REGIONS

FILE = "cost/prices.csv"
COLUMNS = ("key", "service", "item", "region", "unit", "price_usd", "until", "as_of", "source", "confirmed")
FIRM, UNSURE = ("yes", "derived"), ("partly", "no")


def prices(folder: Path) -> Mapping[str, Assumption]:
    """Path to assumption for every price that the bill needs, in every region.

    A row with ``until`` is what a price was before that day: the row that stands takes it as its history.
    Rows without a key are held to the same rules and kept for reference. Raises ``DataError`` for a row
    that is malformed, negative, undated, without a source, in another unit, priced twice or missing.
    """
    found: dict[str, Assumption] = {}
    past: dict[str, list[Point]] = {}
    for number, cells in rows_of(folder, FILE, columns=COLUMNS):
        row, key = dict(zip(COLUMNS, cells, strict=True)), f"row {number}"
        until = _day(row["until"], key=f"{key}.until") if row["until"] else None
        for price in _assumptions(row, key=key):
            if until is not None:
                past.setdefault(price.path, []).append(Point(until, price.value, grows=False))
            elif price.path in found:
                raise DataError(FILE, key, price.path, "is priced already")
            else:
                found[price.path] = price
    for path in (f"prices.{region}.{key}" for region in REGIONS for key in PRICE_UNITS):
        if path not in found:
            raise DataError(FILE, path, None, "missing; the bill needs this price")
    return found | {path: _with_history(found[path], points) for path, points in past.items()}


def _with_history(price: Assumption, points: list[Point]) -> Assumption:
    days = [point.day for point in points]
    if sorted(set(days)) != days or days[-1] >= price.as_of:
        ends = ", ".join(map(str, days))
        raise DataError(FILE, price.path, ends, f"past prices end on rising days before {price.as_of}")
    return replace(price, history=tuple(points))


def _assumptions(row: Mapping[str, str], *, key: str) -> Iterator[Assumption]:
    usd, as_of = _usd(row["price_usd"], key=key), _day(row["as_of"], key=f"{key}.as_of")
    source = text(row["source"], file=FILE, key=f"{key}.source")
    if row["confirmed"] not in (*FIRM, *UNSURE):
        raise DataError(
            FILE, f"{key}.confirmed", row["confirmed"], f"must be one of {', '.join((*FIRM, *UNSURE))}"
        )
    named = row["region"].split("|")
    if not set(named) <= set(REGIONS.values()):
        raise DataError(FILE, f"{key}.region", row["region"], f"must be of {', '.join(REGIONS.values())}")
    if not row["key"]:
        return
    unit = PRICE_UNITS.get(row["key"])
    if unit is None:
        raise DataError(FILE, f"{key}.key", row["key"], "unknown; a price kept for reference has no key")
    if row["unit"] != unit:
        raise DataError(FILE, f"{key}.unit", row["unit"], f"must be {unit}, as the bill multiplies by that")
    confirmed = row["confirmed"] in FIRM
    for region in (code for code, name in REGIONS.items() if name in named):
        yield Assumption(
            path=f"prices.{region}.{row['key']}",
            value=usd,
            kind="sourced",
            limits=(0.0, 10 * usd),
            range=None if confirmed else (usd / 2, usd * 2),
            source=source,
            as_of=as_of,
            why=f"{row['service']}, {row['item']}, per {unit}, {REGIONS[region]}",
            file=FILE,
            whole=False,
            confirmed=confirmed,
        )


def _usd(cell: str, *, key: str) -> float:
    try:
        usd = float(cell)
    except ValueError:
        raise DataError(FILE, f"{key}.price_usd", cell, "must be a number of dollars") from None
    if usd == 0:
        raise DataError(FILE, f"{key}.price_usd", cell, "must be above zero; leave out what is free")
    return float(scalar(usd, whole=False, limits=(0.0, 1e6), file=FILE, key=f"{key}.price_usd"))


def _day(cell: str, *, key: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise DataError(FILE, key, cell, "must be a date such as 2026-11-06") from None
