"""Counters over time in the notation of promtool's unit tests."""

from collections.abc import Iterator, Mapping, Sequence

from playbook.model import Indicator

Steps = Sequence[tuple[int, float]]
"""Stretches of time: how many steps each lasts, and by how much the counter grows in each step."""
TRAFFIC = 600.0
"""Events in a step, where a case does not say otherwise."""


def values(steps: Steps) -> str:
    """A counter that starts at zero and grows as ``steps`` say.

    promtool adds the growth up step by step, so we do: a stretch that began a rounding below the end of the
    one before would be taken for a reset.
    """
    parts, level = [], 0.0
    for number, (length, growth) in enumerate(steps):
        start = level + growth if number else level
        parts.append(f"{_written(start)}+{_written(growth)}x{length - 1 if number else length}")
        for _ in range(length):
            level += growth
    return " ".join(parts)


def series(selector: str, steps: Steps, **labels: str) -> Mapping[str, str]:
    """One input series: a selector of equalities with more labels, and its values."""
    name, _, inner = selector.partition("{")
    parts = [inner.rstrip("}")] if inner else []
    parts += [f'{label}="{value}"' for label, value in labels.items()]
    return {"series": f"{name}{{{','.join(parts)}}}" if parts else name, "values": values(steps)}


def traffic(
    indicator: Indicator, steps: Sequence[tuple[int, float | None]], *, each: float = TRAFFIC, **labels: str
) -> Iterator[Mapping[str, str]]:
    """What an indicator counts: ``each`` events a step, of which a share fails, or none at all."""
    where = ({indicator.by: "us"} if indicator.by else {}) | labels
    total = [(length, 0.0 if failed is None else each) for length, failed in steps]
    bad = [(length, each * (failed or 0.0)) for length, failed in steps]
    good = [(length, all_ - lost) for (length, all_), (_, lost) in zip(total, bad, strict=True)]
    yield series(indicator.bad or indicator.good, bad if indicator.bad else good, **where)
    name = indicator.total
    if indicator.good.partition("{")[0] == name:
        yield series(name, bad, outcome="error", **where)
    else:
        yield series(name, total, **where)


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
