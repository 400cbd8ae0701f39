"""Tenants of unequal size, and what keeps one from filling what all share."""

from datetime import date

from playbook.answer import answer
from playbook.laws import tail
from playbook.model import REGIONS, System, at, at_end_of


@answer(unit="fraction", show="{:.1%}")
def largest_tenant_fraction(system: System) -> float:
    """The largest tenant's share of the events, tenants being Zipf."""
    return tail.zipf_fractions(count=system.tenancy.tenants, exponent=system.tenancy.skew_exponent)[0]


@answer(unit="fraction", show="{:.0%}")
def tenant_key_fraction(system: System) -> float:
    """Use of the US consumer that holds the largest tenant in the peak minute, were the key the tenant alone.

    The other tenants are taken to spread evenly: the mean, with no burst, as decision 0004 took it.
    """
    largest = largest_tenant_fraction(system)
    share = largest + (1 - largest) / system.stream.us_shards
    peak = system.traffic.peak_per_second * system.traffic.us_fraction
    return share * peak * system.stream.consumer_seconds_per_record


@answer(unit="fraction", show="{:.0%}")
def hot_key_tenant_fraction(system: System) -> float:
    """The same on the day of incident 1, whose campaign the mean does not hold."""
    return tenant_key_fraction(at(system, _day_of(system, "hot_key")))


@answer(unit="fraction", show="{:.0%}")
def ship_tenant_key_fraction(system: System) -> float:
    """The same at the end of the first era, for which decision 0004 was sized."""
    return tenant_key_fraction(at_end_of(system, "ship"))


@answer(unit="fraction", show="{:.0%}")
def survive_tenant_key_fraction(system: System) -> float:
    """The same at the end of the second era, had the key stayed the tenant."""
    return tenant_key_fraction(at_end_of(system, "survive"))


def _day_of(system: System, name: str) -> date:
    """The day of a recorded incident."""
    return next(incident.on for incident in system.incidents if incident.name == name)


@answer(unit="×", show="{:.2f}")
def hottest_shard_factor(system: System) -> float:
    """The hottest shard over the mean shard in the peak minute."""
    return system.stream.hottest_shard_factor


@answer(unit="fraction", show="{:.3%}")
def rejected_valid_fraction(system: System) -> float:
    """Valid events refused at the edge over valid events."""
    return system.quotas.rejected_valid_fraction


@answer(unit="events/s", show="{:,.0f} per second")
def largest_burst_per_second(system: System) -> float:
    """Events per second that admission allows the largest tenant for a minute."""
    return largest_tenant_fraction(system) * system.traffic.mean_per_second * system.quotas.burst_factor


@answer(unit="fraction", show="{:.1%}")
def largest_cell_fraction(system: System) -> float:
    """Share of all events that the most loaded cell takes, tenants spread evenly over a region's cells."""
    return max(
        system.traffic.region_fraction(region) / system.platform.clusters(region) for region in REGIONS
    )


@answer(unit="fraction", show="{:.0%}")
def one_cluster_fraction(system: System) -> float:
    """Share of all events that the larger region's cluster takes, were there one a region."""
    return max(system.traffic.region_fraction(region) for region in REGIONS)


@answer(unit="fraction", show="{:.0%}")
def fewer_cells_fraction(system: System) -> float:
    """Share of all events that the most loaded cluster takes, were there two in the US and one in the EU."""
    return max(system.traffic.us_fraction / 2, 1 - system.traffic.us_fraction)


@answer(unit="fraction", show="{:.0%}")
def us_cell_tenants_fraction(system: System) -> float:
    """Share of the US tenants that one cell holds."""
    return 1 / system.platform.us_clusters


@answer(unit="fraction", show="{:.0%}")
def eu_cell_tenants_fraction(system: System) -> float:
    """Share of the EU tenants that one cell holds."""
    return 1 / system.platform.eu_clusters
