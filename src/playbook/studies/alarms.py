"""The alarm on daily cost, scored against what was planted in three years of bills."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import ibis.expr.types as ir

from playbook import billing, cost
from playbook.model import DAYS_PER_MONTH, Planted, at, data_folder, load
from playbook.studies.changes import changes

# Ours speaks at a fifth more than usual: four spreads, where the four weeks are alike.
THRESHOLD = 4.0
FLOOR_USD, SPREAD_FRACTION = 5.0, 0.05  # as `billing.anomalies` has them
THRESHOLDS = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0)
LOOKED_BACK = timedelta(days=28)
OVERSPENT = ("runaway", "leak", "overcharge")
PLANTED, ECHO, DECISION, PRICE, NOISE = "planted", "its echo", "our decision", "a price", "nothing"
# The subject of the bottom-up bill that each service of the invoice belongs to.
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "Amazon Elastic Compute Cloud": "compute",
        "Amazon Elastic Kubernetes Service": "compute",
        "Amazon Elastic Block Store": "compute",
        "Amazon Kinesis": "streaming",
        "Amazon Data Firehose": "streaming",
        "Amazon Simple Queue Service": "streaming",
        "Amazon Simple Storage Service": "storage",
        "Amazon DynamoDB": "state",
        "Amazon Relational Database Service": "state",
        "Elastic Load Balancing": "edge",
        "AWS WAF": "edge",
        "Amazon Virtual Private Cloud": "network",
        "AWS Data Transfer": "network",
        "Amazon CloudWatch": "observability",
        "Hosted language model": "enrichment",
    }
)
# The service on whose invoice each item stands of which too much was planted.
ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "nodes, general": "Amazon Elastic Compute Cloud",
        "logs by volume": "Amazon CloudWatch",
        "archive, standard": "Amazon Simple Storage Service",
    }
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A day on which a service cost what it does not usually cost, and what had happened."""

    day: date
    service: str
    effective_usd: float
    expected_usd: float
    z: float
    cause: str
    what: str


@cache
def charges() -> ir.Table:
    """Three years of days by service and region, as a FOCUS export."""
    return billing.read(data_folder() / "cost/days/services.parquet")


@cache
def alarms(threshold: float = THRESHOLD) -> tuple[Alarm, ...]:
    """Every alarm of three years, with its cause."""
    rows = billing.anomalies(charges(), threshold=threshold).to_pyarrow().to_pylist()
    return tuple(
        Alarm(
            row["day"],
            row["service"],
            row["effective"],
            row["expected"],
            row["z"],
            *caused(row["day"], row["service"]),
        )
        for row in rows
    )


@cache
def caused(day: date, service: str) -> tuple[str, str]:
    """What an alarm on a day is owed to, as kind and name: planted, its echo, a change, or nothing.

    An echo is an alarm in the four weeks after, when what is usual was learnt from the oddity. A change
    explains alarms for as long as what is usual still holds days from before it.
    """
    for one in events():
        if ITEMS[one.item] == service and one.start <= day < one.end:
            return PLANTED, one.name
    for one in events():
        if ITEMS[one.item] == service and one.end <= day < one.end + LOOKED_BACK:
            return ECHO, one.name
    for change in changes():
        if change.day <= day < change.day + LOOKED_BACK and SUBJECTS.get(service) in change.usd_per_day:
            return (PRICE if change.priced else DECISION), f"{change.day}"
    return NOISE, ""


@cache
def events() -> tuple[Planted, ...]:
    """What was planted that cost too much: credits and corrections stand in the bill under their own name."""
    return tuple(one for one in load().planted if one.kind in OVERSPENT)


@dataclass(frozen=True, slots=True)
class Episode:
    """Alarms of one service and one cause, with no gap of more than a week."""

    service: str
    start: date
    days: int
    cause: str
    what: str


