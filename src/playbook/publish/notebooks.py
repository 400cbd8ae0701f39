"""Which committed notebooks no longer show what their code would: digests and ``notebooks/outputs.lock``.

A notebook's digest covers its cells (kind, source, tags), every file in ``data/`` and the calculation
packages. Outputs are not covered: that stored outputs are true is for strict nbval to say.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook.publish import digests

LOCK = "notebooks/outputs.lock"
EDGE = ("__main__.py", "publish", "sphinx")
"""What in ``src/playbook`` shows results and calculates none."""

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>\S.*)")


class NotebookError(Exception):
    """One sentence about a notebook, or about the lock, that cannot be used."""


@dataclass(frozen=True, slots=True)
class State:
    """The notebooks that exist with their digests now, those not executed whole, and the locked digests."""

    now: Mapping[str, str]
    locked: Mapping[str, str]
    blank: frozenset[str] = frozenset()

    @property
    def stale(self) -> tuple[str, ...]:
        """Names of notebooks that are new, whose digest disagrees, or with a cell never executed, sorted."""
        return tuple(
            name
            for name, digest in sorted(self.now.items())
            if self.locked.get(name) != digest or name in self.blank
        )

    @property
    def gone(self) -> tuple[str, ...]:
        """Names that are locked and have no notebook any more, sorted."""
        return tuple(sorted(self.locked.keys() - self.now.keys()))

    @property
    def complaints(self) -> tuple[str, ...]:
        """One line for each disagreement; empty when the stored outputs are current."""
        return (
            *(f"{name}: {'changed' if name in self.locked else 'never executed'}" for name in self.stale),
            *(f"{name}: locked, but there is no such notebook" for name in self.gone),
        )


def state(root: Path) -> State:
    """The state of the notebooks of the checkout at ``root``.

    Raises ``NotebookError`` for a file that is no notebook and for a lock that cannot be read.
    """
    sources = inputs_digest(root)
    found = (path for path in digests.files(root / "notebooks") if path.suffix == ".ipynb")
    names = [path.relative_to(root).as_posix() for path in found]
    now = {name: digest(root, name, sources=sources) for name in names}
    blank = frozenset(name for name in names if _blank(root / name))
    return State(now, read_lock(root / LOCK), blank)


def _blank(path: Path) -> bool:
    """Whether a code cell was never executed, or had its outputs cleared."""
    cells = json.loads(path.read_bytes())["cells"]
    return any(cell["cell_type"] == "code" and cell.get("execution_count") is None for cell in cells)


def inputs_digest(root: Path) -> str:
    """SHA-256, in hex, over what all notebooks share: ``data/`` and the calculation packages."""
    data = digests.files(root / "data")
    code = digests.files(root / "src" / "playbook", without=EDGE)
    return digests.of_files(root, [*data, *code])


def digest(root: Path, name: str, *, sources: str) -> str:
    """SHA-256, in hex, over the cells of the notebook ``name`` and ``sources``, the inputs' digest.

    Raises ``NotebookError`` if the file is no notebook of format 4.
    """
    try:
        cells = [
            [
                cell["cell_type"],
                "".join(cell["source"]).replace("\r\n", "\n"),
                sorted(cell["metadata"].get("tags", [])),
            ]
            for cell in json.loads((root / name).read_bytes())["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotebookError(f"{name} is no notebook of format 4: {error!r}") from error
    return digests.of_values([sources, cells])


def read_lock(path: Path) -> dict[str, str]:
    """Digests by the notebook's name; empty if there is no lock yet.

    Raises ``NotebookError`` for a line that is not a digest, two spaces and a name.
    """
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    locked = {}
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotebookError(
                f"{LOCK} line {number}: {line!r} is not a SHA-256, two spaces and a name; "
                "delete the file and run `make notebooks`"
            )
        locked[match["name"]] = match["digest"]
    return locked


def lock_text(locked: Mapping[str, str]) -> str:
    """The lock's text: one line a notebook, sorted by name."""
    return "".join(f"{locked[name]}  {name}\n" for name in sorted(locked))
