"""The role: text where it is right, a warning at its place where it is not."""

import pytest

from playbook import facts, model
from tests.sphinx.project import Built, Project

SYSTEM = model.load()


def test_a_fact_is_its_text_in_prose_tables_and_notes(project: Project) -> None:
    fact = "{fact}`cost.usd_per_month`"
    project.page(
        "index", f"# One\n\nA **{fact}**.\n\n| a |\n| --- |\n| {fact} |\n\n```{{note}}\n{fact}\n```\n"
    )
    built = project.build("text")
    assert built.warnings == ""
    assert built.page("index.txt").count(facts.text("cost.usd_per_month", SYSTEM)) == 3


def test_a_format_after_the_name_replaces_the_facts_own(project: Project) -> None:
    project.page(
        "index", "# One\n\n{fact}`cost.usd_per_month:,.2f` {fact}`cost.usd_per_month:{:.0f} dollars`\n"
    )
    text = project.build("text").page("index.txt")
    assert facts.text("cost.usd_per_month", SYSTEM, ",.2f") in text
    assert f"{facts.value('cost.usd_per_month', SYSTEM):.0f} dollars" in text


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("# One\n\n\n{fact}`cost.usd_per_moth`\n", 4, "the nearest are: cost.usd_per_month"),
        ("# One\n\n{fact}`cost.usd_per_month:,.0q`\n", 3, "does not fit"),
        ("# One\n\n## About {fact}`cost.usd_per_month`\n", 3, "stands in a heading"),
        ("# {fact}`cost.usd_per_month`\n", 1, "stands in a heading"),
    ],
    ids=["unknown name", "bad format", "in a heading", "in the title"],
)
def test_a_wrong_fact_is_a_warning_at_its_line(project: Project, source: str, line: int, words: str) -> None:
    project.page("index", source)
    warnings = project.build().warnings
    assert f"index.md:{line}: WARNING: fact: " in warnings
    assert words in warnings


def test_a_fact_in_a_caption_of_contents_is_a_warning(project: Project) -> None:
    project.page("index", "# One\n\n```{toctree}\n:caption: Of {fact}`cost.usd_per_month`\nother\n```\n")
    project.page("other", "# Other\n")
    assert "stands in a heading" in project.build().warnings


def test_a_fact_may_stand_in_the_title_of_a_note(project: Project) -> None:
    project.page("index", "# One\n\n```{admonition} At {fact}`cost.usd_per_month`\nText.\n```\n")
    assert project.build().warnings == ""


def test_a_fact_links_to_its_row_in_the_register(site: Built) -> None:
    text = facts.text("cost.usd_per_month", SYSTEM)
    assert (
        f'<a class="fact reference internal" href="register.html#fact-cost-usd_per_month">{text}</a>'
        in site.page("numbers.html")
    )
    assert 'id="fact-cost-usd_per_month"' in site.page("register.html")


@pytest.mark.usefixtures("few_facts")
def test_a_fact_within_a_link_is_plain_text(project: Project) -> None:
    project.page(
        "index", "# One\n\n[costs {fact}`cost.usd_per_month`](other.md)\n\n```{toctree}\nother\n```\n"
    )
    project.page("other", "# Other\n\n```{register}\n```\n")
    built = project.build("html")
    assert built.warnings == ""
    assert 'class="fact reference' not in built.page("index.html")
