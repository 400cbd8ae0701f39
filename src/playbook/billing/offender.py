"""A finding about an export, and the text that names one row of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
from ibis import ir

PLACE = ("ServiceName", "RegionId", "SkuId", "SkuPriceId", "ResourceId")
"""What names a row to a reader, after its period and before the values that broke the rule."""
MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule, how often it is broken and one example; without a number, why it was not checked."""

    rule: str
    count: int | None
    example: str


def unchecked(rule: str, charges: ir.Table, needs: Sequence[str]) -> Finding | None:
    """The finding that a rule lacks columns, or nothing when they are there."""
    absent = [column for column in needs if column not in charges.columns]
    return Finding(rule, None, f"no column {', '.join(absent)}") if absent else None


def named(charges: ir.Table, shows: Sequence[str]) -> ir.StringValue:
    """One text a row, its period first, so that the least text is the earliest row."""
    columns = [c for c in ("ChargePeriodStart", *PLACE) if c in charges.columns]
    columns += [c for c in shows if c not in columns]
    parts = [ibis.literal(f"{c} ") + _written(charges[c]) for c in columns if c != "ChargePeriodStart"]
    if columns[0] == "ChargePeriodStart":
        parts = [_written(charges.ChargePeriodStart), *parts]
    return ibis.literal(", ").join(parts)


def _written(value: ir.Value) -> ir.StringValue:
    kind = value.type()
    text = value.strftime(MINUTE) if kind.is_timestamp() else value.cast("string")
    return text.fill_null("null")
