"""Whether what was paid for a commitment is what its used and unused hours cost.

FOCUS 1.2, EffectiveCost: per CommitmentDiscountId the effective cost of usage equals the billed cost of
purchases. That holds over a whole term; where purchases recur, it holds in each whole month.
"""

from collections.abc import Iterator

import ibis
import pandas as pd
from ibis import ir

from playbook.billing.offender import Finding, unchecked
from playbook.billing.rules import standard

RULE = "what a commitment used and left unused is what it was bought for"
NEEDS = (
    *("CommitmentDiscountId", "CommitmentDiscountStatus", "ChargeCategory", "BilledCost", "EffectiveCost"),
    *("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd"),
)
ABSOLUTE, RELATIVE = 0.01, 1e-4
"""A cent, or a hundredth of a per cent: a month's fee is rounded once, its hours some hundred times."""


def findings(charges: ir.Table) -> Iterator[Finding]:
    """One finding for months and terms that do not add up, one for those that the file cannot decide."""
    lacking = unchecked(RULE, charges, NEEDS)
    if lacking:
        yield lacking
        return
    months = _months(charges)
    if months.empty:
        return
    wrong: list[str] = []
    open_: list[str] = []
    for commitment, rows in months.groupby("commitment", sort=True):
        for bad, text in _judged(str(commitment), rows.sort_values("month"), months):
            (wrong if bad else open_).append(text)
    if wrong:
        yield Finding(RULE, len(wrong), wrong[0])
    if open_:
        more = f" (and {len(open_) - 1} more)" if len(open_) > 1 else ""
        yield Finding(RULE, None, open_[0] + more)


def _months(charges: ir.Table) -> pd.DataFrame:
    """By commitment and billing month what was bought, used and unused, and how far usage reaches."""
    kept = charges.filter(standard(charges) & charges.ChargeCategory.isin(("Usage", "Purchase")))
    usage, purchase = kept.ChargeCategory == "Usage", kept.ChargeCategory == "Purchase"
    once = purchase & (kept.ChargeFrequency != "Recurring") if "ChargeFrequency" in kept.columns else purchase
    status = kept.CommitmentDiscountStatus
    keyed = kept.mutate(
        month=kept.BillingPeriodStart.strftime("%Y-%m"),
        commitment=kept.CommitmentDiscountId.nullif(""),
        purchases=purchase.cast("int64"),
        bought=ibis.ifelse(purchase, kept.BilledCost, 0.0),
        once=ibis.ifelse(once, kept.BilledCost, 0.0),
        used=ibis.ifelse(usage & (status != "Unused"), kept.EffectiveCost, 0.0),
        unused=ibis.ifelse(usage & (status == "Unused"), kept.EffectiveCost, 0.0),
        start=ibis.ifelse(usage, kept.ChargePeriodStart, ibis.null(kept.ChargePeriodStart.type())),
        end=ibis.ifelse(usage, kept.ChargePeriodEnd, ibis.null(kept.ChargePeriodEnd.type())),
        term_end=ibis.ifelse(once, kept.ChargePeriodEnd, ibis.null(kept.ChargePeriodEnd.type())),
    )
    return (
        keyed.group_by("month", "commitment")
        .agg(
            bought=keyed.bought.sum(),
            once=keyed.once.sum(),
            used=keyed.used.sum(),
            unused=keyed.unused.sum(),
            purchases=keyed.purchases.sum(),
            start=keyed.start.min(),
            end=keyed.end.max(),
            opens=keyed.BillingPeriodStart.min(),
            closes=keyed.BillingPeriodEnd.max(),
            term_end=keyed.term_end.max(),
        )
        .to_pyarrow()
        .to_pandas()
    )


def _judged(commitment: str, rows: pd.DataFrame, months: pd.DataFrame) -> Iterator[tuple[bool, str]]:
    first, last = months.month.min(), months.end.max()
    used, unused, bought = rows.used.sum(), rows.unused.sum(), rows.bought.sum()
    sums = f"{commitment}: used {used:,.2f} + unused {unused:,.2f} against {bought:,.2f} bought"
    if not rows.purchases.sum():
        late = rows.month.iloc[0] > first
        yield (
            late,
            f"{sums}: the file holds no purchase of it"
            + (
                f", yet it begins in {rows.month.iloc[0]}"
                if late
                else ", which may lie before the file's first month"
            ),
        )
    elif rows.once.abs().sum() > ABSOLUTE:
        ends = rows.term_end.max()
        if pd.isna(ends) or ends > last or ends - rows.opens.min() < pd.Timedelta(days=360):
            yield False, f"{sums}: paid upfront in part, and the file does not show its whole term"
        elif _differs(used + unused, bought):
            yield True, f"{sums} over its term"
    else:
        for row in rows.itertuples():
            text = f"{row.month}, {commitment}: used {row.used:,.2f} + unused {row.unused:,.2f}"
            text += f" against {row.bought:,.2f} bought"
            span = months[months.month == row.month]
            if not _differs(row.used + row.unused, row.bought):
                continue
            whole = span.start.min() <= row.opens and span.end.max() >= row.closes
            yield bool(whole), text if whole else f"{text}: the file does not hold that whole month"


def _differs(left: float, right: float) -> bool:
    return not abs(left - right) <= ABSOLUTE + RELATIVE * abs(right)
