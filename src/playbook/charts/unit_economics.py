"""Pictures of what an event and a tenant cost."""

import math

from playbook import cost
from playbook.charts.house import LEGEND, Figure, chart, figure, label, line
from playbook.cost import margins, unit
from playbook.model import System, at_end_of, what_if

VOLUMES = tuple(10 ** (6 + i / 8) for i in range(25))


@chart
def average_and_marginal(system: System) -> Figure:
    """What a million events costs on average, and what one more costs, against volume."""
    at_volume = [what_if(system, {"traffic.events_per_day": volume}) for volume in VOLUMES]
    average = [1e6 * cost.usd_per_event(then) for then in at_volume]
    marginal = [unit.marginal_usd_per_million(then) for then in at_volume]
    here = unit.marginal_usd_per_million(system)
    last = len(VOLUMES) - 1
    return figure(
        title=f"One more million costs ${here:.2f}; the average hides it behind what is fixed",
        alt="Two falling lines on logarithmic axes of dollars per million events against events a day. "
        f"The average falls from ${average[0]:,.0f} at one million a day to ${average[-1]:.2f} at one billion; "
        f"one more million costs between ${min(marginal):.2f} and ${max(marginal):.2f} throughout.",
        x={"title": "events per day", "type": "log", "range": [6, 9]},
        y={"title": "dollars per million events", "type": "log", "tickformat": "$,~r"},
        data=[
            line("on average", VOLUMES, average, role="blue"),
            line("one more million", VOLUMES, marginal, role="orange"),
        ],
        notes=[
            label(math.log10(VOLUMES[8]), math.log10(average[8]), "  on average", role="blue"),
            label(
                math.log10(VOLUMES[last]),
                math.log10(marginal[last]),
                "one more million ",
                role="orange",
                at="right top",
            ),
        ],
        height=420,
    )


@chart
def tenants(system: System, *, era: str = "ship", people: bool = True) -> Figure:
    """What each tenant pays, and what it costs under each rule of sharing, at the end of an era."""
    then = at_end_of(system, era)
    paid, ranks = margins.tenant_revenue(then), list(range(1, then.tenancy.tenants + 1))
    costs = {rule: margins.tenant_cost(then, rule=rule, people=people) for rule in margins.RULES}
    lost = {rule: margins.losing(then, rule=rule, people=people) for rule in margins.RULES}
    look = dict(
        zip(
            margins.RULES,
            (("orange", "dash"), ("green", "dot"), ("rose", "dashdot"), ("muted", "dash")),
            strict=True,
        )
    )
    most = max(lost.values())
    return figure(
        title=f"{most} of {len(ranks)} tenants lose money, or {min(lost.values())}: the rule decides",
        alt=f"What each of {len(ranks)} tenants pays in a month, largest first, from ${paid[0]:,.0f} to ${paid[-1]:,.0f}, "
        f"and what it costs{' with the engineers' + chr(39) + ' pay' if people else ''} under four rules. Tenants that cost more than they pay: "
        + ", ".join(f"{count} {rule}" for rule, count in lost.items())
        + ".",
        x={"title": "tenant, the largest first"},
        y={"title": "dollars a month", "type": "log", "tickformat": "$,.0f"},
        data=[
            line("what it pays", ranks, paid, role="blue"),
            *(line(rule, ranks, costs[rule], role=look[rule][0], dash=look[rule][1]) for rule in costs),
        ],
        showlegend=True,
        legend=LEGEND,
        height=460,
    )
