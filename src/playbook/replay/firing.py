"""When an alert speaks and falls silent, from what its expression returns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from playbook.replay.server import Samples, samples

STEP_SECONDS = 30
UNITS: Mapping[str, int] = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True, slots=True)
class Rule:
    """An alerting rule as Prometheus reads it."""

    alert: str
    expression: str
    severity: str
    for_seconds: float


@dataclass(frozen=True, slots=True)
class Spell:
    """One stretch during which an alert speaks, in seconds since 1970; ``ends`` is None if it goes on."""

    rule: Rule
    subject: str
    starts: float
    ends: float | None


def alerting_rules(file: Path) -> tuple[Rule, ...]:
    """The alerting rules of a rule file, in its order."""
    groups = yaml.safe_load(file.read_text("utf-8"))["groups"]
    return tuple(
        Rule(
            alert=rule["alert"],
            expression=rule["expr"],
            severity=rule["labels"]["severity"],
            for_seconds=seconds(rule.get("for", "0s")),
        )
        for group in groups
        for rule in group["rules"]
        if "alert" in rule
    )


def seconds(duration: str) -> float:
    """Seconds of a Prometheus duration such as ``1h30m``; ``ValueError`` for anything else."""
    parts = re.findall(r"(\d+)([smhd])", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f"duration {duration!r} must be like 90s, 5m or 1h30m")
    return float(sum(int(number) * UNITS[unit] for number, unit in parts))


def spells(rules: Sequence[Rule], *, address: str, start: float, end: float) -> Iterator[Spell]:
    """Every stretch during which a rule speaks between start and end, evaluated each half minute."""
    for rule in rules:
        found = samples(address, rule.expression, start=start, end=end, step=STEP_SECONDS)
        for labels, values in found:
            subject = ",".join(f"{key}={labels[key]}" for key in sorted(labels) if key in SUBJECT)
            yield from stretches(rule, subject, values, until=end)


SUBJECT = ("region", "stream", "tenants", "destination", "consumer", "panel")


def stretches(rule: Rule, subject: str, values: Samples, *, until: float) -> Iterator[Spell]:
    """The stretches in which the expression had a value at every evaluation, its ``for`` waited out."""
    begun = last = None
    for at, _ in values:
        if last is None or at - last > 1.5 * STEP_SECONDS:
            if begun is not None and last is not None:
                yield from _spell(rule, subject, begun, last, until)
            begun = at
        last = at
    if begun is not None and last is not None:
        yield from _spell(rule, subject, begun, last, until)


def _spell(rule: Rule, subject: str, begun: float, last: float, until: float) -> Iterator[Spell]:
    if last - begun < rule.for_seconds:
        return
    ends = last + STEP_SECONDS
    yield Spell(rule, subject, begun + rule.for_seconds, ends if ends <= until else None)
