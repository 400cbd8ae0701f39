"""What the pages say in figures is computed: ids, dates, times and names are no results."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "book").rglob("*.md"))
NO_RESULT = re.compile(
    r"""
    \A---\n.*?\n---\n            # front matter, which is data
    | ```.*?``` | \{fact\}`[^`]*` | `[^`]*`
    | \]\([^)]*\)                 # where a link leads
    | ^\#+[^\n]*                  # headings: facts are refused there
    | ^>[^\n]*                    # letters, as sent
    | \b20\d\d(-\d\d){0,2}\b | \b\d\d:\d\d\b | \bM\d+\b
    | \b0\d{3}\b                  # records
    | \b\d+(st|nd|rd|th)\b | \b(incident|section|chapter)\ \d+
    | \b[a-z]{2}-[a-z]+-\d\b | OAuth\ 2\.0 | SOC\ 2 | S3 | \b202\b | 5xx
    """,
    re.X | re.S | re.M,
)


def typed(text: str) -> Iterator[str]:
    """Lines with a figure that nobody computed."""
    for line in NO_RESULT.sub(" ", text).splitlines():
        if re.search(r"\d", line):
            yield line.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "book").as_posix())
def test_no_result_is_typed_into_a_page(page: Path) -> None:
    assert list(typed(page.read_text("utf-8"))) == []


@pytest.mark.parametrize("line", ["The bill is $14,284.", "It took 171 minutes.", "About 79% are used."])
def test_a_typed_result_is_found(line: str) -> None:
    assert list(typed(f"# A page\n\nOn 2024-03-19 at 14:02, in incident 1.\n{line}\n")) == [line]
