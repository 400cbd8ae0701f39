"""Decisions in the book: the board, and at the head of each record what its triggers say today."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from playbook import decisions, facts
from playbook.decisions import Flip, Record, Row, Spread, State, Trigger
from playbook.facts import written
from playbook.model import System
from playbook.sphinx import source
from playbook.sphinx.fact import FactNode
from playbook.sphinx.register import to_assumption, to_fact
from playbook.sphinx.shown import ShownDecisions, ShownFact, decided
from playbook.sphinx.tables import Row as TableRow
from playbook.sphinx.tables import code, line, separated, table

HEAD = ("Decision", "Watches", "Trips", "Margin, by era", "Turns at")
TRIGGERS = ("Watches", "Today", "Trips", "Margin, by era", "Turns at")


class DecisionsDirective(SphinxDirective):
    """The board: every record with its triggers, margins by era and the volumes at which they turn."""

    def run(self) -> list[nodes.Node]:
        """One table; the record's own page is one click away."""
        system = source.system(self.config)
        rows = [_row(row, record, system) for row, record in decided(system)]
        made = table(HEAD, rows, kind="board")
        made["shows"] = ShownDecisions(())
        return [made]


def introduce(app: Sphinx, doctree: nodes.document) -> None:
    """Put the state of a record at the head of its page."""
    file = Path(app.env.doc2path(app.env.docname))
    if file.parent != decisions.folder() or not file.name[:4].isdigit():
        return
    system = source.system(app.config)
    row, record = next(pair for pair in decided(system) if pair[1].file == file.name)
    title = next(iter(doctree.findall(nodes.title)))
    panel = nodes.container(classes=["record", f"record-{row.status}"])
    panel["shows"] = ShownDecisions((record.id,))
    panel += [*_lines(row, record, system), _triggers(row, record, system)]
    section = title.parent
    section.insert(section.index(title) + 1, panel)


def _lines(row: Row, record: Record, system: System) -> Iterator[nodes.Node]:
    status = nodes.strong(row.status, row.status.capitalize(), classes=["record-status"])
    parts: list[nodes.Node | str] = [status, f", signed {row.date.isoformat()}"]
    for word, other in (("supersedes", record.supersedes), ("superseded by", record.superseded_by)):
        if other:
            parts += [f", {word} ", _to(other)]
    yield line(*parts)
    bound = [to_assumption(path, code(path)) for path in record.constraints]
    yield line("Bound by ", *separated(bound), kind="why")
    if row.status == "due" and row.answered:
        yield line(nodes.strong("", "Answered "), row.answered, kind="record-answer")
    if record.forecast:
        foretold = written(record.forecast.foretold, "{:~3}")
        shown = ShownFact(record.forecast.fact, "")
        came = FactNode("", shown.text(system), shows=shown)
        yield line(f"Foretold {foretold} for {record.forecast.on}; came ", came, kind="record-answer")


def _triggers(row: Row, record: Record, system: System) -> nodes.table:
    history = decisions.margins(record, system)
    cells = (
        TableRow(
            (
                [line(_fact(state)), line(state.why, kind="why")],
                [line(state.text)],
                [line(_trips(state))],
                [line(_eras(history[state.fact]), kind="margins")],
                _turns(state, trigger, system),
            )
        )
        for state, trigger in zip(row.triggers, record.triggers, strict=True)
    )
    return table(TRIGGERS, cells, kind="triggers")


def _row(row: Row, record: Record, system: System) -> TableRow:
    history = decisions.margins(record, system)
    head = [
        line(_to(record.id, f"{row.id} {row.title}")),
        line(
            nodes.inline("", row.status, classes=[f"status-{row.status}"]),
            f", {row.date.isoformat()}",
            kind="why",
        ),
    ]
    if row.status == "due" and row.answered:
        head.append(line(f"answered {row.answered.partition(':')[0]}", kind="why"))
    return TableRow(
        (
            head,
            [line(_fact(state), f" {state.text}") for state in row.triggers],
            [line(_trips(state)) for state in row.triggers],
            [line(_eras(history[state.fact]), kind="margins") for state in row.triggers],
            [
                turn
                for state, trigger in zip(row.triggers, record.triggers, strict=True)
                for turn in _turns(state, trigger, system)
            ],
        ),
        f"decision-{row.id}",
    )


def _fact(state: State) -> nodes.Node:
    """What the trigger watches, in words that link to the fact."""
    words = facts.summary(state.fact).rstrip(".")
    return to_fact(state.fact, nodes.inline(words, words))


def _trips(state: State) -> str:
    return f"{state.direction} {state.threshold:g}"


def _eras(margins: Sequence[float | None]) -> nodes.Node:
    """Margins at the ends of the eras since the record, the last today's; equal neighbours once."""
    told = [signed(margin) for margin in margins if margin is not None]
    told = [text for i, text in enumerate(told) if i == 0 or text != told[i - 1]]
    text = " → ".join(told)
    return nodes.inline(text, text, classes=["eras"])


def signed(margin: float) -> str:
    """A margin in per cent with its sign, the sign a minus and not a hyphen."""
    return f"{margin:+.0%}".replace("-", "−")


def _turns(state: State, trigger: Trigger, system: System) -> list[nodes.paragraph]:
    if not state.flips:
        return [line("no volume turns it", kind="why")]
    around = decisions.spread(trigger, system)
    return [
        *(line(_turn(flip)) for flip in state.flips),
        *([line(_around(around, system.as_of), kind="why")] if around else []),
    ]


def _turn(flip: Flip) -> str:
    volume = written(flip.events_per_day, "{:~3}/day")
    when = f", {flip.on:%Y-%m} by forecast" if flip.on else ""
    return f"{'trips' if flip.trips else 'lets go'} at {volume}{when}"


def _around(spread: Spread, today: date) -> str:
    """The 5th to 95th percentile of the volume, and of the date where the flip lies ahead."""
    low, high = (written(v, "{:~2}") for v in (spread.low_events_per_day, spread.high_events_per_day))
    if spread.earliest is None:
        return f"{low} to {high}"
    begin = "now" if spread.earliest <= today else f"{spread.earliest:%Y-%m}"
    return (
        f"{low} to {high}, {begin} to {spread.latest:%Y-%m}"
        if spread.latest
        else f"{low} to {high}, from {begin}"
    )


def _to(name: str, text: str = "") -> nodes.Node:
    """A link to a record's page."""
    shown = text or name
    file = next(iter(decisions.folder().glob(f"{name}-*.md")))
    target = f"/book/01-architecture/decisions/{file.stem}"
    node = addnodes.pending_xref(
        "", reftype="doc", refdomain="std", reftarget=target, refexplicit=True, refwarn=True
    )
    node += nodes.inline(shown, shown)
    return node
