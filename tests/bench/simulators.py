"""CPU time of the queue simulation against the usual simulators: SimPy and Ciw, as `make bench` installs them."""

from collections.abc import Callable, Iterator

import ciw
import numpy as np
import simpy

from playbook.laws import queueing as theory
from playbook.simulation import queueing

from .measurement import Measurement, cpu_seconds

SEED = 20231106
CUSTOMERS = 1_000_000
FEW = 100_000
ARRIVALS_PER_SECOND, SERVICE_SECONDS, SERVERS = 3.2, 1.0, 4


def measurements() -> Iterator[Measurement]:
    """Yield one measurement per simulator; both run fewer customers, one after the other, so time is in proportion."""
    ours = cpu_seconds(
        lambda: queueing.waits_seconds(
            arrivals_per_second=ARRIVALS_PER_SECOND,
            service_seconds=SERVICE_SECONDS,
            servers=SERVERS,
            customers=CUSTOMERS,
            rng=np.random.default_rng(SEED),
        )
    )
    for name, waits in (("SimPy", simpy_waits), ("Ciw", ciw_waits)):
        check(name, waits)
        yield Measurement(
            what=f"M/M/4 waits, {CUSTOMERS:,} customers",
            seconds=ours,
            baseline=f"{name}, {FEW:,} customers measured, scaled",
            baseline_seconds=cpu_seconds(lambda waits=waits: waits(FEW), runs=2) * CUSTOMERS / FEW,  # type: ignore[misc]
        )


def check(name: str, waits: Callable[[int], list[float]]) -> None:
    """Raise ``ValueError`` where a simulator does not simulate this queue: a tenth allows for correlated waits."""
    expected = theory.wait_seconds(
        arrivals_per_second=ARRIVALS_PER_SECOND, service_seconds=SERVICE_SECONDS, servers=SERVERS
    )
    mean = float(np.mean(waits(FEW)))
    if abs(mean / expected - 1) > 0.1:
        raise ValueError(
            f"{name} waits {mean:.3f} s in the mean, theory says {expected:.3f}: check its model"
        )


def simpy_waits(customers: int) -> list[float]:
    """Every wait of the queue, a process for each customer."""
    rng = np.random.default_rng(SEED)
    gaps = (rng.standard_exponential(customers) / ARRIVALS_PER_SECOND).tolist()
    services = (rng.standard_exponential(customers) * SERVICE_SECONDS).tolist()
    environment, waits = simpy.Environment(), []
    servers = simpy.Resource(environment, capacity=SERVERS)

    def customer(service: float) -> Iterator[object]:
        came = environment.now
        with servers.request() as turn:
            yield turn
            waits.append(environment.now - came)
            yield environment.timeout(service)

    def source() -> Iterator[object]:
        for gap, service in zip(gaps, services, strict=True):
            yield environment.timeout(gap)
            environment.process(customer(service))

    environment.process(source())
    environment.run()
    return waits


def ciw_waits(customers: int) -> list[float]:
    """Every wait of the queue as a network of one node."""
    ciw.seed(SEED)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=ARRIVALS_PER_SECOND)],
        service_distributions=[ciw.dists.Exponential(rate=1 / SERVICE_SECONDS)],
        number_of_servers=[SERVERS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    return [record.waiting_time for record in simulation.get_all_records()]
