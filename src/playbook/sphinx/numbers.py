"""The numbers behind a chart, as a table made from its traces."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook.sphinx.written import rounded

MOST = 24
TAG = re.compile(r"<[^>]*>")
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table of finished texts; the first column, or two where there are several series, names the row."""

    head: Row
    rows: tuple[Row, ...]
    names: int
    note: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One series: the key of each point, its measure as text, and its name where it has one."""

    name: str
    keys: Row
    measures: Row
    labels: Row


def points(figure: Mapping[str, object]) -> int:
    """How many points with a value the figure draws."""
    return sum(measure != "" for trace in _traces(figure) for measure in trace.measures)


def numbers(figure: Mapping[str, object]) -> Numbers:
    """Side by side where all series share their keys, else a row for each point; long series are thinned."""
    traces = _traces(figure)
    layout = part(figure, "layout")
    axes = [plain_text(part(layout, axis).get("title")) for axis in ("xaxis", "yaxis")]
    key, measure = axes[::-1] if _lying(figure) else axes
    key, measure = key or "item", measure or "value"
    longest = max((len(trace.keys) for trace in traces), default=0)
    step = -(-longest // MOST) or 1
    note = f"Every {step}th point." if step > 1 else ""
    thin = [Trace(t.name, *(_thinned(part, step) for part in (t.keys, t.measures, t.labels))) for t in traces]
    if thin and all(t.keys == thin[0].keys and not any(t.labels) for t in thin):
        head = (key, *((t.name for t in thin) if len(thin) > 1 else (measure,)))
        note = " ".join(filter(None, (measure if len(thin) > 1 and measure != "value" else "", note)))
        return Numbers(head, tuple(zip(thin[0].keys, *(t.measures for t in thin), strict=True)), 1, note)
    labelled = any(label for t in thin for label in t.labels)
    rows = (
        (t.name, *([label] if labelled else []), k, m)
        for t in thin
        for k, m, label in zip(t.keys, t.measures, t.labels, strict=True)
    )
    return Numbers(("series", *(["point"] if labelled else []), key, measure), tuple(rows), 1, note)


def part(whole: Mapping[str, object], key: str) -> Mapping[str, object]:
    """The mapping under a key; empty where there is none."""
    found = whole.get(key)
    return found if isinstance(found, Mapping) else {}


def plain_text(title: object) -> str:
    """A plotly title, text or mapping, without its tags."""
    text = title.get("text") if isinstance(title, Mapping) else title
    return TAG.sub(" ", text).strip() if isinstance(text, str) else ""


def _traces(figure: Mapping[str, object]) -> list[Trace]:
    data, lying = figure.get("data"), _lying(figure)
    layout = part(figure, "layout")
    keyed, measured = ("yaxis", "xaxis") if lying else ("xaxis", "yaxis")
    found = []
    for index, trace in enumerate(data if isinstance(data, Sequence) else ()):
        keys, measures = (_list(trace, keyed[0]), _list(trace, measured[0]))
        size = min(len(keys), len(measures))
        texts = [plain_text(text) for text in _list(trace, "text")]
        told = len(texts) >= size and any(texts)
        # A text with the number in it is the number as the chart writes it; any other names the point.
        shown = told and "textposition" in trace
        spread = part(trace, f"error_{measured[0]}")
        written = [
            texts[i] if shown else _measure(measures[i], i, trace, part(layout, measured), spread)
            for i in range(size)
        ]
        found.append(
            Trace(
                name=plain_text(trace.get("name")) or f"series {index + 1}",
                keys=tuple(_written(key, part(layout, keyed)) for key in keys[:size]),
                measures=tuple(written),
                labels=tuple(texts[:size]) if told and not shown else ("",) * size,
            )
        )
    return found


def _lying(figure: Mapping[str, object]) -> bool:
    """Whether the figure's keys stand on its y axis."""
    data = figure.get("data")
    horizontal = [trace.get("orientation") == "h" for trace in data] if isinstance(data, Sequence) else []
    return any(horizontal) or part(part(figure, "layout"), "yaxis").get("type") == "category"


Part = Mapping[str, object]


def _measure(value: object, index: int, trace: Part, axis: Part, spread: Part) -> str:
    base = trace.get("base", 0)
    start = base[index] if isinstance(base, Sequence) else base
    if not isinstance(value, int | float) or not isinstance(start, int | float):
        return _written(value, axis)
    value += start
    above = _at(_list(spread, "array"), index)
    below = _at(_list(spread, "arrayminus"), index) if "arrayminus" in spread else above
    doubt = f" ({_written(value - below, axis)} to {_written(value + above, axis)})" if above or below else ""
    return _written(value, axis) + doubt


def _at(values: Sequence[object], index: int) -> float:
    """The number at an index; nought where there is none."""
    found = values[index] if index < len(values) else None
    return float(found) if isinstance(found, int | float) else 0.0


def _written(value: object, axis: Mapping[str, object]) -> str:
    if value is None:
        return ""
    if not isinstance(value, int | float):
        return plain_text(str(value))
    spec = axis.get("tickformat")
    if isinstance(spec, str) and spec.endswith("%"):
        return rounded(100 * value) + "%"
    return rounded(value, spec if isinstance(spec, str) else "")


def _list(trace: Mapping[str, object], key: str) -> list[object]:
    found = trace.get(key)
    return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else []


def _thinned(values: Row, step: int) -> Row:
    return values[::step] if (len(values) - 1) % step == 0 or not values else (*values[::step], values[-1])
