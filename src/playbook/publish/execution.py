"""Execute notebooks, several at once, each in a kernel of its own."""

import asyncio
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from playbook.publish import normal
from playbook.publish.notebooks import LOCK, NotebookError, State, lock_text

CELL_SECONDS = 600
"""How long one cell may take before it is given up."""

ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-f]+>")
"""What Python shows of an object that does not say how to be shown."""


def refresh(
    root: Path, state: State, names: Sequence[str], *, jobs: int, say: Callable[[str], None]
) -> tuple[str, ...]:
    """Execute the notebooks ``names``, store their outputs and lock their digests, each when it is done.

    Locked names without a notebook are dropped. ``say`` is told of each notebook and its seconds.
    Returns one complaint for each notebook that failed: its file and its digest stay as they were.
    """
    locked = {name: digest for name, digest in state.locked.items() if name in state.now}

    def store(name: str, text: str) -> None:
        _replace(root / name, text)
        locked[name] = state.now[name]
        _replace(root / LOCK, lock_text(locked))

    if state.gone:
        _replace(root / LOCK, lock_text(locked))
    return asyncio.run(_refresh(root, names, jobs, store, say))


async def _refresh(
    root: Path,
    names: Sequence[str],
    jobs: int,
    store: Callable[[str, str], None],
    say: Callable[[str], None],
) -> tuple[str, ...]:
    slots = asyncio.Semaphore(jobs)

    async def one(name: str) -> str | None:
        async with slots:
            start = time.perf_counter()
            try:
                store(name, await executed_text(root, name))
            except NotebookError as error:
                return str(error)
            say(f"  {name}  {time.perf_counter() - start:.1f} s")
            return None

    return tuple(filter(None, await asyncio.gather(*map(one, names))))


async def executed_text(root: Path, name: str) -> str:
    """The text of the notebook ``name`` after a run from top to bottom, in its own folder.

    Raises ``NotebookError`` naming the code cell when a cell fails, takes too long, kills its kernel, writes
    to stderr or shows a memory address, and when the file changes meanwhile.
    """
    before = (root / name).read_text(encoding="utf-8")
    try:
        notebook = normal.parsed(before)
    except ValueError as error:
        raise NotebookError(f"{name}: {error}") from error
    begun: list[int] = []
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=normal.KERNELSPEC["name"],
        resources={"metadata": {"path": str((root / name).parent)}},
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        coalesce_streams=True,
        on_cell_execute=lambda **hook: begun.append(hook["cell_index"]),
    )
    # A reader's own IPython profile must not leave traces in what is committed.
    profile = root / "_build" / "ipython"
    profile.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"IPYTHONDIR": str(profile)}
    try:
        await client.async_execute(env=environment)
    except CellExecutionError as error:
        raise NotebookError(f"{_place(name, notebook, begun)}: {error.ename}: {error.evalue}") from error
    except CellTimeoutError as error:
        raise NotebookError(f"{_place(name, notebook, begun)} took more than {CELL_SECONDS} s") from error
    except DeadKernelError as error:
        raise NotebookError(f"{_place(name, notebook, begun)} ended its kernel") from error
    except RuntimeError as error:
        raise NotebookError(f"{name} got no kernel: {error}") from error
    _refuse_unfit(name, notebook)
    if (root / name).read_text(encoding="utf-8") != before:
        raise NotebookError(f"{name} changed while it was executed; it was left as it is")
    return normal.text(notebook)


def _place(name: str, notebook: NotebookNode, begun: Sequence[int]) -> str:
    """Where the run stopped: the code cell begun last, counted from 1 as its prompt would be."""
    last = max(begun, default=-1)
    return f"{name}, code cell {sum(cell.cell_type == 'code' for cell in notebook.cells[: last + 1])}"


def _refuse_unfit(name: str, notebook: NotebookNode) -> None:
    """Raise for outputs that no reader should see, or that no second run would repeat."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            place = _place(name, notebook, [index])
            if output.output_type == "stream" and output.name == "stderr":
                raise NotebookError(f"{place} wrote to stderr: {output.text.strip()}")
            shown = output.get("text", "") + output.get("data", {}).get("text/plain", "")
            if address := ADDRESS.search(shown):
                raise NotebookError(f"{place} shows a memory address, different in each run: {address[0]}")


def _replace(path: Path, text: str) -> None:
    """Write all of ``text`` to ``path`` or nothing."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
