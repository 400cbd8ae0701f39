"""CPU time of the book's build, all its processes counted, in a copy of the checkout."""

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .measurement import Measurement

ROOT = Path(__file__).parents[2]
SOURCES = ("_config.yml", "_toc.yml", "requirements.lock", "book", "data", "notebooks", "src", "*.md")
EDITED = "book/index.md"


def measurements() -> Iterator[Measurement]:
    """Yield one measurement: a rebuild after one edited page, against the whole book."""
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        whole_seconds = build_cpu_seconds(copy)
        pages = len(list((copy / "_build/html").rglob("*.html")))
        with (copy / EDITED).open("a", encoding="utf-8") as page:
            page.write("\nOne more sentence.\n")
        yield Measurement(
            what="book rebuilt after one edited page",
            seconds=build_cpu_seconds(copy),
            baseline=f"the whole book from clean, {pages} pages, outputs fresh",
            baseline_seconds=whole_seconds,
        )


def copied(folder: Path) -> Path:
    """The sources of the book, in ``folder``."""
    for source in (path for pattern in SOURCES for path in ROOT.glob(pattern)):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    return folder


def build_cpu_seconds(root: Path) -> float:
    """CPU time of one build at ``root`` with its worker processes; stale notebooks fail it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "playbook", "book", "--stale", "fail"]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
