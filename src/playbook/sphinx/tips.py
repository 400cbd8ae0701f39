"""What a reader sees of a fact on hover or focus: summary, formula, and the inputs that move it most."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from playbook import facts
from playbook.model import Assumption, System
from playbook.sphinx.shown import anchor
from playbook.sphinx.written import plain, shortened

INPUTS = 4
FORMULA = 240


@dataclass(frozen=True, slots=True)
class Tip:
    """One fact, told briefly; ``inputs`` are the paths worth showing of the ``reads`` it has."""

    summary: str
    unit: str
    formula: str
    inputs: tuple[str, ...]
    reads: int


def script(names: Sequence[str], system: System) -> str:
    """The tips of a page as one inert script element; inputs that several facts read stand in it once."""
    told = {name: _tip(name, system) for name in names}
    inputs = sorted({path for tip in told.values() for path in tip.inputs})
    content = {
        "facts": {
            anchor("fact", name): [tip.summary, tip.unit, tip.formula, list(tip.inputs), tip.reads]
            for name, tip in told.items()
        },
        "inputs": {path: _input(system.assumptions[path]) for path in inputs},
    }
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="playbook-tips">{data}</script>'


def digest(names: Sequence[str], system: System, registers: str) -> str:
    """SHA-256, in hex, of the tips and where their facts link to."""
    return hashlib.sha256(f"{registers}\0{script(names, system)}".encode()).hexdigest()


def _input(assumption: Assumption) -> list[str]:
    doubt = "" if assumption.confirmed else "unconfirmed; "
    source = doubt + shortened(assumption.source, 70)
    return [plain(assumption.value), assumption.kind, source, assumption.as_of.isoformat()]


_told: dict[str, tuple[object, Tip]] = {}


def _tip(name: str, system: System) -> Tip:
    """The tip, kept for as long as the data is the same."""
    known = _told.get(name)
    if known is None or known[0] is not system.assumptions:
        _told[name] = known = (system.assumptions, _made(name, system))
    return known[1]


def _made(name: str, system: System) -> Tip:
    fact = facts.evaluate(name, system)
    inputs = fact.reads
    if len(fact.reads) > INPUTS:
        # What a build alone can compute is too slow to be computed twice for each of its assumptions.
        swings = facts.sensitivity(name, system) if fact.live else ()
        inputs = tuple(swing.path for swing in swings if swing.size > 0)[:INPUTS]
    return Tip(fact.summary, fact.unit, shortened(fact.formula, FORMULA), inputs, len(fact.reads))
