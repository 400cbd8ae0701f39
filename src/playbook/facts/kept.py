"""Facts of one system and what moves them, kept in a file for as long as they would come out the same.

A few take a second, and all of them together a minute: a book is built by several processes, and often.
"""

import pickle
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from playbook.facts import fact, swings
from playbook.facts.fact import Fact, evaluate, names
from playbook.facts.swings import Swing, sensitivities
from playbook.model import System, load

BATCH = 48  # neighbours by name share what they have read


def recall(system: System, file: Path, *, digest: str) -> bool:
    """Take the facts of ``system`` from the file, if it is there and of this digest; whether it was."""
    try:
        # Only ever our own: the file stands among what a build made.
        of, found, moved = pickle.loads(file.read_bytes())  # noqa: S301
    except (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.UnpicklingError):
        return False
    if of == digest:
        fact.remember(system, found)
        swings.remember(system, moved)
    return bool(of == digest)


def keep(folder: Path, file: Path, *, digest: str, jobs: int) -> None:
    """Evaluate every fact of the data in ``folder`` in ``jobs`` processes, and keep them in the file."""
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(folder,)) as pool:
        batches = list(pool.map(_evaluated, _batches()))
    found = {fact.name: fact for facts, _ in batches for fact in facts}
    moved = {name: swing for _, some in batches for name, swing in some.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".tmp")
    unfinished.write_bytes(pickle.dumps((digest, found, moved)))
    unfinished.replace(file)


def _batches() -> Iterator[tuple[str, ...]]:
    left = iter(names())
    while some := tuple(islice(left, BATCH)):
        yield some


_systems: list[System] = []


def _begin(folder: Path) -> None:
    _systems[:] = [load(path=folder)]


def _evaluated(some: tuple[str, ...]) -> tuple[list[Fact], Mapping[str, tuple[Swing, ...]]]:
    found = [evaluate(name, _systems[0]) for name in some]
    # What a build alone can compute is too slow to be computed twice for each of its assumptions.
    return found, sensitivities([fact.name for fact in found if fact.live], _systems[0])
