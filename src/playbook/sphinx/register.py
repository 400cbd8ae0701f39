"""The directives ``{register}``, of all facts and assumptions, and ``{assumptions}``, some of the latter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from playbook import facts
from playbook.facts import Fact
from playbook.model import Assumption, System
from playbook.sphinx import pages, source
from playbook.sphinx.shown import ShownAssumptions, anchor
from playbook.sphinx.tables import Row, code, folded, line, separated, table
from playbook.sphinx.written import plain

WARN = logging.getLogger(__name__)
MOST = 10
FACTS = ("Fact", "Value", "Formula and inputs")
ASSUMPTIONS = ("Assumption", "Value", "Source", "Read by")


class RegisterDirective(SphinxDirective):
    """All facts by section, all assumptions by group, or both; each row has an address of its own."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A section for each part, with a table for each section or group."""
        parts = (self.arguments[0],) if self.arguments else pages.PARTS
        if parts[0] not in pages.PARTS:
            message = f"register: {parts[0]!r} is none of {', '.join(pages.PARTS)}"
            WARN.warning(message, location=self.get_location(), type="playbook")
            return []
        system = source.system(self.config)
        told = [facts.evaluate(name, system) for name in facts.names()]
        readers: dict[str, list[str]] = {path: [] for path in system.assumptions}
        for fact in told:
            for path in fact.reads:
                readers[path].append(fact.name)
        rows = {
            "facts": _facts([fact for fact in told if fact.live], system),
            "studies": _facts([fact for fact in told if not fact.live], system),
            "assumptions": _assumptions(system, readers),
        }
        sections = [_section(part.capitalize(), part, rows[part]) for part in parts]
        return [nodes.container(playbook_register=parts), *sections]


class AssumptionsDirective(SphinxDirective):
    """Some assumptions, by group or by path, as one small table."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The table, or a warning for what is no assumption."""
        shown = ShownAssumptions(tuple(self.arguments[0].replace(",", " ").split()))
        try:
            rows = shown.rows(source.system(self.config))
        except ValueError as error:
            WARN.warning("assumptions: %s", error, location=self.get_location(), type="playbook")
            return []
        shared = (
            f"{self.arguments[0]}." if all(a.path.startswith(f"{self.arguments[0]}.") for a in rows) else ""
        )
        cells = (_brief(a, shared) for a in rows)
        made = table(("Assumption", "Value", "Source", "Why"), cells, kind="assumptions")
        made["shows"] = shown
        return [made]


class RegisterReference(nodes.Inline, nodes.TextElement):
    """The name of a fact, an assumption or a group, to be linked to its row."""


class RegisterLinks(SphinxPostTransform):
    """Such names become links to the register, where there is one."""

    default_priority = 20

    def run(self, **_: object) -> None:
        """Replace every name on the page."""
        known = pages.pages(self.env)
        for node in list(self.document.findall(RegisterReference)):
            home = known.home_of(node["fact"]) if node["fact"] else known.home("assumptions")
            if home and self.app.builder.format == "html":
                page = self.app.builder.get_relative_uri(self.env.docname, home).partition("#")[0]
                uri = f"{'' if home == self.env.docname else page}#{node['row']}"
                node.replace_self(nodes.reference("", "", *node.children, internal=True, refuri=uri))
            else:
                node.replace_self(node.children)


def to_fact(name: str, content: nodes.Node) -> RegisterReference:
    """The content, to be linked to the row of a fact."""
    return RegisterReference("", "", content, row=anchor("fact", name), fact=name)


def to_assumption(path: str, content: nodes.Node) -> RegisterReference:
    """The content, to be linked to the row of an assumption."""
    return _named(anchor("assumption", path), content)


def _named(row: str, content: nodes.Node) -> RegisterReference:
    return RegisterReference("", "", content, row=row, fact="")


def _section(title: str, name: str, content: Iterator[nodes.Node]) -> nodes.section:
    made = nodes.section(ids=[name], names=[name])
    made += [nodes.title(title, title), *content]
    return made


def _facts(told: Sequence[Fact], system: System) -> Iterator[nodes.Node]:
    for section in dict.fromkeys(fact.name.partition(".")[0] for fact in told):
        rows = (_fact(fact, system) for fact in told if fact.name.startswith(f"{section}."))
        yield _section(section.capitalize(), f"facts-{section}", iter([table(FACTS, rows, kind="register")]))


def _fact(fact: Fact, system: System) -> Row:
    kind = ", ".join(filter(None, (fact.unit, "live" if fact.live else "computed at build")))
    formula = [line(code(fact.formula))] if fact.formula else []
    return Row(
        (
            [line(code(fact.name.partition(".")[2])), line(fact.summary, kind="why")],
            [line(fact.text), line(kind, kind="why")],
            [*formula, line("reads ", *_reads(fact, system), kind="why")],
        ),
        anchor("fact", fact.name),
    )


def _reads(fact: Fact, system: System) -> Iterator[nodes.Node]:
    if len(fact.reads) <= MOST:
        links = [to_assumption(path, code(path)) for path in fact.reads]
    else:
        sizes = Counter(path.partition(".")[0] for path in system.assumptions)
        read = Counter(path.partition(".")[0] for path in fact.reads)
        links = [
            _named(f"assumptions-{group}", nodes.Text(f"{count} of {sizes[group]} {group}"))
            for group, count in read.items()
        ]
    recorded = [nodes.Text(f"recorded {name}") for name in ("bills", "incidents") if name in fact.records]
    yield from separated([*links, *recorded])
    if not links and not recorded:
        yield nodes.Text("no assumption")


def _assumptions(system: System, readers: Mapping[str, Sequence[str]]) -> Iterator[nodes.Node]:
    for group in dict.fromkeys(path.partition(".")[0] for path in system.assumptions):
        found = [a for path, a in system.assumptions.items() if path.startswith(f"{group}.")]
        rows = (_assumption(a, readers[a.path]) for a in found)
        title = group.replace("_", " ").capitalize()
        yield _section(title, f"assumptions-{group}", iter([table(ASSUMPTIONS, rows, kind="register")]))


def _assumption(a: Assumption, readers: Sequence[str]) -> Row:
    limits = f"limits {plain(a.limits[0])} to {plain(a.limits[1])}"
    return Row(
        (
            [line(code(a.path.partition(".")[2])), line(a.why, kind="why")],
            [*_value(a), line(limits, kind="why")],
            [line(a.source), line(a.as_of.isoformat(), kind="why")],
            [_readers(readers)],
        ),
        anchor("assumption", a.path),
    )


def _value(a: Assumption) -> list[nodes.Node]:
    doubt = f", {plain(a.range[0])} to {plain(a.range[1])}" if a.range else ""
    mark = [] if a.confirmed else [line("unconfirmed", kind="unconfirmed")]
    return [line(plain(a.value)), line(f"{a.kind}{doubt}", kind="why"), *mark]


def _readers(readers: Sequence[str]) -> nodes.Node:
    if not readers:
        return line("–")
    if len(readers) > MOST:
        sections = Counter(name.partition(".")[0] for name in readers)
        return line(", ".join(f"{count} {section}" for section, count in sections.items()))
    if len(readers) > 3:
        return folded(f"{len(readers)} facts", ", ".join(readers))
    return line(*separated(to_fact(name, code(name)) for name in readers))


def _brief(a: Assumption, shared: str) -> Row:
    name = to_assumption(a.path, code(a.path.removeprefix(shared)))
    source = [line(a.source), line(a.as_of.isoformat(), kind="why")]
    return Row(([line(name)], _value(a), source, [line(a.why)]))
