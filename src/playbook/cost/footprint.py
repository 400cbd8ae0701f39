"""What the lines of the bill draw and took to make: energy at the meter, and a share of the hardware."""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.cost.bill import lines
from playbook.cost.region import Line
from playbook.model import HOURS_PER_MONTH, System

GRAMS_PER_TONNE, GRAMS_PER_KILOGRAM = 1e6, 1e3
WATTS_PER_KILOWATT = 1e3
GIGABYTES_PER_TERABYTE = 1e3
NODES = {
    "nodes, general": "general",
    "nodes, workers at their minimum": "compute",
    "nodes, workers for volume": "compute",
    "nodes, metrics": "memory",
}
FLASH = {"volumes": "volume", "volumes, workers for volume": "volume", "database storage": "database"}
DISKS = (
    "archive, standard",
    "archive, infrequent",
    "archive, instant",
    "archive, replicated",
    "database backup",
)
NETWORK, DATABASE, WAREHOUSE = "internet", "database", "our own warehouse, storage"
NOT_HARDWARE = ("savings plan", "support plan")
CALLS = "LLM calls, capped"
SUBJECTS = ("nodes, processors", "nodes, memory", "databases", "disks", "warehouse's disks", "network")


@dataclass(frozen=True, slots=True)
class Footprint:
    """A month of one line: kilowatt-hours at the meter of the data centre, its grid, and grams of making."""

    subject: str
    where: str
    environment: str
    energy_kwh: float
    grid_grams_per_kwh: float
    embodied_grams: float

    @property
    def use_grams(self) -> float:
        """Grams of CO2e from what was drawn, by the location of the grid."""
        return self.energy_kwh * self.grid_grams_per_kwh

    @property
    def grams(self) -> float:
        """Use and making together."""
        return self.use_grams + self.embodied_grams


def footprints(system: System) -> tuple[Footprint, ...]:
    """Every line of the bill that the coefficients can measure."""
    return tuple(part for line in lines(system) for part in of_line(system, line))


def of_line(system: System, line: Line) -> Iterator[Footprint]:
    """The footprints of one line: two for a node, none where the coefficients know nothing of it."""
    c, cpus = system.coefficients, system.carbon.node_cpus
    if line.item in NODES:
        family, hours = NODES[line.item], line.quantity
        drawn, made = processors_kwh(system, cpus), making_grams(system, family, cpus)
        yield _part(system, line, "nodes, processors", hours * drawn, hours * made)
        yield _part(system, line, "nodes, memory", hours * memory_kwh(system, family, cpus))
    elif line.item == DATABASE:
        cpus, hours = system.carbon.database_cpus, line.quantity * c.replication_database
        drawn = processors_kwh(system, cpus) + memory_kwh(system, "memory", cpus)
        made = making_grams(system, "memory", cpus)
        yield _part(system, line, "databases", hours * drawn, hours * made)
    elif line.item in FLASH:
        copies = {"volume": c.replication_volume, "database": c.replication_database}[FLASH[line.item]]
        yield _part(system, line, "disks", _disk_kwh(line.quantity, c.ssd) * copies)
    elif line.item in DISKS:
        yield _part(system, line, "disks", _disk_kwh(line.quantity, c.hdd) * c.replication_archive)
    elif line.item == WAREHOUSE:
        held = line.quantity * GIGABYTES_PER_TERABYTE
        yield _part(system, line, "warehouse's disks", _disk_kwh(held, c.hdd) * c.replication_archive)
    elif line.item == NETWORK:
        yield _part(system, line, "network", line.quantity * c.network)


def processors_kwh(system: System, cpus: int, *, utilisation: float | None = None) -> float:
    """Kilowatt-hours that vCPUs draw in an hour, linear between idle and full."""
    c = system.coefficients
    used = system.carbon.utilisation_fraction if utilisation is None else utilisation
    return cpus * (c.min_watts + used * (c.max_watts - c.min_watts)) / WATTS_PER_KILOWATT


def memory_kwh(system: System, family: str, cpus: int) -> float:
    """Kilowatt-hours that a share of a server's memory draws in an hour beyond what its chip's watts contain.

    The share is that of the vCPUs.
    """
    held: float = getattr(system.carbon, f"{family}_server_gigabytes")
    beyond = max(0.0, held - system.coefficients.memory_per_chip)
    return beyond * cpus / system.carbon.server_cpus * system.coefficients.memory_energy


def making_grams(system: System, family: str, cpus: int) -> float:
    """Grams of a server's making that fall to one hour of so many of its vCPUs.

    Reference: Green Software Foundation, SCI specification 1.1: TE x TiR/EL x RR/ToR.
    """
    server: float = getattr(system.coefficients, f"embodied_{family}")
    share = cpus / system.carbon.server_cpus / system.coefficients.lifespan
    return server * GRAMS_PER_KILOGRAM * share


def node_hour_grams(system: System, family: str, where: str) -> float:
    """Grams of use of one node for one hour in a region, its making aside."""
    cpus = system.carbon.node_cpus
    kwh = processors_kwh(system, cpus) + memory_kwh(system, family, cpus)
    return kwh * system.coefficients.pue * grid_grams_per_kwh(system, where)


def grid_grams_per_kwh(system: System, where: str) -> float:
    """Grams of CO2e of a kilowatt-hour on a region's grid."""
    tonnes: float = getattr(system.coefficients, f"grid_{where}")
    return tonnes * GRAMS_PER_TONNE


def is_unmeasured(line: Line) -> bool:
    """Whether the coefficients know nothing of the hardware behind a line; calls to a model stand aside."""
    measured = {*NODES, *FLASH, *DISKS, NETWORK, DATABASE, WAREHOUSE}
    return line.item not in measured and line.item not in NOT_HARDWARE and line.item != CALLS


def _part(system: System, line: Line, subject: str, kwh: float, embodied: float = 0.0) -> Footprint:
    grid = grid_grams_per_kwh(system, line.where)
    return Footprint(subject, line.where, line.environment, kwh * system.coefficients.pue, grid, embodied)


def _disk_kwh(gigabytes: float, watt_hours: float) -> float:
    """Kilowatt-hours of a month of one copy, at so many watt-hours for a terabyte and hour."""
    return gigabytes / GIGABYTES_PER_TERABYTE * watt_hours * HOURS_PER_MONTH / WATTS_PER_KILOWATT
