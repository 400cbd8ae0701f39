"""Delivery workers: connections bind, the processor idles."""

import math
from datetime import date

from playbook import reliability
from playbook.answer import answer
from playbook.model import SECONDS_PER_DAY, System, at, at_end_of

STANDBY_DECIDED = date(2025, 5, 6)
FLOOR_DECIDED = date(2025, 8, 18)


def pod_events_per_second(system: System) -> float:
    """Events per second that one delivery pod hands on when every connection is in use."""
    worker = system.delivery
    return worker.connections_per_pod / worker.seconds_per_delivery / system.traffic.deliveries_per_event


@answer(unit="events/s", show="{:,.0f} events a second")
def night_events_per_second(system: System) -> float:
    """Events per second that the night floor of one region can hand on."""
    return system.delivery.night_floor_pods * pod_events_per_second(system)


@answer(unit="events/s", show="{:,.0f} events a second")
def frozen_events_per_second(system: System) -> float:
    """What the night's pods could hand on at the end of the second era, when the floor was three."""
    return night_events_per_second(at_end_of(system, "survive"))


@answer(unit="events/s", show="{:,.0f} events a second")
def frozen_morning_per_second(system: System) -> float:
    """EU events per second on the mean of the day of incident 4."""
    day = at(system, reliability.incident(system, "frozen_pods").on)
    return day.traffic.events_per_day / SECONDS_PER_DAY * (1 - day.traffic.us_fraction)


def processor_fraction(system: System, *, events_per_second: float, pods: float) -> float:
    """Share of one processor that each pod uses."""
    deliveries = events_per_second * system.traffic.deliveries_per_event / pods
    return deliveries * system.delivery.cpu_seconds_per_delivery


@answer(unit="fraction", show="{:.1%}")
def processor_when_full_fraction(system: System) -> float:
    """Share of its processor that a delivery pod uses when its last connection is taken."""
    return processor_fraction(system, events_per_second=pod_events_per_second(system), pods=1)


@answer(unit="×", show="{:.0f} times")
def processor_target_over_full(system: System) -> float:
    """How far the given processor target lies above what a pod can reach before its connections end."""
    return system.targets.cpu_fraction / processor_when_full_fraction(system)


@answer(unit="fraction", show="{:.0%}")
def us_slots_fraction(system: System) -> float:
    """Deliveries in flight over slots at the US maximum of pods, in the peak minute with a zone lost."""
    worker, peak = system.delivery, system.traffic.peak_per_second * system.traffic.us_fraction
    in_flight = peak * system.traffic.deliveries_per_event * worker.seconds_per_delivery
    pods = worker.us_max_pods * (worker.zones - 1) / worker.zones
    return in_flight / (pods * worker.connections_per_pod)


@answer(unit="×", show="{:.2f}")
def night_over_morning(system: System) -> float:
    """What the EU's night floor of pods can hand on over what the morning brings."""
    mean = system.traffic.mean_per_second * system.traffic.region_fraction("eu")
    return night_events_per_second(system) / (mean * system.delivery.morning_factor)


@answer(unit="pods", show="{:d} pods")
def us_pods_needed(system: System) -> int:
    """Delivery pods that the US peak minute needs with a zone lost and slots kept below their limit."""
    worker = system.delivery
    peak = system.traffic.peak_per_second * system.traffic.us_fraction
    alive = peak / pod_events_per_second(system) / worker.slots_limit_fraction
    return math.ceil(alive * worker.zones / (worker.zones - 1))


@answer(unit="fraction", show="{:.1%}")
def us_processor_at_peak_fraction(system: System) -> float:
    """Share of its processor that each of those pods uses in the peak minute with a zone lost."""
    pods = us_pods_needed(system) * (system.delivery.zones - 1) / system.delivery.zones
    peak = system.traffic.peak_per_second * system.traffic.us_fraction
    return processor_fraction(system, events_per_second=peak, pods=pods)


@answer(unit="×", show="{:.2f}")
def night_over_morning_at_standby(system: System) -> float:
    """The same on the day of decision 0017, when the floor was three and nobody had divided."""
    return night_over_morning(at(system, STANDBY_DECIDED))


@answer(unit="×", show="{:.2f}")
def night_over_morning_when_decided(system: System) -> float:
    """The same on the day of decision 0019."""
    return night_over_morning(at(system, FLOOR_DECIDED))


@answer(unit="pods", show="{:d} pods")
def frozen_pods_needed(system: System) -> int:
    """Pods that would have carried the EU's morning on the day of incident 4."""
    day = at(system, reliability.incident(system, "frozen_pods").on)
    return math.ceil(
        frozen_morning_per_second(system) * day.delivery.morning_factor / pod_events_per_second(day)
    )


@answer(unit="×", show="{:.2f}")
def us_night_over_morning(system: System) -> float:
    """What the US night floor can hand on over its morning, were mornings there as steep as in the EU."""
    mean = system.traffic.mean_per_second * system.traffic.region_fraction("us")
    return night_events_per_second(system) / (mean * system.delivery.morning_factor)


@answer(unit="×", show="{:.2f}")
def night_over_peak(system: System) -> float:
    """What the EU's night floor of pods can hand on over what its peak minute brings."""
    peak = system.traffic.peak_per_second * system.traffic.region_fraction("eu")
    return night_events_per_second(system) / peak
