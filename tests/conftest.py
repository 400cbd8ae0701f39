"""What tests of every part share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


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
