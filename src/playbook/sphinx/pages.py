"""What each page shows, kept in the environment: a rebuild reads the pages concerned and no other."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from playbook import facts
from playbook.sphinx import source, tips
from playbook.sphinx.shown import Shown, ShownFact, current

WARN = logging.getLogger(__name__)
NAME = "playbook_pages"
PARTS = ("facts", "studies", "assumptions")
"""What a register holds: facts that a browser can compute, those that a build alone can, assumptions."""


@dataclass(slots=True)
class Pages:
    """By page: what it shows with the text it showed, and a digest of its tips.

    A register is kept with the digest of all data, on which it depends, and with the parts that it holds.
    ``checked`` is the digest of data and code that all of it agrees with.
    """

    shown: dict[str, dict[Shown, str]] = field(default_factory=dict)
    registers: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    tips: dict[str, str] = field(default_factory=dict)
    checked: str = ""

    def home_of(self, fact: str) -> str | None:
        """The page that has the row of a fact, if the book has one."""
        return self.home("facts" if facts.live(fact) else "studies")

    def home(self, part: str) -> str | None:
        """The page of a part of the register, if the book has one."""
        return min(self.homes(part), default=None)

    def homes(self, part: str) -> list[str]:
        """Every page that claims to be it."""
        return sorted(name for name, (_, parts) in self.registers.items() if part in parts)

    def facts(self, docname: str) -> tuple[str, ...]:
        """Names of the facts on a page, sorted."""
        return tuple(sorted({s.name for s in self.shown.get(docname, {}) if isinstance(s, ShownFact)}))


def pages(env: BuildEnvironment) -> Pages:
    """What the environment remembers."""
    if not hasattr(env, NAME):
        setattr(env, NAME, Pages())
    remembered = getattr(env, NAME)
    assert isinstance(remembered, Pages)
    return remembered


class PageCollector(EnvironmentCollector):
    """Keeps ``Pages`` true through reading, in several processes too, and through removal."""

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        for part in (pages(env).shown, pages(env).registers, pages(env).tips):
            part.pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
    ) -> None:
        """Take over what another process read."""
        mine, theirs = pages(env), pages(other)
        mine.shown |= {name: theirs.shown[name] for name in docnames & theirs.shown.keys()}
        mine.registers |= {name: theirs.registers[name] for name in docnames & theirs.registers.keys()}

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note what the page that was read shows."""
        system = source.system(app.config)
        found = {shown: shown.text(system) for shown in _shown(doctree)}
        if found:
            pages(app.env).shown[app.env.docname] = found
        for node in doctree.findall(nodes.container):
            if "playbook_register" in node:
                known = source.digest(app.config), tuple(node["playbook_register"])
                pages(app.env).registers[app.env.docname] = known

    def get_outdated_docs(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """Pages whose text is another now."""
        return sorted(set(self._outdated(app, env)) & env.found_docs)

    def _outdated(self, app: Sphinx, env: BuildEnvironment) -> Iterator[str]:
        system, digest = source.system(app.config), source.digest(app.config)
        if pages(env).checked == digest:
            return
        for docname, shown in pages(env).shown.items():
            if any(current(what, system) != text for what, text in shown.items()):
                yield docname
        yield from (docname for docname, (known, _) in pages(env).registers.items() if known != digest)

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Pages to write again, unread, since their tips or the address of the register changed."""
        known, again = pages(env), []
        for extra in sorted({name for part in PARTS for name in known.homes(part)[1:]}):
            WARN.warning("the book has its register already on %s", min(known.registers), location=extra)
        homes = f"{known.home('facts')} {known.home('studies')}"
        for docname in sorted(known.shown):
            mark = f"{source.digest(app.config)} {homes}"
            before, _, told = known.tips.get(docname, "").rpartition(" ")
            if before == mark:
                continue
            now = tips.digest(known.facts(docname), source.system(app.config), homes)
            if told and told != now:
                again.append(docname)
            known.tips[docname] = f"{mark} {now}"
        known.checked = source.digest(app.config)
        return again


def _shown(doctree: nodes.document) -> Iterator[Shown]:
    for node in doctree.findall(nodes.Element):
        if "shows" in node:
            yield node["shows"]
