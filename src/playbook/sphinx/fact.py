"""The ``{fact}`` role: a computed number in the text, linked to where it comes from."""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from playbook.sphinx import pages, source
from playbook.sphinx.shown import ShownFact, anchor

WARN = logging.getLogger(__name__)
ROLE = re.compile(r"\{fact\}`")


class FactNode(nodes.Inline, nodes.TextElement):
    """A fact in the text of a page; ``shows`` is which, in which format."""


class FactRole(SphinxRole):
    """``{fact}`name``` or ``{fact}`name:format```; the format as in ``playbook.facts.written``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The fact with its text, or a warning at its place in the source."""
        name, _, spec = self.text.partition(":")
        shown = ShownFact(name.strip(), spec)
        try:
            text = shown.text(source.system(self.config))
        except ValueError as error:
            WARN.warning("fact: %s", error, location=self.get_location(), type="playbook", subtype="fact")
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        node = FactNode(self.rawtext, text, shows=shown)
        self.set_source_info(node)
        return [node], []


class FactLinks(SphinxPostTransform):
    """A fact becomes a link to its row in the register; plain text where there is no register or no link."""

    default_priority = 20

    def run(self, **_: object) -> None:
        """Replace every fact of the page."""
        known = pages.pages(self.env)
        for node in list(self.document.findall(FactNode)):
            register = known.home_of(node["shows"].name)
            linked = self.app.builder.format == "html" and register and not _within(node, nodes.reference)
            new: nodes.TextElement = nodes.inline(node.rawsource, classes=["fact"])
            if linked and register:
                uri = self.app.builder.get_relative_uri(self.env.docname, register)
                uri = uri.partition("#")[0] + "#" + anchor("fact", node["shows"].name)
                new = nodes.reference(node.rawsource, classes=["fact"], internal=True, refuri=uri)
            new += node.children
            node.replace_self(new)


def refuse_in_headings(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of facts in headings and captions of contents: anchors and sidebars there would go stale."""
    message = "fact: %s stands in a heading; say it in the text below, where it can be kept true"
    for node in doctree.findall(FactNode):
        title = _within(node, nodes.title) or _within(node, nodes.subtitle)
        heading = title is not None and isinstance(title.parent, nodes.section | nodes.document)
        if heading or _within(node, nodes.rubric):
            WARN.warning(message, node["shows"].name, location=node, type="playbook", subtype="fact")
    for tree in doctree.findall(addnodes.toctree):
        for title_text in (tree.get("caption"), *(title for title, _ in tree["entries"])):
            if title_text and ROLE.search(title_text):
                WARN.warning(message, title_text, location=app.env.docname, type="playbook", subtype="fact")


def _within(node: nodes.Node, kind: type[nodes.Element]) -> nodes.Element | None:
    parent: nodes.Node | None = node.parent
    while parent is not None:
        if isinstance(parent, kind):
            return parent
        parent = parent.parent
    return None
