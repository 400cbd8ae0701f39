"""What tests of every part share."""

import os
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


GROUPS_OF_FACTS = 16


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file on one worker, as the cells of a notebook need; those by fact are too many.

    What one fact takes is kept for the next test of the same one, so that a fact's tests stay together.
    """
    for item in items:
        file = item.nodeid.partition("::")[0]
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")  # type: ignore[attr-defined]
        part = (
            zlib.crc32(str(name).encode()) % GROUPS_OF_FACTS
            if name and file.endswith("test_facts.py")
            else ""
        )
        item.add_marker(pytest.mark.xdist_group(f"{file}{part}"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def built_book(request: pytest.FixtureRequest) -> Path:
    """The folder of the built pages: the one that ``make test`` has built, or one built here and now."""
    if "PLAYBOOK_BOOK" in os.environ:
        return ROOT / os.environ["PLAYBOOK_BOOK"]
    if hasattr(request.config, "workerinput"):
        pytest.fail("workers would each build the book: use `make test`, or set PLAYBOOK_BOOK to a built one")
    from playbook.publish import processors, site

    book = site.Book(ROOT, ROOT / "_build" / "test")
    site.build(book, jobs=processors.available())
    return book.html
