"""What the volume asks of the stream, its consumers and its baseline, and what binds next."""

from playbook.architecture.baseline import reached_on
from playbook.architecture.choice import kafka_cheaper_below_usd_per_hour, kafka_cheaper_from_events_per_day
from playbook.architecture.consumers import (
    busiest_consumer_fraction,
    consumer_wait_milliseconds,
    wait_milliseconds,
)
from playbook.architecture.limits import day_of, limits
from playbook.architecture.options import options
from playbook.architecture.path import stages, wait_seconds
from playbook.architecture.stream import hottest_per_second, shards_for_writes
from playbook.architecture.tenancy import (
    largest_burst_per_second,
    largest_tenant_fraction,
    tenant_key_fraction,
)

__all__ = [
    "busiest_consumer_fraction",
    "consumer_wait_milliseconds",
    "day_of",
    "hottest_per_second",
    "kafka_cheaper_below_usd_per_hour",
    "kafka_cheaper_from_events_per_day",
    "largest_burst_per_second",
    "largest_tenant_fraction",
    "limits",
    "options",
    "reached_on",
    "shards_for_writes",
    "stages",
    "tenant_key_fraction",
    "wait_milliseconds",
    "wait_seconds",
]
