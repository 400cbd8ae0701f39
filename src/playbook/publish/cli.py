"""The commands ``notebooks``, ``diagrams`` and ``book``."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.publish import notebooks
from playbook.publish.processors import available

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_commands(subparsers: "Subparsers") -> None:
    """Add the commands; each sets ``run``, a function of the arguments that returns the exit status."""
    command = subparsers.add_parser("notebooks", help="execute notebooks whose outputs are stale")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true", help="execute fresh ones too")
    which.add_argument("--check", action="store_true", help="execute none; exit 1 and name the stale ones")
    command.add_argument("--jobs", type=_jobs, default="auto", help="notebooks at once (default: processors)")
    command.set_defaults(run=run_notebooks)

    command = subparsers.add_parser("diagrams", help="draw the diagrams again, numbers included")
    command.add_argument("--check", action="store_true", help="write none; exit 1 and name the stale ones")
    command.set_defaults(run=run_diagrams)

    command = subparsers.add_parser("book", help="build the book")
    command.add_argument("--out", type=Path, default=Path("_build/html"), help="folder of the pages")
    command.add_argument("--stale", choices=("execute", "fail"), default="execute", help="stale notebooks")
    command.add_argument("--fresh", action="store_true", help="keep nothing of an earlier build")
    command.add_argument("--jobs", type=_jobs, default="auto", help="processes (default: processors)")
    command.set_defaults(run=run_book)


def run_notebooks(arguments: argparse.Namespace) -> int:
    """Execute stale notebooks, or all, or only name the stale ones."""
    root = Path.cwd()
    if arguments.check:
        return _complain(_stale(root))
    return _complain(_refreshed(root, everything=arguments.all, jobs=arguments.jobs))


def run_diagrams(arguments: argparse.Namespace) -> int:
    """Draw every diagram, or only name those that would come out differently."""
    from playbook import model
    from playbook.publish import diagrams  # its facts take a second to import

    root = Path.cwd()
    drawn = diagrams.drawings(root, diagrams.sources(root, model.load()))
    if arguments.check:
        return _complain(list(diagrams.complaints(root, drawn)))
    for path in diagrams.write(root, drawn):
        print(f"diagrams: {path.as_posix()}")
    return 0


def run_book(arguments: argparse.Namespace) -> int:
    """Bring the notebooks up to date, or refuse stale ones; then build the book."""
    from playbook.publish import site  # Sphinx takes a second to import

    root = Path.cwd()
    if arguments.stale == "execute":
        complaints = _refreshed(root, everything=False, jobs=arguments.jobs)
    else:
        complaints = _stale(root)
    if complaints:
        return _complain(complaints)
    start = time.perf_counter()
    book = site.Book(root, root / arguments.out)
    print(f"book: building {arguments.out.as_posix()} with {arguments.jobs} processes", flush=True)
    try:
        first = site.build(book, jobs=arguments.jobs, fresh=arguments.fresh)
    except site.BookError as error:
        return _complain([str(error)])
    pages = len(list(book.pages()))
    address = (arguments.out / first.relative_to(book.html)).as_posix()
    print(f"book: {pages} pages in {time.perf_counter() - start:.1f} s: {address}")
    return 0


def _stale(root: Path) -> Sequence[str]:
    try:
        complaints = notebooks.state(root).complaints
    except notebooks.NotebookError as error:
        return [str(error)]
    advice = "stale notebooks; `make book` executes them"
    return [*complaints, advice] if complaints else []


def _refreshed(root: Path, *, everything: bool, jobs: int) -> Sequence[str]:
    """Execute what is stale, or ``everything``; return the complaints."""
    try:
        state = notebooks.state(root)
    except notebooks.NotebookError as error:
        return [str(error)]
    names = sorted(state.now) if everything else state.stale
    if not names and not state.gone:
        return []
    from playbook.publish import execution  # only now: its imports take as long as a short build

    print(f"notebooks: executing {len(names)} of {len(state.now)}", flush=True)
    return execution.refresh(root, state, names, jobs=jobs, say=lambda line: print(line, flush=True))


def _complain(complaints: Sequence[str]) -> int:
    """Print the complaints; the exit status is 1 if there are any."""
    for complaint in complaints:
        print(f"error: {complaint}", file=sys.stderr, flush=True)
    return 1 if complaints else 0


def _jobs(text: str) -> int:
    if text == "auto":
        return available()
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is neither `auto` nor a number from 1")
