"""A small checkout that tests publish, and change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playbook.publish import execution, notebooks

UNIT = "notebooks/07-cost/unit.ipynb"
OTHER = "notebooks/00-context/other.ipynb"


@dataclass(frozen=True)
class Checkout:
    root: Path

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def notebook(self, name: str, *sources: str, tags: Sequence[str] = ()) -> Path:
        cells = [
            {
                "cell_type": "code",
                "metadata": {"tags": list(tags)},
                "source": source.splitlines(keepends=True),
                "outputs": [],
                "execution_count": count,
            }
            for count, source in enumerate(sources, start=1)
        ]
        title = {"cell_type": "markdown", "metadata": {}, "source": [f"# {Path(name).stem}"]}
        whole = {"cells": [title, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return self.write(name, json.dumps(whole))

    @property
    def stale(self) -> tuple[str, ...]:
        return notebooks.state(self.root).stale

    def lock(self) -> None:
        """Take the stored outputs as current, without executing anything."""
        now = notebooks.state(self.root).now
        self.write(notebooks.LOCK, notebooks.lock_text(now))

    def refresh(self, *names: str) -> tuple[str, ...]:
        state = notebooks.state(self.root)
        return execution.refresh(self.root, state, names or state.stale, jobs=2, say=lambda line: None)
