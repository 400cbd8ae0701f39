"""What FOCUS demands of one row: each rule with the columns it needs, as an expression that any engine runs.

Names, nullability and allowed values: FinOps Open Cost and Usage Specification 1.2 (May 2025), Columns.
What 1.0 and 1.1 allow is a subset; 1.3 replaces ProviderName and PublisherName, which no rule here reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import ibis
from ibis import ir

COST_COLUMNS = ("BilledCost", "EffectiveCost", "ContractedCost", "ListCost")
NUMBERS = (*COST_COLUMNS, "ListUnitPrice", "ContractedUnitPrice", "PricingQuantity", "ConsumedQuantity")

ABSOLUTE = 1e-6
"""Costs are printed with six decimals and more by every provider whose export we saw."""
RELATIVE = 1e-5
"""A unit price printed in six figures is off by half of that; a swapped or stale price by far more."""
UNIT_PRICE = 5e-11
"""Half of the last of ten decimals, to which unit prices are rounded: it grows with the quantity."""

ALLOWED = {
    "ChargeCategory": ("Usage", "Purchase", "Tax", "Credit", "Adjustment"),
    "ChargeClass": ("Correction",),
    "ChargeFrequency": ("One-Time", "Recurring", "Usage-Based"),
    "PricingCategory": ("Standard", "Dynamic", "Committed", "Other"),
    "CommitmentDiscountStatus": ("Used", "Unused"),
    "CommitmentDiscountCategory": ("Spend", "Usage"),
    "ServiceCategory": (
        *("AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases"),
        *("Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things"),
        *("Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security"),
        *("Storage", "Web", "Other"),
    ),
}
NEVER_NULL = (
    *COST_COLUMNS,
    *("BillingAccountId", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd"),
    *("ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeFrequency"),
    *("InvoiceIssuerName", "ServiceCategory", "ServiceName"),
)
NULL_ONLY_BESIDE_USAGE = ("PricingCategory", "PricingQuantity", "ListUnitPrice", "ContractedUnitPrice")

PAIR = r'"[^"\\]*(\\.[^"\\]*)*"\s*:\s*("[^"\\]*(\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*|true|false|null)'
TAGS = rf"^\s*\{{\s*({PAIR}(\s*,\s*{PAIR})*)?\s*\}}\s*$"
"""A JSON object of plain values, all that the key-value format of FOCUS allows; no lookahead, for RE2."""

Broken = Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of a row: its sentence, the columns it reads, and which rows break it."""

    name: str
    needs: tuple[str, ...]
    broken: Broken


def rules() -> tuple[Rule, ...]:
    """All rules that one row can break, in the order in which they are told."""
    return (
        *(
            Rule(f"{column} is a finite number", (column,), partial(_not_finite, column))
            for column in COST_COLUMNS
        ),
        *(Rule(f"{column} is not null", (column,), partial(_blank, column)) for column in NEVER_NULL),
        *(
            Rule(
                f"{column} is null only beside usage and purchases, or on a correction",
                (column, "ChargeCategory"),
                partial(_blank_on_usage, column),
            )
            for column in NULL_ONLY_BESIDE_USAGE
        ),
        *(
            Rule(f"{column} is one that FOCUS knows", (column,), partial(_unknown, column))
            for column in ALLOWED
        ),
        _product("ListCost", "ListUnitPrice"),
        _product("ContractedCost", "ContractedUnitPrice"),
        _ordered("ContractedCost", "ListCost"),
        _ordered("EffectiveCost", "ContractedCost"),
        *(
            Rule(
                f"{column} is negative only on a credit, an adjustment or a correction",
                (column, "ChargeCategory"),
                partial(_negative, column),
            )
            for column in (*COST_COLUMNS, "PricingQuantity", "ConsumedQuantity")
        ),
        Rule("a charge period ends after it starts", ("ChargePeriodStart", "ChargePeriodEnd"), _backwards),
        Rule(
            "a charge lies within its billing period",
            (
                "ChargePeriodStart",
                "ChargePeriodEnd",
                "BillingPeriodStart",
                "BillingPeriodEnd",
                "ChargeCategory",
            ),
            _outside,
        ),
        Rule(
            "usage under a commitment is not billed again",
            ("CommitmentDiscountId", "CommitmentDiscountStatus", "ChargeCategory", "BilledCost"),
            lambda t: _covered(t) & (t.BilledCost.abs() > ABSOLUTE),
        ),
        Rule(
            "the purchase of a commitment has no effective cost",
            ("CommitmentDiscountId", "ChargeCategory", "EffectiveCost"),
            lambda t: (
                (t.ChargeCategory == "Purchase")
                & ~_blank("CommitmentDiscountId", t)
                & (t.EffectiveCost.abs() > ABSOLUTE)
            ),
        ),
        Rule(
            "usage under a commitment says whether it was used",
            ("CommitmentDiscountId", "CommitmentDiscountStatus", "ChargeCategory"),
            lambda t: (
                (t.ChargeCategory == "Usage")
                & ~_blank("CommitmentDiscountId", t)
                & _blank("CommitmentDiscountStatus", t)
            ),
        ),
        Rule("tags are a JSON object of plain values", ("Tags",), _broken_tags),
    )


