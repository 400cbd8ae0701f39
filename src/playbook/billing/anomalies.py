"""Days on which a service cost what it does not usually cost."""

import functools

import ibis
import ibis.expr.types as ir

from playbook.billing.engines import described

WEEKS = (1, 2, 3, 4)
DAY_SECONDS = 86_400


def anomalies(
    charges: ir.Table, *, threshold: float = 6.0, floor: float = 5.0, noise_fraction: float = 0.05
) -> ir.Table:
    """Service-days whose effective cost is more than `threshold` spreads from what is usual.

    `day` (date, UTC), `service`, `effective`, `expected` and `spread` (currency), `z` (spreads away from
    expected; negative for too little). Usual is the median of the same weekday in the 28 days before: four
    values, all past, so that the day could have raised an alarm. The spread is 1.4826 × their median
    absolute deviation (the standard deviation, were they normal: Rousseeuw and Croux, Alternatives to the
    Median Absolute Deviation, 1993), at least `noise_fraction` of the median, since four values are often
    alike by chance, and at least `floor` / `threshold`: no deviation up to `floor` (currency) is told.

    Usage at hourly or daily grain, without corrections, by the day on which the charge begins; charges for
    longer than a day stay out. A service without a charge on a day costs 0 there, where the export has
    that day at all; the first 28 days, and days that lack one of the four, are not judged.

    The median of four is the mean of the middle two, so it needs no median function: every engine has it.
    Raises ValueError for an export of which half the usage is by month or so, and for keywords not above 0.
    """
    for name, value in (("threshold", threshold), ("floor", floor), ("noise_fraction", noise_fraction)):
        if not value > 0:
            raise ValueError(f"{name} {value} makes every day an anomaly: above 0")
    usage = _usage(charges)
    _at_daily_grain(usage)
    usage = usage.filter(usage["seconds"] <= DAY_SECONDS)
    costs = usage.group_by("service", "day").aggregate(effective=usage["effective"].sum())
    weeks = _with_weeks_before(costs)
    before = [weeks[f"week_{number}"] for number in WEEKS]
    weeks = weeks.mutate(expected=_median(before))
    weeks = weeks.mutate(
        deviation=_median([(weeks[f"week_{number}"] - weeks["expected"]).abs() for number in WEEKS])
    )
    spread = ibis.greatest(
        1.4826 * weeks["deviation"], noise_fraction * weeks["expected"].abs(), ibis.literal(floor / threshold)
    )
    judged = weeks.mutate(spread=spread)
    judged = judged.mutate(z=(judged["effective"] - judged["expected"]) / judged["spread"])
    return (
        judged.filter(judged["z"].abs() > threshold)
        .select("day", "service", "effective", "expected", "spread", "z")
        .order_by("day", "service")
    )


def _usage(charges: ir.Table) -> ir.Table:
    usage = charges.filter(charges["ChargeCategory"] == "Usage")
    if "ChargeClass" in usage.columns:
        usage = usage.filter(usage["ChargeClass"].fill_null("") != "Correction")
    begin, end = usage["ChargePeriodStart"], usage["ChargePeriodEnd"]
    return usage.select(
        service=usage["ServiceName"],
        day=begin.date(),
        seconds=end.epoch_seconds() - begin.epoch_seconds(),
        effective=usage["EffectiveCost"],
    )


def _at_daily_grain(usage: ir.Table) -> None:
    """Raise ValueError where half of the charges are for more than a day; a description has no grain."""
    if described(usage):
        return
    row = (
        usage.aggregate(charges=usage.count(), long=(usage["seconds"] > DAY_SECONDS).sum())
        .to_pyarrow()
        .to_pylist()[0]
    )
    if row["charges"] and 2 * (row["long"] or 0) >= row["charges"]:
        raise ValueError(
            f"anomalies needs charges by the hour or day, but {row['long']} of {row['charges']} are for "
            "longer than a day: export at daily grain"
        )


def _with_weeks_before(costs: ir.Table) -> ir.Table:
    """Each service-day with its cost (`effective`) and that of one to four weeks earlier (`week_1` …).

    Shifted copies are added up: unlike a join or a window over rows this knows days without a charge.
    """
    copies = [
        costs.select(
            "service",
            day=(costs["day"] + ibis.interval(days=7 * weeks)).cast("date"),
            weeks=ibis.literal(weeks, "int64"),
            effective=costs["effective"],
        )
        for weeks in (0, *WEEKS)
    ]
    both = functools.reduce(lambda one, other: one.union(other), copies)
    names = {weeks: f"week_{weeks}" if weeks else "effective" for weeks in (0, *WEEKS)}
    days = both.group_by("service", "day").aggregate(
        **{name: both["effective"].sum(where=both["weeks"] == weeks) for weeks, name in names.items()}
    )
    exported = [days[name].count().over(group_by=days["day"]) > 0 for name in names.values()]
    days = days.mutate(judged=functools.reduce(lambda one, other: one & other, exported))
    days = days.filter(days["judged"])
    return days.mutate(**{name: days[name].fill_null(0.0) for name in names.values()})


def _median(four: list[ir.Value]) -> ir.Value:
    total = functools.reduce(lambda one, other: one + other, four)
    return (total - ibis.greatest(*four) - ibis.least(*four)) / 2
