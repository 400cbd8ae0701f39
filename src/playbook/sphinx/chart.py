"""A chart on a page: its finding as caption, a place for the drawing, the figure as data, and its numbers."""

import json
from collections.abc import Mapping
from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from playbook.sphinx.numbers import Numbers, numbers, part, plain_text

HEIGHT = 400.0
TITLE = 40.0
"""Height in pixels that the page gains by setting the title as text, outside the drawing."""


class ChartNode(nodes.General, nodes.Element):
    """A plotly figure (``figure``, a mapping) with its words (``alt``)."""


def chart_html(figure: Mapping[str, object], alt: str, *, anchor: str) -> str:
    """The figure element. Its JSON is inert; the page's script draws it when it comes near."""
    layout = {key: value for key, value in part(figure, "layout").items() if key not in ("template", "title")}
    height = layout.pop("height", None)
    tall = max(240.0, (float(height) if isinstance(height, int | float) else HEIGHT) - TITLE)
    content = {"data": figure.get("data", []), "layout": layout}
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = data.replace("<", "\\u003c")
    title = plain_text(part(figure, "layout").get("title"))
    caption = f'<figcaption id="{anchor}-title">{escape(title)}</figcaption>' if title else ""
    return (
        f'<figure class="chart" id="{anchor}">{caption}'
        f'<div class="chart-plot" role="img" aria-label="{escape(alt)}" style="--tall:{tall:.0f}px"></div>'
        f'<noscript><p class="chart-alt">{escape(alt)}</p></noscript>'
        f'<script type="application/json" class="chart-figure">{data}</script>'
        f"{_table(numbers(figure), title or alt)}</figure>\n"
    )


def _table(shown: Numbers, title: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in shown.head)
    body = "".join(
        "<tr>"
        + "".join(f'<th scope="row">{escape(cell)}</th>' for cell in row[: shown.names])
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[shown.names :])
        + "</tr>"
        for row in shown.rows
    )
    note = f'<p class="chart-note">{escape(shown.note)}</p>' if shown.note else ""
    label = escape(f"Numbers behind: {title}")
    return (
        f'<details class="chart-numbers"><summary>Numbers behind the chart</summary>{note}'
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def visit_html(self: HTML5Translator, node: ChartNode) -> None:
    """Write the figure element; there is nothing within to visit."""
    self.body.append(chart_html(node["figure"], node["alt"], anchor=node["ids"][0]))
    raise nodes.SkipNode


def visit_text(self: nodes.NodeVisitor, node: ChartNode) -> None:
    """Where there is no picture, its words."""
    paragraph = nodes.paragraph("", node["alt"])
    node.replace_self(paragraph)
    paragraph.walkabout(self)
    raise nodes.SkipNode
