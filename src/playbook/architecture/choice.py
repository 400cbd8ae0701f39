"""What the ways to carry events cost, which is cheapest, and where that turns."""

import math

from playbook.answer import answer
from playbook.architecture.options import hour_usd, option, options
from playbook.model import System, what_if


@answer(unit="USD/month", show="${:,.0f}")
def fan_out_usd_per_month(system: System) -> float:
    """What Kinesis with enhanced fan-out costs, sized for the peak minute."""
    return option(system, "Kinesis, fan-out").usd_per_month


@answer(unit="USD/month", show="${:,.0f}")
def sqs_usd_per_month(system: System) -> float:
    """What SQS with batches would cost."""
    return option(system, "SQS, batched").usd_per_month


@answer(unit="USD/month", show="${:,.0f}")
def kafka_usd_per_month(system: System) -> float:
    """What MSK would cost."""
    return option(system, "MSK").usd_per_month


@answer(unit="USD/month", show="${:,.0f}")
def on_demand_usd_per_month(system: System) -> float:
    """What Kinesis on demand would cost."""
    return option(system, "Kinesis, on demand").usd_per_month


@answer(unit="USD/month", show="${:,.0f}")
def postgres_usd_per_month(system: System) -> float:
    """What PostgreSQL as a queue would cost."""
    return option(system, "PostgreSQL, SKIP LOCKED").usd_per_month


@answer(unit="", show="{:s}")
def cheapest_option(system: System) -> str:
    """The option that costs least in money alone."""
    return min(options(system), key=lambda o: o.usd_per_month).name


@answer(unit="", show="{:s}")
def cheapest_replaying_option(system: System) -> str:
    """The cheapest option, hours included, that keeps order by key, can replay and meets the given p50."""
    price = hour_usd(system)
    fit = [o for o in options(system) if o.replays and o.seconds <= system.targets.p50_seconds]
    return min(fit, key=lambda o: o.total_usd_per_month(usd_per_hour=price)).name


@answer(unit="USD/month", show="${:,.0f}")
def kafka_hours_usd_per_month(system: System) -> float:
    """What the hours that MSK takes beyond fan-out cost."""
    return (system.options.kafka_hours_per_month - system.options.fan_out_hours_per_month) * hour_usd(system)


@answer(unit="hours/month", show="{:g} hours a month")
def postgres_hours(system: System) -> float:
    """Engineer hours a month that PostgreSQL as a queue takes."""
    return system.options.postgres_hours_per_month


@answer(unit="hours/month", show="{:g} hours a month")
def sqs_hours(system: System) -> float:
    """Engineer hours a month that SQS takes."""
    return system.options.sqs_hours_per_month


@answer(unit="hours/month", show="{:g} hours a month")
def kafka_hours(system: System) -> float:
    """Engineer hours a month that MSK takes."""
    return system.options.kafka_hours_per_month


@answer(unit="hours/month", show="{:g} hours a month")
def fan_out_hours(system: System) -> float:
    """Engineer hours a month that Kinesis with enhanced fan-out takes."""
    return system.options.fan_out_hours_per_month


@answer(unit="ms", show="{:.0f} ms")
def shared_milliseconds(system: System) -> float:
    """Latency floor of as many shared consumers as there are readers."""
    return option(system, "Kinesis, shared").seconds * 1000


@answer(unit="ms", show="{:.0f} ms")
def fan_out_milliseconds(system: System) -> float:
    """Latency floor of enhanced fan-out."""
    return system.options.fan_out_seconds * 1000


@answer(unit="events/day", show="{:~3}/day")
def kafka_cheaper_from_events_per_day(system: System) -> float | None:
    """Volume from which MSK costs less than fan-out, hours included; None where it never does."""
    return volume_where_cheaper(system, "MSK", than="Kinesis, fan-out")


@answer(unit="USD/hour", show="${:,.0f} an hour")
def kafka_cheaper_below_usd_per_hour(system: System) -> float:
    """Price of an hour below which MSK would cost less than fan-out at today's volume."""
    kafka, stream = option(system, "MSK"), option(system, "Kinesis, fan-out")
    return (stream.usd_per_month - kafka.usd_per_month) / (kafka.hours_per_month - stream.hours_per_month)


def volume_where_cheaper(system: System, name: str, *, than: str) -> float | None:
    """The first volume, on a grid and bisected, at which an option undercuts another, hours included."""

    def cheaper(volume: float) -> bool:
        then = what_if(system, {"traffic.events_per_day": volume})
        price = hour_usd(then)
        one, other = (option(then, n).total_usd_per_month(usd_per_hour=price) for n in (name, than))
        return one < other

    grid = [10 ** (6 + 3 * i / 60) for i in range(61)]
    above = next((i for i, volume in enumerate(grid) if cheaper(volume)), None)
    if above is None:
        return None
    low, high = grid[max(0, above - 1)], grid[above]
    for _ in range(30):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if cheaper(middle) else (middle, high)
    return high
