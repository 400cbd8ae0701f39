"""A chart on a page, by the name of its function."""

import pytest

from tests.sphinx.project import Project


def test_a_chart_is_drawn_where_it_is_named_with_its_arguments(project: Project) -> None:
    project.page("index", "# One\n\n```{chart} cost.bill era=ship\n```\n")
    built = project.build("html")
    assert built.warnings == ""
    page = built.page("index.html")
    assert '<figure class="chart" id="chart-cost-bill">' in page
    assert "at 10 million events a day" in page


@pytest.mark.parametrize(
    "name",
    ["cost.nothing", "nothing.at_all", "cost.at_end_of", "cost.bill year=2024", "cost.bill era=middle"],
)
def test_a_chart_that_cannot_be_drawn_is_a_warning_at_its_line(project: Project, name: str) -> None:
    project.page("index", f"# One\n\n```{{chart}} {name}\n```\n")
    assert "index.md:3: WARNING: chart" in project.build().warnings


def test_a_page_is_read_again_when_what_its_chart_shows_has_changed(project: Project) -> None:
    project.page("index", "# One\n\n```{toctree}\ndrawn\nplain\n```\n")
    project.page("drawn", "# Drawn\n\n```{chart} cost.bill\n```\n")
    project.page("plain", "# Plain\n\nNothing here.\n")
    project.build("html")
    project.change("context/traffic.toml", "traffic.events_per_day", "90e6")
    assert project.build("html").read == {"drawn"}
