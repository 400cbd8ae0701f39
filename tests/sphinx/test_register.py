"""Every fact and every assumption has a row with an address."""

import re

import pytest

from playbook import model
from tests.sphinx.conftest import FEW
from tests.sphinx.project import Built, Project


def test_every_fact_and_every_assumption_has_one_row(site: Built) -> None:
    rows = re.findall(r'<tr class="[^"]*" id="((?:fact|assumption)-[^"]+)"', site.page("register.html"))
    named = [f"fact-{name.replace('.', '-')}" for name in FEW]
    named += [f"assumption-{path.replace('.', '-')}" for path in model.load().assumptions]
    assert sorted(rows) == sorted(named)


def test_every_unconfirmed_price_is_marked(site: Built) -> None:
    unsure = [a for a in model.load().assumptions.values() if not a.confirmed]
    assert unsure
    assert site.page("register.html").count('class="unconfirmed"') == len(unsure)


def test_formulas_keep_their_quotes(site: Built) -> None:
    assert "at_end_of(system, &#39;ship&#39;)" in site.page("register.html").replace("'", "&#39;")


def test_a_group_and_a_path_make_a_table_that_links_to_the_register(site: Built) -> None:
    page = site.page("given.html")
    assert 'href="register.html#assumption-targets-p50_seconds"' in page
    assert 'href="register.html#assumption-team-platform_engineers"' in page
    assert "targets-p95_seconds" not in page


def test_an_unknown_group_is_a_warning_at_its_line(project: Project) -> None:
    project.page("index", "# One\n\n```{assumptions} taget\n```\n")
    warnings = project.build().warnings
    assert "index.md:3: WARNING: assumptions: 'taget' is no assumption" in warnings


@pytest.mark.usefixtures("few_facts")
def test_two_registers_are_a_warning(project: Project) -> None:
    project.page("index", "# One\n\n```{register}\n```\n\n```{toctree}\nother\n```\n")
    project.page("other", "# Other\n\n```{register}\n```\n")
    assert "the book has its register already on index" in project.build("html").warnings


@pytest.mark.usefixtures("few_facts")
def test_a_register_in_two_pages_links_across_them(project: Project) -> None:
    project.page("index", "# One\n\n```{register} facts\n```\n\n```{toctree}\nother\n```\n")
    project.page("other", "# Other\n\n```{register} assumptions\n```\n")
    built = project.build("html")
    assert built.warnings == ""
    assert 'href="other.html#assumption-alerts-window_days"' in built.page("index.html")
    assert 'id="assumption-alerts-window_days"' in built.page("other.html")
    assert 'href="index.html#fact-reliability-error_budget_minutes"' in built.page("other.html")


def test_a_part_that_the_register_does_not_have_is_a_warning(project: Project) -> None:
    project.page("index", "# One\n\n```{register} numbers\n```\n")
    assert "'numbers' is none of facts, studies, assumptions" in project.build().warnings
