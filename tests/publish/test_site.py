"""The book's build, on a small book with the real configuration."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.publish.checkouts import OTHER, UNIT, Checkout

PAGES = [f"book/page-{number}" for number in range(12)]

# Says which process read which page; Sphinx loads it from PYTHONPATH.
PROBE = """
import os
def note(app, page, source):
    with open(os.path.join(app.srcdir, "readers.txt"), "a") as file:
        file.write(f"{os.getpid()} {page}\\n")
def setup(app):
    app.connect("source-read", note)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
"""


@dataclass(frozen=True)
class Book(Checkout):
    sources: frozenset[str] = frozenset()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = [str(self.root / "extensions"), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.run(
            [sys.executable, "-m", "playbook.publish", *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            text=True,
            check=False,
        )

    def page(self, name: str) -> str:
        return self.read(f"_build/html/{name}.html")

    def read_pages(self) -> dict[str, str]:
        """Process by page, of the builds since the last time this was asked."""
        path = self.root / "readers.txt"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return {page: process for process, page in (line.split() for line in lines)}


def a_book(root: Path, folder: Path) -> Book:
    book = Book(folder / "a book")
    extensions = "    extensions:\n      - probe\n"
    config = (root / "_config.yml").read_text(encoding="utf-8").replace("    extensions:\n", extensions)
    book.write("_config.yml", config)
    chapters = "".join(f"  - file: {page}\n" for page in [*PAGES, UNIT.removesuffix(".ipynb")])
    book.write("_toc.yml", f"format: jb-book\nroot: book/index\nchapters:\n{chapters}")
    book.write("book/index.md", "# Front\n\nThe first page.\n")
    for page in PAGES:
        book.write(f"{page}.md", f"# {page}\n\nBetween $5 and $6, [see the front](index.md).\n")
    book.write("extensions/probe.py", PROBE)
    for name in (".pytest_cache/README.md", ".venv/lib/pkg/README.md", "src/playbook/notes.md", "CLUTTER.md"):
        book.write(name, "# Not a page\n\n[Nowhere](nowhere.md)\n")
    book.notebook(UNIT, "print(6 * 7)")
    return Book(book.root, frozenset(path.name for path in book.root.iterdir()))


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, str]:
    """A book that was built once, and what the build said."""
    book = a_book(root, tmp_path_factory.mktemp("site"))
    done = book.run("book", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return book, done.stdout + done.stderr


def test_building_executes_stale_notebooks_and_shows_their_outputs(built: tuple[Book, str]) -> None:
    book, said = built
    assert f"{UNIT}  " in said
    assert re.search(r"book: \d+ pages in [\d.]+ s: _build/html/book/index.html", said)
    assert "42" in book.page(UNIT.removesuffix(".ipynb"))
    assert book.stale == ()


def test_pages_of_the_contents_and_no_others_are_read_by_several_processes(built: tuple[Book, str]) -> None:
    book, said = built
    readers = book.read_pages()
    assert "serial" not in said
    assert set(readers) == {*PAGES, "book/index", UNIT.removesuffix(".ipynb")}
    assert len({readers[page] for page in PAGES}) > 1


def test_dollar_amounts_are_prose(built: tuple[Book, str]) -> None:
    book, _ = built
    assert "Between $5 and $6" in book.page(PAGES[0])


def test_the_root_address_leads_to_the_first_page(built: tuple[Book, str]) -> None:
    book, _ = built
    assert 'url=book/index.html"' in book.page("index")


def test_building_leaves_nothing_beside_the_sources(built: tuple[Book, str]) -> None:
    book, _ = built
    assert {path.name for path in book.root.iterdir()} - {"readers.txt"} == book.sources | {"_build"}


def test_an_edited_sentence_rereads_one_page_and_a_retitled_page_renews_every_sidebar(
    built: tuple[Book, str],
) -> None:
    book, _ = built
    book.read_pages()
    book.write(f"{PAGES[0]}.md", f"# {PAGES[0]}\n\nEdited.\n")
    assert book.run("book").returncode == 0
    assert list(book.read_pages()) == [PAGES[0]]
    assert "Edited." in book.page(PAGES[0])
    book.write(f"{PAGES[0]}.md", "# Another title\n\nEdited.\n")
    assert book.run("book").returncode == 0
    assert "Another title" in book.page(PAGES[5])


@pytest.fixture
def book(root: Path, tmp_path: Path) -> Book:
    """A book that was not built yet; its notebook counts as executed."""
    book = a_book(root, tmp_path)
    book.lock()
    return book


def test_a_warning_fails_the_build_again_and_again_and_leaves_no_pages(book: Book) -> None:
    book.write(f"{PAGES[3]}.md", "# Page\n\n[Nowhere](nowhere.md)\n")
    for _ in range(2):
        done = book.run("book")
        assert done.returncode == 1
        assert re.search(r"page-3\.md:3: WARNING: .*nowhere\.md", done.stderr)
        assert done.stderr.splitlines()[-1].startswith("error: the book was not built")
        assert not (book.root / "_build" / "html").exists()


def test_a_stale_notebook_fails_a_build_that_must_not_execute(book: Book) -> None:
    before = book.notebook(UNIT, "print(6 * 8)").read_bytes()
    done = book.run("book", "--stale", "fail")
    assert done.returncode == 1
    assert f"error: {UNIT}: changed" in done.stderr
    assert (book.root / UNIT).read_bytes() == before
    assert not (book.root / "_build" / "html").exists()


def test_a_failing_notebook_fails_the_build_before_any_page(book: Book) -> None:
    book.notebook(OTHER, "1 / 0")
    done = book.run("book")
    assert done.returncode == 1
    assert done.stderr == f"error: {OTHER}, code cell 1: ZeroDivisionError: division by zero\n"
    assert not (book.root / "_build" / "html").exists()


def test_a_setting_that_forbids_parallel_reading_fails_the_build(book: Book) -> None:
    config = book.read("_config.yml")
    book.write("_config.yml", config.replace("use_multitoc_numbering: false", "use_multitoc_numbering: true"))
    done = book.run("book", "--jobs", "2")
    assert done.returncode == 1
    assert "doing serial read" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("_toc.yml", "format: jb-book\n", "_toc.yml names no first page"),
        ("_toc.yml", "- one\n", "_toc.yml holds no mapping"),
        ("_config.yml", "a: [\n", "_config.yml: "),
        ("_config.yml", "title: 3\n", r"_config.yml: 3 is not of type .*title"),
    ],
)
def test_a_broken_configuration_is_refused_by_file(book: Book, name: str, text: str, complaint: str) -> None:
    book.write(name, text)
    done = book.run("book")
    assert done.returncode == 1
    assert re.match(f"error: {complaint}", done.stderr)


def test_checking_names_stale_notebooks_and_executes_none(book: Book) -> None:
    assert book.run("notebooks", "--check").returncode == 0
    path = book.notebook(UNIT, "print(6 * 8)")
    before = path.read_bytes()
    done = book.run("notebooks", "--check")
    assert done.returncode == 1
    assert f"error: {UNIT}: changed" in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(book: Book, jobs: str) -> None:
    done = book.run("book", f"--jobs={jobs}")
    assert done.returncode == 2
    assert "neither `auto` nor a number from 1" in done.stderr
