"""What the alarm on daily cost found of what was planted, what it cost to wait, and what else it said."""

from playbook.answer import answer
from playbook.cost import oddities
from playbook.model import DAYS_PER_MONTH, System
from playbook.studies import alarms, leak
from playbook.studies.alarms import DECISION, ECHO, NOISE, PLANTED, PRICE

RECORDS = ("bills",)
LOWER = 3.0
RUNAWAY = "debug_logging"
TYPICAL = 0.05


@answer(unit="events", show="{:d}")
def planted_events(_system: System) -> int:
    """Planted events that cost too much; credits and corrections stand in the bill under their own name."""
    return len(alarms.events())


@answer(unit="events", show="{:d}")
def found_events(_system: System) -> int:
    """Planted events that the daily alarm found while they went on."""
    return sum(alarms.found_after_days(one.name) is not None for one in alarms.events())


@answer(unit="events", show="{:d}")
def found_events_lower(_system: System) -> int:
    """The same at the lower threshold."""
    return sum(alarms.found_after_days(one.name, LOWER) is not None for one in alarms.events())


@answer(unit="standard deviations", show="{:g}")
def threshold(_system: System) -> float:
    """Spreads from what is usual at which the daily alarm speaks."""
    return alarms.THRESHOLD


@answer(unit="standard deviations", show="{:g}")
def lower_threshold(_system: System) -> float:
    """The lowest whole threshold at which nothing is called an anomaly for no reason."""
    return next(at for at in alarms.THRESHOLDS if not any(one.cause == NOISE for one in alarms.episodes(at)))


@answer(unit="alarms", show="{:d}")
def alarm_days(_system: System) -> int:
    """Alarms of three years, one for each service and day."""
    return len(alarms.alarms())


@answer(unit="fraction", show="{:.0%}")
def alarm_day_precision_fraction(_system: System) -> float | None:
    """Share of them that fell on what was planted."""
    return alarms.precision(alarms.alarms())


@answer(unit="episodes", show="{:d}")
def alarm_episodes(_system: System) -> int:
    """The alarms as episodes: one for each service and cause."""
    return len(alarms.episodes())


@answer(unit="episodes/month", show="{:.1f} a month")
def false_episodes_per_month(_system: System) -> float:
    """Episodes of alarms that were not owed to what was planted, a month."""
    return sum(one.cause != PLANTED for one in alarms.episodes()) / alarms.judged_months()


@answer(unit="alarms/month", show="{:.1f} a month")
def false_alarm_days_per_month(_system: System) -> float:
    """Alarms that were not owed to what was planted, a month."""
    return sum(one.cause != PLANTED for one in alarms.alarms()) / alarms.judged_months()


@answer(unit="episodes", show="{:d}")
def decision_episodes(_system: System) -> int:
    """Episodes that were our own decisions."""
    return sum(one.cause == DECISION for one in alarms.episodes())


@answer(unit="episodes", show="{:d}")
def price_episodes(_system: System) -> int:
    """Episodes that were a change of the provider's price."""
    return sum(one.cause == PRICE for one in alarms.episodes())


@answer(unit="episodes", show="{:d}")
def echo_episodes(_system: System) -> int:
    """Episodes after something planted had ended, when the bill was right and what is usual was not."""
    return sum(one.cause == ECHO for one in alarms.episodes())


@answer(unit="episodes", show="{:d}")
def unexplained_episodes(_system: System) -> int:
    """Episodes that nothing explains."""
    return sum(one.cause == NOISE for one in alarms.episodes())


@answer(unit="fraction", show="{:.0%}")
def told_precision_lower_fraction(_system: System) -> float | None:
    """Share of episodes owed to what was planted, at the lower threshold, known changes left out."""
    return alarms.precision(alarms.episodes(LOWER), told=True)


@answer(unit="days", show="{:d}")
def runaway_alarm_days(_system: System) -> int | None:
    """Days of the runaway logging until the end of the first that raised the alarm."""
    return alarms.found_after_days(RUNAWAY)


@answer(unit="USD", show="${:,.0f}")
def runaway_alarm_usd(_system: System) -> float | None:
    """What the runaway logging had cost by then."""
    return alarms.spent_by_alarm_usd(RUNAWAY)


@answer(unit="days", show="{:d} days")
def leak_noticed_days(_system: System) -> int:
    """Days of the leak until one of us saw it."""
    return leak.noticed_days()


@answer(unit="USD", show="${:,.0f}")
def leak_noticed_usd(_system: System) -> float:
    """What the leak had cost by then."""
    return alarms.spent_usd(leak.leak().name, leak.noticed_days())


@answer(unit="days", show="{:d} days")
def leak_by_driver_days(_system: System) -> int | None:
    """Days of the leak until storage costs a tenth more for each event than four weeks before."""
    return leak.by_driver_days()


@answer(unit="USD", show="${:,.2f}")
def leak_by_driver_usd(_system: System) -> float | None:
    """What the leak had cost by then."""
    return leak.by_driver_usd()


@answer(unit="days", show="{:d} days")
def leak_by_driver_false_days(_system: System) -> int:
    """Days before the leak on which that rule spoke."""
    return leak.by_driver_false_days()


@answer(unit="days", show="{:.0f} days")
def leak_by_model_days(_system: System) -> float:
    """Days of the leak until the sum against the bottom-up bill speaks, model and bill 5 % apart."""
    return leak.by_model_days(TYPICAL)[0]


@answer(unit="hours", show="{:.0f} hours")
def leak_hours(system: System) -> float:
    """Engineer hours that the whole leak would have paid for."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return oddities.leak_usd(system) / hour


@answer(unit="USD/month", show="${:,.0f} a month")
def hides_usd_per_month(_system: System) -> float:
    """What could run in the service with most room without ever raising the alarm."""
    return max(alarms.hides_usd_per_day().values()) * DAYS_PER_MONTH


@answer(unit="", show="{:s}")
def hides_most_in(_system: System) -> str:
    """The service with most room below the alarm."""
    return next(iter(alarms.hides_usd_per_day()))