def standard(t: ir.Table) -> ir.BooleanValue:
    """Rows that correct nothing: without ChargeClass, all."""
    return _blank("ChargeClass", t) if "ChargeClass" in t.columns else ibis.literal(True)


def _blank(column: str, t: ir.Table) -> ir.BooleanValue:
    value = t[column]
    return value.isnull() | (value.strip() == "") if value.type().is_string() else value.isnull()


def _not_finite(column: str, t: ir.Table) -> ir.BooleanValue:
    return t[column].isnan() | t[column].isinf()


def _blank_on_usage(column: str, t: ir.Table) -> ir.BooleanValue:
    return t.ChargeCategory.isin(("Usage", "Purchase")) & standard(t) & _blank(column, t)


def _unknown(column: str, t: ir.Table) -> ir.BooleanValue:
    return ~_blank(column, t) & ~t[column].isin(ALLOWED[column])


def _product(cost: str, price: str) -> Rule:
    def broken(t: ir.Table) -> ir.BooleanValue:
        product = t[price] * t.PricingQuantity
        rounding = ABSOLUTE + RELATIVE * product.abs() + UNIT_PRICE * t.PricingQuantity.abs()
        return standard(t) & ((t[cost] - product).abs() > rounding)

    return Rule(f"{cost} is {price} × PricingQuantity", (cost, price, "PricingQuantity"), broken)


def _ordered(lower: str, upper: str) -> Rule:
    """FOCUS does not demand it: a discount does, so it is asked of usage that was charged for and used."""

    def broken(t: ir.Table) -> ir.BooleanValue:
        unused = _is(t, "CommitmentDiscountStatus", "Unused")
        above = t[lower] - t[upper] > ABSOLUTE + RELATIVE * t[upper].abs()
        return (t.ChargeCategory == "Usage") & standard(t) & ~unused & (t[upper] >= 0) & above

    return Rule(f"{lower} of usage is at most {upper}", (lower, upper, "ChargeCategory"), broken)


def _negative(column: str, t: ir.Table) -> ir.BooleanValue:
    """A refund within its own billing period is negative usage too, and no column tells it apart: listed."""
    return (t[column] < 0) & ~t.ChargeCategory.isin(("Credit", "Adjustment")) & standard(t)


def _backwards(t: ir.Table) -> ir.BooleanValue:
    return t.ChargePeriodEnd <= t.ChargePeriodStart


def _outside(t: ir.Table) -> ir.BooleanValue:
    """Corrections reach back, and a purchase may run for its whole term."""
    before, after = t.ChargePeriodStart < t.BillingPeriodStart, t.ChargePeriodEnd > t.BillingPeriodEnd
    return standard(t) & (before | after) & (t.ChargeCategory != "Purchase")


def _covered(t: ir.Table) -> ir.BooleanValue:
    return (t.ChargeCategory == "Usage") & ~_blank("CommitmentDiscountId", t) & standard(t)


def _broken_tags(t: ir.Table) -> ir.BooleanValue:
    if not t.Tags.type().is_string():
        return ibis.literal(False)
    return ~_blank("Tags", t) & ~t.Tags.re_search(TAGS)


def _is(t: ir.Table, column: str, value: str) -> ir.BooleanValue:
    return (t[column] == value).fill_null(False) if column in t.columns else ibis.literal(False)
