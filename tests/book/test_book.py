"""The book as built: whole, light, and asking nothing of any other host."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import plotly
import pytest
import yaml

from playbook import decisions, facts, model
from tests.book import inspection
from tests.book.inspection import Pages


@pytest.fixture(scope="module")
def pages(built_book: Path) -> Pages:
    """Every page of the book."""
    return inspection.load(built_book)


@pytest.fixture(scope="module")
def contents(root: Path) -> list[str]:
    """The documents of ``_toc.yml``, in order."""

    def documents(entry: object) -> Iterator[str]:
        if isinstance(entry, dict):
            yield from (str(entry[key]) for key in ("root", "file") if key in entry)
            for file in sorted(root.glob(f"{entry['glob']}.md")) if "glob" in entry else ():
                yield file.relative_to(root).with_suffix("").as_posix()
            for key in ("parts", "chapters", "sections"):
                for part in entry.get(key, ()):
                    yield from documents(part)

    return list(documents(yaml.safe_load((root / "_toc.yml").read_text("utf-8"))))


@pytest.fixture(scope="module")
def notebooks(root: Path) -> list[str]:
    """The notebooks, without their suffix."""
    return [
        p.relative_to(root).with_suffix("").as_posix() for p in sorted((root / "notebooks").glob("*/*.ipynb"))
    ]


def test_every_document_of_the_contents_is_a_page_that_says_something(
    pages: Pages, contents: list[str]
) -> None:
    assert not list(inspection.missing(pages, contents))


def test_every_page_is_in_the_contents(pages: Pages, contents: list[str]) -> None:
    assert {name.removesuffix(".html") for name in pages} == {*contents, "index", "search"}


def test_every_notebook_is_in_the_contents(contents: list[str], notebooks: list[str]) -> None:
    assert notebooks
    assert set(notebooks) <= set(contents)


def test_every_notebook_shows_a_chart_with_its_words_and_numbers(pages: Pages, notebooks: list[str]) -> None:
    assert not list(inspection.without_chart(pages, notebooks))


def test_every_record_shows_what_its_triggers_say_and_stands_on_the_board(pages: Pages) -> None:
    system = model.load()
    board = pages["book/01-architecture/decisions/index.html"]
    records = {record.id: record for record in decisions.records(system)}
    assert records
    for row in decisions.board(system):
        page = pages[f"book/01-architecture/decisions/{records[row.id].file.removesuffix('.md')}.html"]
        assert f"{row.status.capitalize()}, signed {row.date}" in page.article
        assert all(state.text in page.article for state in row.triggers)
        assert f"decision-{row.id}" in board.ids


def test_every_fact_is_computed(pages: Pages) -> None:
    assert not list(inspection.unresolved(pages))


def test_every_sentence_of_a_notebook_is_on_its_page(root: Path, pages: Pages, notebooks: list[str]) -> None:
    assert not list(inspection.unsaid(pages, root, notebooks))


def test_every_fact_and_every_assumption_has_its_row_in_the_register(pages: Pages) -> None:
    named = [f"fact-{name.replace('.', '-')}" for name in facts.names()]
    named += [f"assumption-{path.replace('.', '-')}" for path in model.load().assumptions]
    rows = {i for name in ("register", "studies", "assumptions") for i in pages[f"book/{name}.html"].ids}
    assert not set(named) - rows


def test_links_and_addresses_are_whole(built_book: Path, pages: Pages) -> None:
    assert not list(inspection.broken_links(built_book, pages))


def test_ids_are_unique(pages: Pages) -> None:
    assert not list(inspection.repeated_ids(pages))


def test_nothing_is_asked_of_another_host(built_book: Path, pages: Pages) -> None:
    assert not list(inspection.foreign(built_book, pages))


def test_every_page_states_a_policy_that_names_no_other_host(pages: Pages) -> None:
    assert not list(inspection.without_policy(pages))


def test_no_page_is_heavy(built_book: Path, pages: Pages) -> None:
    assert not list(inspection.heavy(built_book, pages))


def test_plotly_is_there_once_in_the_version_of_the_notebooks(built_book: Path) -> None:
    version = plotly.offline.get_plotlyjs_version()
    assert not list(inspection.wrong_bundle(built_book, version=version))


def test_chart_scripts_come_where_charts_are(pages: Pages) -> None:
    assert not list(inspection.needless_scripts(pages))


def test_the_facts_that_a_build_keeps_are_those_that_come_out_now(built_book: Path) -> None:
    file, system = built_book.with_name("facts.pickle"), model.load()
    _, found, moved = pickle.loads(file.read_bytes())
    assert found.keys() == set(facts.names())
    for name in facts.names()[::40]:
        assert facts.evaluate(name, system) == found[name]
        assert facts.sensitivity(name, system) == moved.get(name, facts.sensitivity(name, system))
