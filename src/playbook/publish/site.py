"""Build the book from Jupyter Book's configuration: Sphinx in parallel, warnings as errors."""

import html
import itertools
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from jsonschema import ValidationError
from jupyter_book.config import validate_yaml
from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import color_terminal, nocolor

from playbook import model
from playbook.facts import kept
from playbook.publish import digests
from playbook.sphinx import source

FRONT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}"><link rel="canonical" href="{page}"></head>
<body><a href="{page}">{title}</a></body>
</html>
"""
"""The address of the whole book: it leads to the first page."""


class BookError(Exception):
    """One sentence about a book that could not be built."""


@dataclass(frozen=True, slots=True)
class Book:
    """The checkout at ``root`` and the folder ``html`` that its pages go to."""

    root: Path
    html: Path

    @property
    def doctrees(self) -> Path:
        """Where Sphinx keeps what it has read, beside the pages."""
        return self.html.with_name(f"{self.html.name}.doctrees")

    def pages(self) -> Iterator[Path]:
        """The pages that are there, without the theme's own files."""
        static = self.html / "_static"
        return (path for path in sorted(self.html.rglob("*.html")) if static not in path.parents)

    @property
    def stamp(self) -> Path:
        """Holds the digest of the frame that surrounds what is there."""
        return self.doctrees / "frame.sha256"


def frame_digest(root: Path) -> str:
    """SHA-256, in hex, over what shapes every page: our code, configuration, versions, contents and titles.

    Sphinx renews the pages that changed; the sidebar and the scripts that all pages share, it does not.
    """
    shared = [root / name for name in ("_config.yml", "_toc.yml", "requirements.lock")]
    code = digests.files(root / "src" / "playbook")
    files = digests.of_files(root, [*(path for path in shared if path.exists()), *code])
    return digests.of_values([files, sys.version, str(root), *_titles(root)])


def _titles(root: Path) -> Iterator[list[str]]:
    """Lines of each source that look like a first heading; a comment in code counts too, to no harm."""
    sources = (root.glob("*.md"), digests.files(root / "book"), digests.files(root / "notebooks"))
    for path in itertools.chain(*map(sorted, sources)):
        if path.suffix in {".md", ".ipynb"}:
            lines = digests.content(path).decode("utf-8", "replace").splitlines()
            yield [line for line in lines if line.lstrip(' "').startswith("# ")]


def build(book: Book, *, jobs: int, fresh: bool = False) -> Path:
    """Build the pages and return the first one's path.

    What did not change since the last build is kept, unless ``fresh``, or the frame changed.
    Raises ``BookError`` after warnings and errors, which Sphinx has then printed; what was built is removed,
    since Sphinx would not repeat the warnings of pages that it has read.
    """
    title, root_page = _title(book.root), _root_page(book.root)
    frame = frame_digest(book.root)
    if fresh or not book.stamp.exists() or book.stamp.read_text(encoding="utf-8") != frame:
        discard(book)
    book.stamp.unlink(missing_ok=True)  # an interrupted build is no ground for the next one
    facts = _facts(book, jobs=jobs)
    if not color_terminal():
        nocolor()
    outcome = build_sphinx(
        book.root,
        book.html,
        doctreedir=book.doctrees,
        path_config=book.root / "_config.yml",
        noconfig=True,
        confoverrides={"latex_individualpages": False, "playbook_facts": str(facts)},
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=jobs,
    )
    if isinstance(outcome, KeyboardInterrupt):
        raise outcome
    if outcome != 0:
        discard(book)
        raise BookError("the book was not built: see the warnings and errors above")
    first = book.html / f"{root_page}.html"
    if root_page != "index":
        page = f"{root_page}.html"
        (book.html / "index.html").write_text(
            FRONT.format(title=html.escape(title), page=page), encoding="utf-8"
        )
    book.stamp.write_text(frame, encoding="utf-8")
    return first


def _facts(book: Book, *, jobs: int) -> Path:
    """The file of all facts of the book, evaluated now if the data or the code are other than they were."""
    folder, file = model.data_folder(), book.html.with_name("facts.pickle")
    digest = source.data_digest(folder)
    try:
        if not kept.recall(model.load(), file, digest=digest):
            kept.keep(folder, file, digest=digest, jobs=jobs)
    except ValueError as error:
        raise BookError(str(error)) from error
    return file


def discard(book: Book) -> None:
    """Remove the pages and what Sphinx has read."""
    for folder in (book.html, book.doctrees):
        shutil.rmtree(folder, ignore_errors=True)


def _title(root: Path) -> str:
    config = _mapping(root / "_config.yml")
    try:
        validate_yaml(config, raise_on_errors=True)
    except ValidationError as error:
        raise BookError(f"_config.yml: {error.message.removeprefix('- ')}") from error
    return str(config.get("title", ""))


def _root_page(root: Path) -> str:
    """The first page's name without its suffix."""
    toc = _mapping(root / "_toc.yml")
    if not isinstance(toc.get("root"), str):
        raise BookError("_toc.yml names no first page: it needs `root: book/index`")
    return str(toc["root"]).removesuffix(".md").removesuffix(".ipynb")


def _mapping(path: Path) -> dict[str, object]:
    if not path.exists():
        raise BookError(f"there is no {path.name} here: run this at the root of the checkout")
    try:
        value = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BookError(f"{path.name}: {error}") from error
    if not isinstance(value, dict):
        raise BookError(f"{path.name} holds no mapping")
    return value
