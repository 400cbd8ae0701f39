"""A small book in a temporary folder, built by Sphinx in this process."""

import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from playbook import model

EXTENSIONS = ["myst_nb", "playbook.sphinx"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build warned of, and which pages it read and wrote."""

    out: Path
    warnings: str
    read: frozenset[str]
    written: frozenset[str]

    def page(self, name: str) -> str:
        """The text of a page that was written."""
        return (self.out / name).read_text("utf-8")


@dataclass(slots=True)
class Project:
    """Sources, and a copy of the data that a test may change."""

    folder: Path
    data: Path = field(init=False)

    def __post_init__(self) -> None:
        self.data = self.folder / "data"
        (self.folder / "source").mkdir(parents=True)
        shutil.copytree(model.data_folder(), self.data)

    def page(self, name: str, text: str) -> None:
        """Write a page in MyST."""
        (self.folder / "source" / f"{name}.md").write_text(text, "utf-8")

    def notebook(self, name: str, *outputs: Mapping[str, object]) -> None:
        """Write a notebook with one executed cell for each output bundle."""
        cells: list[Mapping[str, object]] = [
            {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {name}"}
        ]
        for count, bundle in enumerate(outputs, start=1):
            output = {
                "output_type": "execute_result",
                "execution_count": count,
                "metadata": {},
                "data": bundle,
            }
            cell = {"cell_type": "code", "id": f"cell{count}", "metadata": {}, "source": "x"}
            cells.append({**cell, "execution_count": count, "outputs": [output]})
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (self.folder / "source" / f"{name}.ipynb").write_text(json.dumps(content), "utf-8")

    def change(self, file: str, path: str, value: str) -> None:
        """Give an assumption another value."""
        target = self.data / file
        text, count = re.subn(
            rf"(\[{re.escape(path)}\]\nvalue = )\S+", rf"\g<1>{value}", target.read_text("utf-8")
        )
        assert count == 1, f"{file} does not state {path}"
        target.write_text(text, "utf-8")

    def settings(self, extensions: Sequence[str] = EXTENSIONS) -> dict[str, object]:
        """What ``conf.py`` would hold."""
        return {
            "extensions": list(extensions),
            "playbook_data": str(self.data),
            "nb_execution_mode": "off",
            "html_theme": "sphinx_book_theme",
            "templates_path": [],  # the theme appends to the list that it is given, be it Sphinx's default
            "html_context": {"default_mode": "auto"},
            "html_theme_options": {"navbar_persistent": []},
            "language": "en",
            "root_doc": "index",
        }

    def build(self, builder: str = "dummy", *, extensions: Sequence[str] = EXTENSIONS) -> Built:
        """Build what changed since the last time."""
        warnings, read, written = io.StringIO(), set[str](), set[str]()
        out = self.folder / builder
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                self.folder / "source",
                None,
                out,
                self.folder / "doctrees",
                builder,
                confoverrides=self.settings(extensions),
                status=None,
                warning=warnings,
            )
            app.connect("env-before-read-docs", lambda _app, _env, names: read.update(names))
            app.connect("doctree-resolved", lambda _app, _tree, name: written.add(name))
            app.build()
        return Built(out, warnings.getvalue(), frozenset(read), frozenset(written))
