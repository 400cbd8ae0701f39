"""Every target as an inequality over the quantities of the system, and the world that ties them together.

A target speaks in one of two ways. What it *demands* bounds a quantity from the side of the promise. What it
*permits* is planned for in full: whoever may take thirty minutes to repair will, in some month, take them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook import cost
from playbook.context.tensions import vendor_loss_minutes
from playbook.model import DAYS_PER_MONTH, SECONDS_PER_DAY, System, at_end_of, what_if

QUARTERS_TO_MVP = 1.0
HOURS_PER_WEEK = 168.0
WEEKS_PER_MONTH = 30 / 7
MINUTES_PER_DAY = 1440.0
MONTHS_FORECAST = 30.0
SEEN_AT_95_PERCENT = 1.96**2


@dataclass(frozen=True, slots=True)
class Row:
    """A linear inequality: the sum of its terms, quantity by coefficient, is at most ``bound``.

    ``target`` is who may give, None for the world, which does not; ``scale`` is what a relaxation by one
    hundred per cent adds to the bound.
    """

    says: str
    terms: tuple[tuple[str, float], ...]
    bound: float
    target: str | None = None
    scale: float = 0.0


def rows(system: System) -> tuple[Row, ...]:
    """The targets and the world, at the given volume, with the costs of the first era."""
    parts = (_time, _recovery, _volume_and_money, _people, _evidence, _world)
    return tuple(row for part in parts for row in part(system))


def words(system: System) -> dict[str, str]:
    """Each target that may give, by name, in words."""
    return {row.target: row.says for row in rows(system) if row.target}


def _most(target: str, says: str, quantity: str, bound: float) -> Row:
    return Row(says, ((quantity, 1.0),), bound, target, abs(bound))


def _least(target: str, says: str, quantity: str, bound: float) -> Row:
    return Row(says, ((quantity, -1.0),), -bound, target, abs(bound))


def _time(system: System) -> Iterator[Row]:
    t = system.targets
    window = system.alerts.window_days * MINUTES_PER_DAY
    yield _most(
        "availability",
        f"{100 * t.availability_fraction:g} % available",
        "down",
        (1 - t.availability_fraction) * window,
    )
    yield _least("repair", f"MTTR {t.repair_minutes:g} min", "repair", t.repair_minutes)
    yield _most("repair", f"MTTR {t.repair_minutes:g} min", "diagnosed", t.repair_minutes)
    yield _least("diagnose", f"{t.diagnose_minutes:g} min to diagnose", "diagnose", t.diagnose_minutes)
    yield _least("detect", f"MTTD {t.detect_minutes:g} min", "detect", t.detect_minutes)
    yield _least("detect", f"MTTD {t.detect_minutes:g} min", "awake", HOURS_PER_WEEK)
    yield _least("rollback", f"rollback {t.rollback_minutes:g} min", "rollback", t.rollback_minutes)
    share = f"{t.deployments_per_week:g} deployments a week, {t.change_failure_fraction:.0%} failing"
    yield _least(
        "releases", share, "failing", t.deployments_per_week * WEEKS_PER_MONTH * t.change_failure_fraction
    )
    hours = t.maintenance_hours_per_month
    yield _least("maintenance", f"maintenance {hours:g} h a month", "maintenance", hours * 60)
    yield _least(
        "errors", f"5xx below {t.server_error_fraction:.1%}", "errors", t.server_error_fraction * window
    )
    yield _least("vendors", "vendors at their promises", "vendors", vendor_loss_minutes(system))


def _recovery(system: System) -> Iterator[Row]:
    t = system.targets
    yield _least("recovery", f"RTO {t.recovery_time_hours:g} h", "recovering", t.recovery_time_hours * 60)
    yield _most("recovery", f"RTO {t.recovery_time_hours:g} h", "recovered", t.recovery_time_hours * 60)
    yield _most("point", f"RPO {t.recovery_point_minutes:g} min", "lost", t.recovery_point_minutes)
    yield _most("residency", "one EU region, whose data stays in the EU", "eu_regions", t.eu_regions)


def _volume_and_money(system: System) -> Iterator[Row]:
    t = system.targets
    volume = t.events_per_day / 1e6
    yield _least("volume", f"{volume:g}M events a day", "volume", volume)
    yield _most("volume", f"{volume:g}M events a day", "volume", volume)
    capacity = t.peak_events_per_day / SECONDS_PER_DAY
    yield _most("capacity", f"peak capacity {t.peak_events_per_day / 1e6:g}M a day", "capacity", capacity)
    grown = volume * (1 + t.growth_per_month_fraction) ** MONTHS_FORECAST
    yield _least("growth", f"{t.growth_per_month_fraction:.0%} growth a month", "grown", grown)
    yield _least("ceiling", f"a bill of ${t.usd_per_month:,.0f} a month", "spent", t.usd_per_month)
    per_million = t.usd_per_event * 1e6 * DAYS_PER_MONTH
    unit = (("spent", 1.0), ("volume", -per_million))
    yield Row(f"${t.usd_per_event:g} an event", unit, 0.0, "unit_cost", per_million * volume)
    tenants = system.migration.tenants + QUARTERS_TO_MVP * t.tenants_per_quarter
    yield _most("tenants", f"{t.tenants_per_quarter:g} tenants a quarter", "tenants", tenants)
    each = (("bill", 1.0), ("tenants", -t.usd_per_tenant_month))
    yield Row(
        f"${t.usd_per_tenant_month:g} a tenant", each, 0.0, "tenant_cost", t.usd_per_tenant_month * tenants
    )


def _people(system: System) -> Iterator[Row]:
    t = system.targets
    hours = t.on_call_hours_per_week * t.platform_engineers
    yield _most(
        "on_call",
        f"{t.on_call_hours_per_week:g} h on call for each of {t.platform_engineers}",
        "awake",
        hours,
    )
    paged = t.critical_incidents_per_quarter / (1 - t.false_page_fraction)
    yield _most(
        "incidents", f"{t.critical_incidents_per_quarter:g} critical incidents a quarter", "pages", paged
    )
    seen = SEEN_AT_95_PERCENT * (1 - t.false_page_fraction) / t.false_page_fraction
    yield _least("false_pages", f"{t.false_page_fraction:.0%} false pages, shown in a quarter", "pages", seen)


def _evidence(system: System) -> Iterator[Row]:
    t = system.targets
    yield _least(
        "attributed",
        f"{t.attributed_fraction:.0%} attributed to tenants",
        "attributed",
        t.attributed_fraction,
    )
    yield _most("processors", f"{t.cpu_fraction:.0%} of the processors used", "used", t.cpu_fraction)
    yield _most(
        "dashboards", f"cost seen within {t.cost_dashboard_hours:g} h", "cost_age", t.cost_dashboard_hours
    )
    yield _most("logs", f"logs kept {t.audit_log_days:g} days", "logs", t.audit_log_days)
    yield _least("audit", "SOC 2 Type II over a year", "audited", t.audit_window_days)
    yield _most("delivered", f"{t.delivered_fraction:.1%} delivered", "undelivered", 1 - t.delivered_fraction)
    yield _least(
        "retries",
        f"{t.retry_success_fraction:.0%} of retries succeed",
        "refused_again",
        1 - t.retry_success_fraction,
    )


def _world(system: System) -> Iterator[Row]:
    """What no target changes: arithmetic, a region, destinations, a bill that is there before any event."""
    t, recovery = system.targets, system.recovery
    noticed = t.detect_minutes + t.rollback_minutes
    month = (("detect", 1.0), ("repair", 1.0), ("failing", noticed), ("down", -1.0))
    yield Row("an ordinary month has one incident and its failing releases", month, 0.0)
    for outage in ("maintenance", "errors", "recovering", "vendors"):
        yield Row(f"{outage}: out is out, whoever allowed it", ((outage, 1.0), ("down", -1.0)), 0.0)
    yield Row(
        "a repair is a diagnosis, then a rollback",
        (("diagnose", 1.0), ("rollback", 1.0), ("diagnosed", -1.0)),
        0.0,
    )
    lost = recovery.archive_delay_seconds / 60 + recovery.replication_minutes
    yield Row("what has not left the region is lost with it", (("lost", -1.0),), -lost)
    waiting = (("eu_regions", -1.0), ("recovered", -1 / (recovery.regional_event_hours * 60)))
    yield Row("without a second EU region we wait for the first", waiting, -2.0)
    peak = (("volume", system.traffic.peak_factor * 1e6 / SECONDS_PER_DAY), ("capacity", -1.0))
    yield Row("the peak minute has to fit", peak, 0.0)
    yield Row("so has the forecast", (("grown", 1e6 / SECONDS_PER_DAY), ("capacity", -1.0)), 0.0)
    base, slope = _bill(system)
    yield Row("a bill is there before the first event", (("bill", -1.0), ("volume", slope)), -base)
    yield Row("only what is used can be laid at a door", (("attributed", 1.0), ("used", -1.0)), 0.0)
    yield Row("the bill is exported once a day", (("cost_age", -1.0),), -system.attribution.export_hours)
    yield Row("an audited period needs its logs", (("audited", 1.0), ("logs", -1.0)), 0.0)
    refused = 1 - system.delivery.first_attempt_fraction
    yield Row(
        "destinations refuse some first attempts", (("refused_again", refused), ("undelivered", -1.0)), 0.0
    )


def _bill(system: System) -> tuple[float, float]:
    """Dollars a month at no volume, and for each million events a day, at the end of the first era."""
    ship = at_end_of(system, "ship")
    low, high = (cost.usd_per_month(what_if(ship, {"traffic.events_per_day": v})) for v in (5e6, 15e6))
    slope = (high - low) / 10
    return low - 5 * slope, slope
