"""Tables as docutils nodes, so that every builder and the search can read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docutils import nodes

Cell = Sequence[nodes.Node]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, and the address it answers to, if any."""

    cells: tuple[Cell, ...]
    anchor: str = ""


def table(head: Sequence[str], rows: Iterable[Row], *, kind: str) -> nodes.table:
    """A table with one header row; ``kind`` is its class."""
    made = nodes.table(classes=[kind])
    group = nodes.tgroup(cols=len(head))
    made += group
    group += [nodes.colspec(colwidth=100 // len(head)) for _ in head]
    group += nodes.thead("", _row(Row(tuple([nodes.paragraph("", title)] for title in head))))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return made


def _row(row: Row) -> nodes.row:
    ids = [row.anchor] if row.anchor else []
    return nodes.row("", *(nodes.entry("", *cell) for cell in row.cells), ids=ids)


def line(*parts: nodes.Node | str, kind: str = "") -> nodes.paragraph:
    """One paragraph of a cell, of texts and inline nodes; ``kind`` is its class."""
    made = nodes.paragraph(classes=[kind] if kind else [])
    made += [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return made


def code(text: str) -> nodes.inline:
    """Text as code; lighter than a literal, of which Sphinx wraps every word."""
    return nodes.inline(text, text, classes=["code"], support_smartquotes=False)


def separated(parts: Iterable[nodes.Node]) -> list[nodes.Node]:
    """Inline nodes with commas between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(", "), part] if found else [part]
    return found


def folded(summary: str, text: str) -> nodes.raw:
    """A line that unfolds, in HTML; both are plain text without markup."""
    return nodes.raw("", f"<details><summary>{summary}</summary>{text}</details>", format="html")
