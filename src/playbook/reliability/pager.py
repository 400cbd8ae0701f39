"""Pages as they come: how many in a night, what four could carry, and what so few can tell."""

import math
from datetime import timedelta

from playbook.answer import answer
from playbook.model import System
from playbook.reliability.load import pages_per_shift
from playbook.reliability.log import logged_in_year

MANY = 2
DOUBT_FRACTION = 0.05
HOURS_PER_SHIFT = 12
WEEKS_PER_YEAR = 365 / 7


def more_than_fraction(count: int, *, mean: float) -> float:
    """Chance that a Poisson count of that mean exceeds ``count``."""
    return 1 - math.fsum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))


@answer(unit="fraction", show="{:.1%}")
def paged_night_fraction(system: System) -> float:
    """Chance that a night of twelve hours has a page, were pages to come independently."""
    return more_than_fraction(0, mean=pages_per_shift(system))


@answer(unit="nights/year", show="{:.1f} nights a year")
def crowded_nights_per_year(system: System) -> float:
    """Nights a year with more than two pages, were pages to come independently."""
    return more_than_fraction(MANY, mean=pages_per_shift(system)) * 365


@answer(unit="pages/week", show="{:.1f} pages a week")
def carried_pages_per_week(system: System) -> float:
    """Pages a week that the given four could work off within the given hours."""
    hours = system.targets.platform_engineers * system.targets.on_call_hours_per_week
    return hours * 60 / system.on_call.minutes_per_page


@answer(unit="pages/year", show="{:.0f}")
def pages_per_year(system: System) -> float:
    """Pages a year at the present rate."""
    return system.on_call.pages_per_week * WEEKS_PER_YEAR


@answer(unit="fraction", show="{:.0%}")
def pages_in_log_fraction(system: System) -> float:
    """Logged incidents of the last year over its pages: at most so many pages were the first word of one."""
    return logged_in_year(system) / pages_per_year(system)


@answer(unit="pages/quarter", show="{:.0f}")
def pages_per_quarter(system: System) -> float:
    """Pages a quarter at the present rate."""
    return pages_per_year(system) / 4


@answer(unit="fraction", show="{:.0%}")
def false_pages_at_most_fraction(system: System) -> float:
    """Upper 95 % bound on the share of false pages after a quarter in which none was seen."""
    return 1 - math.pow(DOUBT_FRACTION, 1 / pages_per_quarter(system))


@answer(unit="weeks", show="{:.0f} weeks")
def false_page_proof_weeks(system: System) -> float:
    """Weeks without one false page that would show the given share to be kept, at 95 %."""
    pages = math.log(DOUBT_FRACTION) / math.log(1 - system.targets.false_page_fraction)
    return pages / system.on_call.pages_per_week


@answer(unit="fraction", show="{:.0%}")
def false_page_margin_fraction(system: System) -> float:
    """Half width of a 95 % interval, were a tenth of a quarter's pages false."""
    share = 0.1
    return 1.96 * math.sqrt(share * (1 - share) / pages_per_quarter(system))


@answer(unit="hours/year", show="{:.0f} hours")
def ledger_on_call_hours(system: System) -> float:
    """Hours of the last year that the ledger has under on call, all engineers together."""
    since = system.as_of - timedelta(days=365)
    return math.fsum(
        line.hours
        for line in system.ledger
        if line.cause == "on call" and since <= line.month <= system.as_of
    )


@answer(unit="hours/week", show="{:.1f} h a week")
def ledger_on_call_hours_per_engineer(system: System) -> float:
    """The same a week and engineer."""
    return ledger_on_call_hours(system) / WEEKS_PER_YEAR / system.team.platform_engineers


@answer(unit="USD/hour", show="${:,.0f} an hour")
def partner_usd_per_watched_hour(system: System) -> float:
    """The partner's fee over the hours that they watch."""
    return system.on_call.partner_usd_per_month * 12 / (HOURS_PER_SHIFT * 365)


@answer(unit="USD/page", show="${:,.0f} a page")
def partner_usd_per_page(system: System) -> float:
    """The partner's fee over the pages that come while they watch."""
    return system.on_call.partner_usd_per_month * 12 / (pages_per_shift(system) * 365)


@answer(unit="nights/year", show="{:.0f} nights a year")
def woken_nights_per_year(system: System) -> float:
    """Nights a year with a page for the EU, whose data the partner may not see, if pages go by volume."""
    return more_than_fraction(0, mean=pages_per_shift(system) * (1 - system.traffic.us_fraction)) * 365


@answer(unit="nights/year", show="{:.0f} nights a year")
def woken_without_partner_nights(system: System) -> float:
    """Nights a year that would wake one of us with no partner."""
    return paged_night_fraction(system) * 365


@answer(unit="USD/night", show="${:,.0f}")
def partner_usd_per_night_slept(system: System) -> float:
    """The partner's fee over the nights that it let us sleep through."""
    saved = woken_without_partner_nights(system) - woken_nights_per_year(system)
    return system.on_call.partner_usd_per_month * 12 / saved
