"""When an alert speaks and falls silent, from what its expression returns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from playbook.replay.server import ReplayError, Samples, samples

SUBJECT = ("region", "stream", "tenants", "destination", "consumer", "panel")
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
    """The alerting rules of a rule file, in its order, with what they read of recording rules put in place.

    A recording rule is evaluated at the moments of the alerts that read it, so both say the same; the past
    need not be recorded first. Raises ``ReplayError`` for a recorded name that is selected by labels.
    """
    rules = [rule for group in yaml.safe_load(file.read_text("utf-8"))["groups"] for rule in group["rules"]]
    recorded = {rule["record"]: f"({rule['expr']})" for rule in rules if "record" in rule}
    return tuple(
        Rule(
            alert=rule["alert"],
            expression=inlined(rule["expr"], recorded),
            severity=rule["labels"]["severity"],
            for_seconds=seconds(rule.get("for", "0s")),
        )
        for rule in rules
        if "alert" in rule
    )


def inlined(expression: str, recorded: Mapping[str, str]) -> str:
    """The expression with each recorded name replaced by what is recorded under it."""

    def put(found: re.Match[str]) -> str:
        if found[1] in recorded and found[2]:
            raise ReplayError(f"{expression}: {found[1]} is selected by labels; select in its recording rule")
        return recorded.get(found[1], found[1]) + found[2]

    return re.sub(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(\{?)", put, expression)


def seconds(duration: str) -> float:
    """Seconds of a Prometheus duration such as ``1h30m``; ``ValueError`` for anything else."""
    parts = re.findall(r"(\d+)([smhd])", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f"duration {duration!r} must be like 90s, 5m or 1h30m")
    return float(sum(int(number) * UNITS[unit] for number, unit in parts))


def spells(rules: Sequence[Rule], *, address: str, start: float, end: float, step: float) -> Iterator[Spell]:
    """Every stretch during which a rule speaks between start and end, evaluated every ``step`` seconds."""
    for rule in rules:
        found = samples(address, rule.expression, start=start, end=end, step=step)
        for labels, values in found:
            subject = ",".join(f"{key}={labels[key]}" for key in sorted(labels) if key in SUBJECT)
            yield from stretches(rule, subject, values, until=end, step=step)


def stretches(rule: Rule, subject: str, values: Samples, *, until: float, step: float) -> Iterator[Spell]:
    """The stretches in which the expression had a value at every evaluation, its ``for`` waited out."""
    begun = last = None
    for at, _ in values:
        if last is None or at - last > 1.5 * step:
            if begun is not None and last is not None:
                yield from _spell(rule, subject, begun, last + step, until)
            begun = at
        last = at
    if begun is not None and last is not None:
        yield from _spell(rule, subject, begun, last + step, until)


def _spell(rule: Rule, subject: str, begun: float, ends: float, until: float) -> Iterator[Spell]:
    if ends - begun <= rule.for_seconds:
        return
    yield Spell(rule, subject, begun + rule.for_seconds, ends if ends <= until else None)
