"""Facts of one system that were evaluated before, kept in a file for as long as they would come out the same.

A few take a second, and all of them together a minute: a book is built by several processes, and often.
"""

import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from playbook.facts.fact import Fact, evaluate, names, remember
from playbook.model import System, load

BATCH = 12  # neighbours by name share what they have read


def recall(system: System, file: Path, *, digest: str) -> bool:
    """Take the facts of ``system`` from the file, if it is there and of this digest; whether it was."""
    try:
        # Only ever our own: the file stands among what a build made.
        of, found = pickle.loads(file.read_bytes())  # noqa: S301
    except (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.UnpicklingError):
        return False
    if of == digest:
        remember(system, found)
    return bool(of == digest)


def keep(folder: Path, file: Path, *, digest: str, jobs: int) -> None:
    """Evaluate every fact of the data in ``folder`` in ``jobs`` processes, and keep them in the file."""
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(folder,)) as pool:
        found = {fact.name: fact for facts in pool.map(_evaluated, _batches()) for fact in facts}
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".tmp")
    unfinished.write_bytes(pickle.dumps((digest, found)))
    unfinished.replace(file)


def _batches() -> Iterator[tuple[str, ...]]:
    left = iter(names())
    while some := tuple(islice(left, BATCH)):
        yield some


_systems: list[System] = []


def _begin(folder: Path) -> None:
    _systems[:] = [load(path=folder)]


def _evaluated(some: tuple[str, ...]) -> list[Fact]:
    return [evaluate(name, _systems[0]) for name in some]
