"""The first incident against the key that let it happen, the one that replaced it, and the quota."""

from playbook import architecture
from playbook.answer import answer
from playbook.model import System, at, at_end_of, what_if
from playbook.reliability.incidents import incident


def then(system: System) -> System:
    """The system on the day of the first incident."""
    return at(system, incident(system, "hot_key").on)


@answer(unit="events/s", show="{:,.0f} a second")
def hot_key_campaign_per_second(system: System) -> float:
    """Records per second that incident 1 brought to one shard."""
    return system.quotas.campaign_per_second


@answer(unit="fraction", show="{:.0%}")
def hot_key_campaign_fraction(system: System) -> float:
    """What that is of one serial consumer."""
    return system.quotas.campaign_per_second * system.stream.consumer_seconds_per_record


@answer(unit="fraction", show="{:.0%}")
def hot_key_spread_fraction(system: System) -> float:
    """Use of the hottest US consumer had that day's peak and the campaign met the key of decision 0009."""
    day = then(system)
    arriving = day.traffic.peak_per_second * day.traffic.us_fraction + day.quotas.campaign_per_second
    hottest = arriving / day.stream.us_shards * day.stream.hottest_shard_factor
    return hottest * day.stream.consumer_seconds_per_record


@answer(unit="×", show="{:.1f} times")
def hot_key_doubled_factor(system: System) -> float:
    """The US shard of the largest tenant over the mean one, had we doubled the first era's shards."""
    ship = at_end_of(system, "ship")
    doubled = what_if(ship, {"stream.us_shards": 2 * ship.stream.us_shards})
    largest = architecture.largest_tenant_fraction(doubled)
    return largest * doubled.stream.us_shards + (1 - largest)


@answer(unit="events/s", show="{:,.0f} a second")
def hot_key_admitted_per_second(system: System) -> float:
    """Records per second that decision 0010 would have admitted from the largest tenant that day."""
    return architecture.largest_burst_per_second(then(system))
