"""Digests of files that are the same on every machine for the same content."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

DROPPINGS = ("__pycache__", ".*", "*~", "#*#", "*.pyc", "*.swp", "*.tmp", "*.orig", "*.rej", "Thumbs.db")
"""Names that interpreters, editors and file managers leave behind."""


def files(folder: Path, *, without: Iterable[str] = ()) -> Iterator[Path]:
    """Files below ``folder``, sorted by name part by part, without droppings.

    ``without`` names files and folders directly in ``folder`` that do not count.
    A folder that does not exist has no files.
    """
    excluded = frozenset(without)
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name in excluded or any(fnmatchcase(path.name, pattern) for pattern in DROPPINGS):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def content(path: Path) -> bytes:
    """The bytes of a file, its line endings as on Unix if it is text: a file without a zero byte."""
    data = path.read_bytes()
    return data if b"\0" in data else data.replace(b"\r\n", b"\n")


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256, in hex, over names relative to ``root`` and contents, in the order given."""
    return of_values(
        [path.relative_to(root).as_posix(), hashlib.sha256(content(path)).hexdigest()] for path in paths
    )


def of_values(values: Iterable[object]) -> str:
    """SHA-256, in hex, over values that JSON can hold."""
    text = json.dumps(list(values), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