def episodes(threshold: float = THRESHOLD) -> tuple[Episode, ...]:
    """The alarms as a person would count them: one for each thing that went on."""
    found: dict[tuple[str, str, str], list[list[date]]] = {}
    for alarm in alarms(threshold):
        runs = found.setdefault((alarm.service, alarm.cause, alarm.what), [])
        if runs and alarm.day - runs[-1][-1] <= timedelta(days=7):
            runs[-1].append(alarm.day)
        else:
            runs.append([alarm.day])
    made = [
        Episode(service, run[0], len(run), cause, what)
        for (service, cause, what), runs in found.items()
        for run in runs
    ]
    return tuple(sorted(made, key=lambda one: (one.start, one.service)))


def judged_months() -> float:
    """Months over which the alarm judged: all but the four weeks that it first looks back on."""
    begun, ended = charges()["ChargePeriodStart"], charges()["ChargePeriodEnd"]
    row = charges().aggregate(first=begun.min(), last=ended.max()).to_pyarrow().to_pylist()[0]
    return float(((row["last"] - row["first"]).days - LOOKED_BACK.days) / DAYS_PER_MONTH)


def precision(some: Sequence[Alarm | Episode], *, told: bool = False) -> float | None:
    """Share that is owed to what was planted; ``told`` leaves out what a list of our changes explains."""
    left = [one for one in some if not (told and one.cause in (DECISION, PRICE))]
    return sum(one.cause == PLANTED for one in left) / len(left) if left else None


def found_after_days(name: str, threshold: float = THRESHOLD) -> int | None:
    """Days from an event's start to the end of the first that raised an alarm; None where none did."""
    start = next(one.start for one in events() if one.name == name)
    days = [alarm.day for alarm in alarms(threshold) if alarm.cause == PLANTED and alarm.what == name]
    return (min(days) - start).days + 1 if days else None


def recall(threshold: float = THRESHOLD) -> float:
    """Share of planted events that raised an alarm while they went on."""
    return sum(found_after_days(one.name, threshold) is not None for one in events()) / len(events())


def spent_usd(name: str, days: int) -> float:
    """What a planted event had cost after so many days, at the price of its first."""
    one = next(each for each in events() if each.name == name)
    then = at(load(), one.start)
    price = next(
        line.usd_per_unit
        for line in cost.lines(then)
        if (line.where, line.item, line.environment) == (one.where, one.item, "production")
    )
    return math.fsum(one.quantity(one.start + timedelta(days=n)) for n in range(days)) * price


def spent_by_alarm_usd(name: str, threshold: float = THRESHOLD) -> float | None:
    """What a planted event had cost by the end of the day that raised the alarm; None where none did."""
    days = found_after_days(name, threshold)
    return None if days is None else spent_usd(name, days)


def quiet_threshold() -> float:
    """The lowest threshold of those tried at which every episode has a reason."""
    return next(at for at in THRESHOLDS if all(one.cause != NOISE for one in episodes(at)))


def whole_usd(name: str) -> float:
    """What a planted event cost in all."""
    one = next(each for each in events() if each.name == name)
    return spent_usd(name, (one.end - one.start).days)


def hides_usd_per_day(threshold: float = THRESHOLD) -> Mapping[str, float]:
    """By service, what can be added to a day of the last month without an alarm; the largest first.

    That is where the four weeks before are alike, and the alarm's least spread holds: a share of what is
    usual, or its floor. Where they are not alike it is more.
    """
    usage = charges()
    usage = usage.filter((usage["ChargeCategory"] == "Usage") & (usage["ServiceName"].isin(list(SUBJECTS))))
    spent = usage.group_by(service="ServiceName", month=usage["BillingPeriodStart"].date())
    rows = spent.aggregate(usd=usage["EffectiveCost"].sum()).to_pyarrow().to_pylist()
    last = max(row["month"] for row in rows)
    days = ((last + timedelta(days=31)).replace(day=1) - last).days
    room = {
        row["service"]: max(FLOOR_USD, threshold * SPREAD_FRACTION * row["usd"] / days)
        for row in rows
        if row["month"] == last
    }
    return MappingProxyType(dict(sorted(room.items(), key=lambda item: -item[1])))
