"""What a notebook needs: sentences with computed numbers, charts, tables."""

import re
from collections.abc import Sequence

from playbook import facts, model
from playbook.charts.house import Figure, alt
from playbook.model import System

SAY = "application/vnd.playbook.say+json"
PLOTLY = "application/vnd.plotly.v1+json"
FIELD = re.compile(r"\{\{|\}\}|\{([a-z_]+\.[a-z0-9_]+)(?::([^{}]*|[^{}]*\{[^{}]*\}[^{}]*))?\}")


class _Bundle:
    """An output in several MIME types, for the front end to choose from."""

    def __init__(self, bundle: dict[str, object], text: str) -> None:
        self._bundle, self._text = bundle, text

    def __repr__(self) -> str:
        return self._text

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        return self._bundle


def say(template: str, system: System) -> _Bundle:
    """Markdown whose ``{section.fact}`` or ``{section.fact:format}`` fields are facts of the system.

    The output carries the text, which JupyterLab shows, and, for the book's own system, the template, which
    the book renders with live numbers: a what-if is told as it was worked out.
    Raises ``ValueError`` for an unknown fact, a format that does not fit, or a lone brace.
    """

    def fill(field: re.Match[str]) -> str:
        return facts.text(field[1], system, field[2] or "") if field[1] else field[0][0]

    rest = FIELD.sub("", template)
    if "{" in rest or "}" in rest:
        raise ValueError(f"braces hold a fact such as {{cost.usd_per_month}} or stand doubled: {template!r}")
    text = FIELD.sub(fill, template)
    bundle: dict[str, object] = {"text/markdown": _escaped(text)}
    if system == model.load():
        bundle[SAY] = {"template": template}
    return _Bundle(bundle, text)


def show(figure: Figure) -> _Bundle:
    """The chart, and its alt text for those who cannot see it."""
    return _Bundle({PLOTLY: figure}, alt(figure))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> _Bundle:
    """A Markdown table of finished texts."""
    lines = [head, ["---"] * len(head), *rows]
    wrong = next((row for row in rows if len(row) != len(head)), None)
    if wrong is not None:
        raise ValueError(f"row {wrong!r} has {len(wrong)} cells, the head has {len(head)}")
    text = "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)
    return _Bundle({"text/markdown": text}, text)


def inputs(names: Sequence[str], system: System, *, most: int = 8) -> _Bundle:
    """The assumptions that the facts read, as a table: those that move the first fact most, then the rest."""
    reads = dict.fromkeys(path for name in names for path in facts.evaluate(name, system).reads)
    order = [swing.path for swing in facts.sensitivity(names[0], system)]
    ranked = sorted(reads, key=lambda path: order.index(path) if path in order else len(order))
    rows = []
    for path in ranked[:most]:
        a = system.assumptions[path]
        doubt = " to ".join(map(_number, a.range)) if a.range else "none"
        rows.append((f"`{path}`", _number(a.on(system.as_of)), doubt, a.kind, f"{a.source} ({a.as_of})"))
    return table(("assumption", "value", "5th to 95th percentile", "kind", "source"), rows)


def swings(name: str, system: System, *, most: int = 6) -> _Bundle:
    """What moves a fact most: its value at both ends of each assumption's range, the others held."""
    template = facts.evaluate(name, system).template
    rows = [
        (f"`{swing.path}`", facts.written(swing.at_low, template), facts.written(swing.at_high, template))
        for swing in facts.sensitivity(name, system)[:most]
    ]
    return table(("assumption", "at its 5th percentile", "at its 95th"), rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def _cell(text: str) -> str:
    return _escaped(text).replace("|", r"\|").replace("\n", " ")


def _escaped(text: str) -> str:
    """Dollars stay dollars: a front end that knows TeX would set what stands between two of them."""
    return re.sub(r"(?<!\\)\$", r"\\$", text)
