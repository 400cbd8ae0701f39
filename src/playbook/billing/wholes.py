"""What FOCUS demands of many rows together: days, copies, grains, currencies, categories, commitments."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import ibis
import pandas as pd
from ibis import ir

from playbook.billing import amortisation
from playbook.billing.offender import Finding, named, unchecked

DAY_SECONDS = 86_400
PROVIDERS = ("ProviderName", "ServiceProviderName")
"""The provider until FOCUS 1.2, and since 1.3."""


def findings(charges: ir.Table) -> Iterator[Finding]:
    """What is broken or could not be checked, in a fixed order; each check is one small aggregate."""
    checks: tuple[tuple[Callable[[ir.Table], Iterator[Finding]], str, tuple[str, ...]], ...] = (
        (_copies, COPIES, ("ChargePeriodStart", "EffectiveCost")),
        (_gaps, GAPS, ("ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory")),
        (_grains, GRAINS, ("ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ServiceName")),
        (_currencies, CURRENCIES, ("BillingCurrency", "EffectiveCost")),
        (_categories, CATEGORIES, ("ServiceName", "ServiceCategory")),
    )
    for check, rule, needs in checks:
        lacking = unchecked(rule, charges, needs)
        if lacking:
            yield lacking
        else:
            yield from check(charges)
    yield from amortisation.findings(charges)
    if not any(name in charges.columns for name in PROVIDERS):
        yield Finding("a charge names its provider", None, f"no column {' or '.join(PROVIDERS)}")


COPIES = "no charge is there twice"


def _copies(charges: ir.Table) -> Iterator[Finding]:
    """Rows equal in every column to another one, by a 64-bit hash beside start and cost (32-bit on Spark)."""
    flat = [_flat(charges[column]) for column in charges.columns]
    whole = ibis.struct({f"c{i}": value for i, value in enumerate(flat)}).hash()
    keyed = charges.select("ChargePeriodStart", "EffectiveCost", copy_key=whole)
    groups = keyed.group_by("copy_key", "ChargePeriodStart", "EffectiveCost").agg(rows=keyed.count())
    twice = groups.filter(groups.rows > 1)
    told = (
        twice.aggregate(
            extra=(twice.rows - 1).sum(),
            cost=(twice.EffectiveCost * (twice.rows - 1)).sum(),
            first=twice.copy_key.argmin(twice.ChargePeriodStart),
        )
        .to_pyarrow()
        .to_pylist()[0]
    )
    if told["extra"] is None:
        return
    row = charges.filter(whole == int(told["first"])).limit(1)
    example = row.select(text=named(row, ("EffectiveCost",))).to_pyarrow().to_pylist()[0]["text"]
    yield Finding(COPIES, int(told["extra"]), f"{example}; all copies together cost {told['cost']:,.2f}")


def _flat(value: ir.Value) -> ir.Value:
    # Spark hashes no maps.
    return ibis.struct({"k": value.keys(), "v": value.values()}) if value.type().is_map() else value


GAPS = "no day is missing, or no month where charges are monthly"


def _gaps(charges: ir.Table) -> Iterator[Finding]:
    """Between the first and the last day of a provider; what is missing at either end, no file can tell."""
    for provider, days in _days(charges).groupby("provider", sort=True):
        daily = days[~days.long]
        by_day = daily.rows.sum() >= days.rows.sum() / 2
        seen = {
            day.date() if by_day else day.date().replace(day=1) for day in (daily if by_day else days).day
        }
        missing = sorted(set(_between(min(seen), max(seen), by_day=by_day)) - seen)
        if missing:
            unit = "days" if by_day else "months"
            told = f"{provider}: {missing[0]}, the first of {len(missing)} {unit} without usage"
            yield Finding(GAPS, len(missing), f"{told} from {min(seen)} to {max(seen)}")


def _days(charges: ir.Table) -> pd.DataFrame:
    usage = charges.filter(charges.ChargeCategory == "Usage")
    keyed = usage.select(
        provider=_provider(usage), day=usage.ChargePeriodStart.truncate("D"), long=_long(usage)
    )
    keyed = keyed.filter(keyed.day.notnull())
    return keyed.group_by("provider", "day", "long").agg(rows=keyed.count()).to_pyarrow().to_pandas()


def _between(first: date, last: date, *, by_day: bool) -> Iterator[date]:
    while first <= last:
        yield first
        first = first + timedelta(days=1) if by_day else (first + timedelta(days=32)).replace(day=1)


def _long(charges: ir.Table) -> ir.BooleanValue:
    seconds = charges.ChargePeriodEnd.epoch_seconds() - charges.ChargePeriodStart.epoch_seconds()
    return (seconds > DAY_SECONDS).fill_null(False)


def _provider(charges: ir.Table) -> ir.StringValue:
    names = [charges[name] for name in PROVIDERS if name in charges.columns]
    return ibis.coalesce(*names, ibis.literal("provider not named"))


GRAINS = "no SKU is charged by the month and by the day at once"


def _grains(charges: ir.Table) -> Iterator[Finding]:
    """A monthly and a daily export read as one count everything twice, and no two of their rows are equal."""
    usage = charges.filter((charges.ChargeCategory == "Usage") & (charges.EffectiveCost != 0))
    sku = next((name for name in ("SkuPriceId", "SkuId") if name in usage.columns), "ServiceName")
    keyed = usage.select(
        month=usage.ChargePeriodStart.truncate("M"),
        service=usage.ServiceName,
        sku=usage[sku],
        long=_long(usage),
        cost=usage.EffectiveCost,
    )
    groups = keyed.group_by("month", "service", "sku").agg(
        both=keyed.long.nunique(),
        by_month=keyed.cost.sum(where=keyed.long),
        by_day=keyed.cost.sum(where=~keyed.long),
    )
    both = groups.filter(groups.both > 1)
    text = both.month.strftime("%Y-%m") + ", " + both.service + ", " + both.sku.fill_null("null")
    told = (
        both.aggregate(
            skus=both.count(), first=text.min(), by_month=both.by_month.sum(), by_day=both.by_day.sum()
        )
        .to_pyarrow()
        .to_pylist()[0]
    )
    if told["skus"]:
        sums = f"{told['by_month']:,.2f} by the month and {told['by_day']:,.2f} by the day"
        yield Finding(GRAINS, int(told["skus"]), f"{told['first']}; such SKUs cost {sums}")


CURRENCIES = "there is one currency"


def _currencies(charges: ir.Table) -> Iterator[Finding]:
    costs = charges.group_by("BillingCurrency").agg(cost=charges.EffectiveCost.sum()).to_pyarrow().to_pandas()
    if len(costs) > 1:
        sums = sorted((str(row.BillingCurrency), row.cost) for row in costs.itertuples())
        kept = ", ".join(f"{cost:,.2f} {currency}" for currency, cost in sums)
        yield Finding(CURRENCIES, len(costs), f"{kept}: sums of these must stay apart")


CATEGORIES = "a service is in one category"


def _categories(charges: ir.Table) -> Iterator[Finding]:
    pairs = charges.filter(charges.ServiceName.notnull()).select("ServiceName", "ServiceCategory").distinct()
    seen = (
        pairs.to_pyarrow()
        .to_pandas()
        .groupby("ServiceName")
        .ServiceCategory.agg(lambda c: sorted(map(str, c)))
    )
    several = seen[seen.map(len) > 1].sort_index()
    if len(several):
        yield Finding(CATEGORIES, len(several), f"{several.index[0]}: {', '.join(several.iloc[0])}")
