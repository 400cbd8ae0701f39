"""What MyST-NB asks to render a notebook's output: charts, and sentences with computed numbers."""

import json
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import ClassVar, Protocol

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from playbook.sphinx.chart import ChartNode
from playbook.sphinx.numbers import part, points
from playbook.sphinx.say import markdown

WARN = logging.getLogger(__name__)
GROUP = "myst_nb.mime_renderers"
EXTENSION = "playbook.sphinx"
PLOTLY = "application/vnd.plotly.v1+json"
SAY = "application/vnd.playbook.say+json"


class Parser(Protocol):
    """What we use of MyST-NB's Markdown renderer."""

    document: nodes.document
    current_node: nodes.Element
    sphinx_env: BuildEnvironment

    def nested_render_text(self, text: str, lineno: int) -> None:
        """Parse Markdown into the current node."""


class Renderer(Protocol):
    """What we use of MyST-NB's renderer of outputs."""

    renderer: Parser


class Output(Protocol):
    """What we use of MyST-NB's description of one output."""

    mime_type: str
    content: object
    line: int | None


class OutputRenderer:
    """The entry point: charts and sentences before any other MIME type, in every format of output."""

    mime_priority_overrides: ClassVar[list[tuple[str, str, int]]] = [("*", SAY, 1), ("*", PLOTLY, 2)]

    @staticmethod
    def handle_mime(renderer: Renderer, data: Output, inline: bool) -> list[nodes.Node] | None:
        """The nodes of an output of ours; None for others, and in books that do not use our extension."""
        env = getattr(renderer.renderer, "sphinx_env", None)
        if inline or env is None or data.mime_type not in (SAY, PLOTLY):
            return None
        if EXTENSION not in env.app.extensions:
            return None
        content = json.loads(data.content) if isinstance(data.content, str) else data.content
        location = (env.docname, data.line)
        if not isinstance(content, Mapping):
            WARN.warning("output of %s must be a mapping", data.mime_type, location=location, type="playbook")
            return []
        make = _said if data.mime_type == SAY else _drawn
        return make(renderer.renderer, content, location)


def require_entry_point(_: Sphinx) -> None:
    """Refuse a build in which MyST-NB would drop our outputs, since it does not know this class."""
    if not any(entry.load() is OutputRenderer for entry in entry_points(group=GROUP)):
        raise ExtensionError(f"no entry point {GROUP} leads to {EXTENSION}.outputs: install this project")


Location = tuple[str, int | None]


def _said(parser: Parser, content: Mapping[str, object], location: Location) -> list[nodes.Node]:
    template = content.get("template")
    try:
        if not isinstance(template, str):
            raise ValueError(f"a sentence needs its template, got {template!r}")
        text = markdown(template)
    except ValueError as error:
        WARN.warning("say: %s", error, location=location, type="playbook", subtype="say")
        return []
    said, around = nodes.container(), parser.current_node
    parser.current_node = said
    try:
        parser.nested_render_text(text, location[1] or 0)
    finally:
        parser.current_node = around
    return list(said.children)


def _drawn(parser: Parser, content: Mapping[str, object], location: Location) -> list[nodes.Node]:
    meta = part(part(content, "layout"), "meta")
    alt = meta.get("alt")
    name = nodes.make_id(f"chart-{meta.get('chart', '')}")
    if not isinstance(alt, str) or not alt.strip():
        WARN.warning(
            "%s has no alt text in layout.meta", name, location=location, type="playbook", subtype="chart"
        )
        alt = ""
    if points(content) == 0:
        WARN.warning("%s draws no point", name, location=location, type="playbook", subtype="chart")
    anchor, count = name, 1
    while anchor in parser.document.ids:
        anchor, count = f"{name}-{count + 1}", count + 1
    node = ChartNode(figure=dict(content), alt=alt, ids=[anchor])
    parser.document.set_id(node)
    return [node]
