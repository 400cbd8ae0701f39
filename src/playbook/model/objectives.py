"""The service level objectives as data: one file per service, judged before it is believed."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from playbook.laws import slo
from playbook.model.assumption import DataError, day, scalar, text
from playbook.model.files import table_in, tables_of
from playbook.model.reliability import Alerts

FOLDER = "reliability/slos"
SliKind = Literal["requests", "events", "sample"]
SERVICE_KEYS = ("title", "owner", "about")
SATURATION_KEYS = ("means", "metric", "limit")
SLI_KEYS = ("title", "kind", "total", "alert", "objective", "window_days", "source", "as_of", "why")
OPTIONAL = ("good", "bad", "by", "minimum_events", "sample_window_hours", "false_alarm_fraction")
LABEL = r'\s*[a-zA-Z_]\w*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\\n]|\\.)*"\s*'
SELECTOR = re.compile(rf"[a-zA-Z_:][\w:]*(?:\{{(?:{LABEL}(?:,{LABEL})*,?\s*)?\}})?")
Number = str | float


@dataclass(frozen=True, slots=True)
class Saturation:
    """What it means that a service is full, and the two metrics whose ratio says so."""

    means: str
    metric: str
    limit: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator and its objective: good, or else bad, over total, each a selector of counters.

    ``objective`` and ``window_days`` are numbers, or the path of the assumption that states them.
    Of kind ``sample`` it is tested by its labels and not by a burn rate; ``minimum_events`` is the least
    number of events in a window on which an alert may speak, zero where traffic is high.
    """

    name: str
    title: str
    kind: SliKind
    good: str
    bad: str
    total: str
    by: str
    alert: str
    objective: Number
    window_days: Number
    minimum_events: float
    sample_window_hours: float
    false_alarm_fraction: float
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service: who owns it, what it is, when it is full, and what it is measured by."""

    name: str
    title: str
    owner: str
    about: str
    saturation: Saturation
    indicators: tuple[Indicator, ...]


def services(folder: Path, *, alerts: Alerts, known: Callable[[str], float | None]) -> tuple[Service, ...]:
    """Every service of ``data/reliability/slos/``, by name; ``known`` is the value of an assumption.

    Raises ``DataError`` with file, key, value and reason: for keys that are unknown, missing or doubled,
    an objective that leaves no budget, a window of no length, a kind of indicator that does not exist, a
    selector that is no PromQL, an alert named twice, and an alert that no error rate could reach.
    """
    files = sorted(file.name for file in (folder / FOLDER).glob("*.toml"))
    if not files:
        raise DataError(FOLDER, "files", None, "missing; there is one for each service")
    found: list[Service] = []
    homes: dict[str, str] = {}
    for name in files:
        service = _service(folder, f"{FOLDER}/{name}", alerts=alerts, known=known)
        for indicator in service.indicators:
            for kind, value in (("alert", indicator.alert), ("name", indicator.name)):
                if value in homes:
                    key = f"slis.{indicator.name}.{kind}" if kind == "alert" else f"slis.{indicator.name}"
                    raise DataError(f"{FOLDER}/{name}", key, value, f"stands already in {homes[value]}")
                homes[value] = f"{FOLDER}/{name}"
        found.append(service)
    return tuple(found)


def _service(folder: Path, file: str, *, alerts: Alerts, known: Callable[[str], float | None]) -> Service:
    tables = _entries(tables_of(folder, file), ("service", "saturation", "slis"), file=file)
    head = _entries(table_in(tables, "service", file=file), SERVICE_KEYS, file=file, key="service")
    full = _entries(table_in(tables, "saturation", file=file), SATURATION_KEYS, file=file, key="saturation")
    slis = table_in(tables, "slis", file=file)
    if not slis:
        raise DataError(file, "slis", slis, "a service has at least one indicator")
    return Service(
        name=Path(file).stem,
        **{key: text(head[key], file=file, key=f"service.{key}") for key in SERVICE_KEYS},
        saturation=Saturation(
            means=text(full["means"], file=file, key="saturation.means"),
            metric=_selector(full["metric"], file=file, key="saturation.metric"),
            limit=_selector(full["limit"], file=file, key="saturation.limit"),
        ),
        indicators=tuple(_indicator(slis, name, file=file, alerts=alerts, known=known) for name in slis),
    )


def _indicator(
    slis: Mapping[str, object],
    name: str,
    *,
    file: str,
    alerts: Alerts,
    known: Callable[[str], float | None],
) -> Indicator:
    key = f"slis.{name}"
    table = _entries(table_in(slis, name, file=file), SLI_KEYS, file=file, key=key, optional=OPTIONAL)
    if ("good" in table) == ("bad" in table):
        raise DataError(file, f"{key}.good", table.get("good"), "state either good or bad, and not both")
    if table["kind"] not in get_args(SliKind):
        allowed = ", ".join(get_args(SliKind))
        raise DataError(file, f"{key}.kind", table["kind"], f"unknown kind; allowed are {allowed}")
    day(table["as_of"], file=file, key=f"{key}.as_of")
    found = Indicator(
        name=_word(name, r"[a-z][a-z_]*", "a lower-case word", file=file, key=key),
        title=text(table["title"], file=file, key=f"{key}.title"),
        kind=cast("SliKind", table["kind"]),
        good=_selector(table["good"], file=file, key=f"{key}.good") if "good" in table else "",
        bad=_selector(table["bad"], file=file, key=f"{key}.bad") if "bad" in table else "",
        total=_selector(table["total"], file=file, key=f"{key}.total"),
        by=_word(table["by"], r"[a-z_]+", "a label", file=file, key=f"{key}.by") if "by" in table else "",
        alert=_word(
            table["alert"], r"([A-Z][a-z]+)+", "in capitals such as FreshBurn", file=file, key=f"{key}.alert"
        ),
        objective=_number(table["objective"], file=file, key=f"{key}.objective"),
        window_days=_number(table["window_days"], file=file, key=f"{key}.window_days"),
        minimum_events=_limited(table, "minimum_events", (1.0, 1e9), file=file, key=key),
        sample_window_hours=_limited(table, "sample_window_hours", (0.1, 8760.0), file=file, key=key),
        false_alarm_fraction=_limited(table, "false_alarm_fraction", (1e-6, 0.5), file=file, key=key),
        source=text(table["source"], file=file, key=f"{key}.source"),
        why=text(table["why"], file=file, key=f"{key}.why"),
    )
    _judge(found, file=file, key=key, alerts=alerts, known=known)
    return found


def _judge(
    sli: Indicator, *, file: str, key: str, alerts: Alerts, known: Callable[[str], float | None]
) -> None:
    """Refuse what reads well and cannot work."""
    objective = _resolved(sli.objective, known, file=file, key=f"{key}.objective")
    if not 0 < objective < 1:
        reason = "must lie between 0 and 1: at 1 there is no budget, and one error burns without end"
        raise DataError(file, f"{key}.objective", sli.objective, reason)
    window = _resolved(sli.window_days, known, file=file, key=f"{key}.window_days")
    if not 0 < window <= 366:
        raise DataError(file, f"{key}.window_days", sli.window_days, "must be above 0 and at most 366 days")
    if sli.kind == "sample":
        for name in ("minimum_events", "sample_window_hours", "false_alarm_fraction"):
            if not getattr(sli, name):
                raise DataError(file, f"{key}.{name}", None, "missing; a sample states how it is tested")
        return
    for name in ("sample_window_hours", "false_alarm_fraction"):
        if getattr(sli, name):
            raise DataError(file, f"{key}.{name}", getattr(sli, name), "only of kind sample")
    rows = (
        (alerts.page_window_hours, alerts.page_budget_fraction),
        (alerts.slow_page_window_hours, alerts.slow_page_budget_fraction),
        (alerts.ticket_window_hours, alerts.ticket_budget_fraction),
    )
    for hours, part in rows[1:] if sli.minimum_events else rows:
        rate = slo.burn_rate(budget_fraction=part, window_hours=hours, period_days=window)
        needed = rate * (1 - objective)
        if needed > 1 or math.isclose(needed, 1):
            reason = (
                f"the alert over {hours:g} h speaks above {needed:.0%} errors, which cannot be: "
                f"lower its burn rate of {rate:g}, raise the objective, or make it a sample"
            )
            raise DataError(file, f"{key}.objective", objective, reason)


def _resolved(value: Number, known: Callable[[str], float | None], *, file: str, key: str) -> float:
    if isinstance(value, float):
        return value
    there = known(value)
    if there is None:
        raise DataError(file, key, value, "must be a number, or the path of an assumption")
    return there


def _number(value: object, *, file: str, key: str) -> Number:
    if isinstance(value, str):
        return value
    return float(scalar(value, whole=False, limits=(-1e9, 1e9), file=file, key=key))


def _limited(
    table: Mapping[str, object], name: str, limits: tuple[float, float], *, file: str, key: str
) -> float:
    if name not in table:
        return 0.0
    return float(scalar(table[name], whole=False, limits=limits, file=file, key=f"{key}.{name}"))


def _word(value: object, pattern: str, allowed: str, *, file: str, key: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise DataError(file, key, value, f"must be {allowed}")
    return value


def _selector(value: object, *, file: str, key: str) -> str:
    if not isinstance(value, str) or not SELECTOR.fullmatch(value):
        allowed = 'must be a PromQL selector such as edge_requests_total{outcome="accepted"}'
        raise DataError(file, key, value, allowed)
    return value


def _entries(
    table: Mapping[str, object],
    required: tuple[str, ...],
    *,
    file: str,
    key: str = "",
    optional: tuple[str, ...] = (),
) -> Mapping[str, object]:
    prefix = f"{key}." if key else ""
    for name in table:
        if name not in (*required, *optional):
            allowed = ", ".join((*required, *optional))
            raise DataError(file, f"{prefix}{name}", table[name], f"unknown key; allowed are {allowed}")
    for name in required:
        if name not in table:
            raise DataError(file, f"{prefix}{name}", None, "missing")
    return table
