"""Who is kept from whom, and how long a person's data outlives their request."""

import math

from playbook import cost
from playbook.answer import answer
from playbook.model import HOURS_PER_MONTH, System, at_end_of, what_if


@answer(unit="USD/month", show="${:,.0f}")
def silo_usd_per_tenant_month(system: System) -> float:
    """What one tenant alone would cost: the fixed part of one region, one cluster, one shard."""
    alone = what_if(system, {"platform.us_clusters": 1, "stream.us_shards": 1})
    return math.fsum(line.usd for line in cost.region_lines(alone, "us") if line.fixed)


@answer(unit="USD/month", show="${:,.0f}")
def ship_silos_usd_per_month(system: System) -> float:
    """What a silo for each tenant would have cost at the end of the first era."""
    ship = at_end_of(system, "ship")
    return silo_usd_per_tenant_month(ship) * ship.tenancy.tenants


@answer(unit="×", show="{:.1f} times")
def silo_over_target(system: System) -> float:
    """A silo's cost over the given cost per tenant."""
    return silo_usd_per_tenant_month(system) / system.targets.usd_per_tenant_month


@answer(unit="tenants", show="{:.0f} tenants")
def silos_in_ceiling(system: System) -> float:
    """Silos that the given ceiling would have paid for."""
    return math.floor(system.targets.usd_per_month / silo_usd_per_tenant_month(system))


@answer(unit="USD/month", show="${:,.0f}")
def database_usd_per_tenant_month(system: System) -> float:
    """What a database of its own would cost a US tenant, of the size that we run."""
    return system.prices["us"].database * HOURS_PER_MONTH


@answer(unit="USD/month", show="${:,.0f}")
def databases_usd_per_month(system: System) -> float:
    """What such a database for each tenant would cost."""
    return database_usd_per_tenant_month(system) * system.tenancy.tenants


@answer(unit="USD/month", show="${:,.0f}")
def ship_databases_usd_per_month(system: System) -> float:
    """The same at the end of the first era."""
    return databases_usd_per_month(at_end_of(system, "ship"))


@answer(unit="runs", show="{:d} runs")
def schema_runs(system: System) -> int:
    """Runs that one migration takes with a schema for each tenant."""
    return system.tenancy.tenants


@answer(unit="runs", show="{:d} runs")
def ship_schema_runs(system: System) -> int:
    """The same at the end of the first era."""
    return schema_runs(at_end_of(system, "ship"))


@answer(unit="days", show="{:.0f} days")
def erasure_stream_days(system: System) -> float:
    """Days until the stream has forgotten an event."""
    return system.stream.retention_hours / 24


@answer(unit="days", show="{:.0f} days")
def erasure_last_copy_days(system: System) -> float:
    """Days until the last copy of an erased person is gone when nothing but expiry removes it."""
    return max(erasure_stream_days(system), system.storage.backup_days)


@answer(unit="days", show="{:.0f} days")
def erasure_margin_days(system: System) -> float:
    """Days that the law's month leaves after the last backup expires; negative when it does not suffice."""
    return system.targets.erasure_days - erasure_last_copy_days(system)
