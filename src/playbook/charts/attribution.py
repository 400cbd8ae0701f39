"""Pictures of whose the bill is."""

from playbook import billing
from playbook.charts.house import LEGEND, LIGHT, Figure, Part, chart, dots, figure, label, level
from playbook.cost.tenants import METERED_SINCE
from playbook.model import System
from playbook.studies import attribution, fairness

# Way, its colour and its hatching: apart without colour vision, and in print.
WAYS = (
    ("direct", "blue", ""),
    ("caused", "green", "/"),
    ("placed", "orange", "."),
    ("unallocatable", "rose", "x"),
)
RULES: tuple[tuple[billing.Rule, str, str, str], ...] = (
    ("equal", "in equal parts", "blue", "circle"),
    ("events", "by events", "orange", "diamond"),
    ("direct", "by what is tagged", "green", "square"),
)


@chart
def ways(system: System) -> Figure:
    """Share of each month's bill by the way in which it came to a tenant, or to nobody."""
    months = {m: sums for m, sums in attribution.months().items() if m <= attribution.month(system.as_of)}
    names = [f"{m:%Y-%m}" for m in months]
    data = [
        _stack(way, names, [sums[way] / sum(sums.values()) for sums in months.values()], colour, hatch)
        for way, colour, hatch in WAYS
    ]
    known, named = attribution.known_fraction(system), attribution.attributed_fraction(system)
    return figure(
        title=f"{named:.0%} bears a tenant's name, {known:.0%} by a tag or a meter",
        alt=f"Stacked bars of each month's bill from {names[0]} to {names[-1]}, in shares. "
        f"In {names[-1]} tags name a tenant for {attribution.direct_fraction(system):.1%}, meters for "
        f"{attribution.caused_fraction(system):.1%}, the equal rule places {attribution.placed_fraction(system):.1%}, "
        f"and {attribution.unallocatable_fraction(system):.1%} is nobody's. "
        f"In {names[0]} tags named {months[min(months)]['direct'] / sum(months[min(months)].values()):.1%}. "
        f"A line marks decision 0018, {METERED_SINCE}.",
        x={"title": "month", "type": "category", "nticks": 12},
        y={"title": "share of the month's bill", "tickformat": ".0%", "range": [0, 1]},
        data=data,
        shapes=[level(f"{METERED_SINCE:%Y-%m}", axis="x")],  # type: ignore[arg-type]  # a category, not a number
        notes=[label(f"{METERED_SINCE:%Y-%m}", 0.5, " decision 0018", role="ink", yref="paper")],
        barmode="stack",
        bargap=0.1,
        showlegend=True,
        legend=LEGEND,
        height=420,
    )


@chart
def tenants(system: System, *, most: int = 12) -> Figure:
    """What each rule has a tenant pay, for those that pay most by any of them."""
    paid = {rule: fairness.paid(system, rule) for rule, *_ in RULES}
    dearest = {t: max(costs.get(t, 0.0) for costs in paid.values()) for costs in paid.values() for t in costs}
    shown = sorted(dearest, key=lambda t: -dearest[t])[:most][::-1]
    target = system.targets.usd_per_tenant_month
    low, high = fairness.sender_equal_usd(system), fairness.sender_events_usd(system)
    return figure(
        title=f"The tenant that sends most costs ${low:,.0f} or ${high:,.0f}: the rule decides",
        alt="Dots of dollars a month by tenant under three rules for what nobody causes: "
        + "; ".join(
            f"{t} " + ", ".join(f"${paid[rule].get(t, 0.0):,.0f} {words}" for rule, words, *_ in RULES)
            for t in shown[::-1]
        )
        + f". The given limit is ${target:,.0f}.",
        x={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        y={"type": "category", "tickfont": {"size": 11}},
        data=[
            dots(words, [paid[rule].get(t, 0.0) for t in shown], shown, role=colour, symbol=symbol)
            for rule, words, colour, symbol in RULES
        ],
        shapes=[level(target, axis="x")],
        notes=[label(target, 1, " the given limit", yref="paper", role="ink", at="left top")],
        showlegend=True,
        legend=LEGEND,
        height=460,
    )


def _stack(name: str, x: list[str], y: list[float], colour: str, hatch: str) -> Part:
    pattern: Part = {
        "shape": hatch,
        "fgcolor": LIGHT["paper"],
        "size": 5,
        "solidity": 0.15,
        "fillmode": "overlay",
    }
    marker: Part = {"color": LIGHT[colour], "pattern": pattern}
    return {"type": "bar", "name": name, "x": x, "y": y, "marker": marker}
