"""Repairs to what the theme and MyST-NB write: names that assistive technology reads."""

import re
from collections.abc import Callable
from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

TOGGLE = re.compile(r"(<a [^>]*>([^<]*)</a>\s*<details[^>]*>\s*)<summary>")


def visit_hidden_code(self: HTML5Translator, node: nodes.Element) -> None:
    """Fold the code of a cell away under a line whose words are its name."""
    kind, prompt = " ".join(node["classes"]), escape(node["prompt_show"])
    self.body.append(f'<details class="folded-code {kind}"><summary>{prompt}</summary>\n')


def depart_hidden_code(self: HTML5Translator, _: nodes.Element) -> None:
    """Close what was opened."""
    self.body.append("</details>\n")


def named_toggles(make: Callable[..., object]) -> Callable[..., str]:
    """The theme's maker of the side bar, with a name for each of its toggles."""

    def made(*args: object, **kwargs: object) -> str:
        return TOGGLE.sub(r'\1<summary aria-label="Pages under \2">', str(make(*args, **kwargs)))

    return made
