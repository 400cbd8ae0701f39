"""What a notebook's outputs become on the page."""

import copy
import json
from html.parser import HTMLParser
from importlib import metadata

import pytest
from sphinx.errors import ExtensionError

from playbook import facts, model
from playbook.sphinx import outputs
from tests.sphinx.figures import FIGURE
from tests.sphinx.project import Built, Project

PLOTLY = "application/vnd.plotly.v1+json"
SAY = "application/vnd.playbook.say+json"


class Figures(HTMLParser):
    """The figures' JSON and the words of their drawings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.content: list[str] = []
        self.labels: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.inside = tag == "script" and known.get("class") == "chart-figure"
        if known.get("role") == "img":
            self.labels.append(known.get("aria-label") or "")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.content.append(data)
            self.inside = False


def test_a_sentence_is_its_template_with_live_facts(site: Built) -> None:
    page, system = site.page("note.html"), model.load()
    minutes = facts.text("reliability.error_budget_minutes", system)
    assert f'#fact-reliability-error_budget_minutes">{minutes}</a></strong> remain, {{so}}' in page
    assert "stored text" not in page


def test_a_chart_is_inert_data_without_template_and_title(site: Built) -> None:
    figures = Figures(site.page("note.html"))
    content = json.loads(figures.content[0])
    assert content["data"] == FIGURE["data"]
    assert {"template", "title", "height"}.isdisjoint(content["layout"])
    assert figures.labels[0] == "Two bars: <14 and 31 thousand."


def test_a_chart_says_its_finding_and_its_numbers_as_text(site: Built) -> None:
    page = site.page("note.html")
    assert '<figcaption id="chart-cost-bill-title">The bill  doubled</figcaption>' in page.replace(
        "b> ", "b>"
    )
    assert "<td>$14,284</td>" in page


def test_the_same_chart_twice_has_two_addresses(site: Built) -> None:
    page = site.page("note.html")
    assert 'id="chart-cost-bill"' in page
    assert 'id="chart-cost-bill-2"' in page


def test_a_markdown_output_may_be_a_table(site: Built) -> None:
    assert "<td><p>1</p></td>" in site.page("note.html")


def test_a_chart_is_its_words_where_there_are_no_pictures(project: Project) -> None:
    project.notebook("index", {PLOTLY: FIGURE, "text/plain": "stored"})
    assert "Two bars: <14 and 31 thousand." in project.build("text").page("index.txt")


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("layout", {"meta": {"chart": "cost.bill"}}, "chart-cost-bill has no alt text"),
        ("data", [], "chart-cost-bill draws no point"),
        ("data", [{"x": [1], "y": [None]}], "chart-cost-bill draws no point"),
    ],
    ids=["no alt text", "no trace", "no value"],
)
def test_a_chart_that_says_nothing_is_a_warning(
    project: Project, part: str, value: object, words: str
) -> None:
    figure = copy.deepcopy(FIGURE) | {part: value}
    project.notebook("index", {PLOTLY: figure})
    warnings = project.build().warnings
    assert "index.ipynb:" in warnings
    assert words in warnings


def test_a_sentence_with_an_unknown_fact_is_a_warning(project: Project) -> None:
    project.notebook("index", {SAY: {"template": "{cost.nothing}"}})
    assert "'cost.nothing' is no fact" in project.build().warnings


def test_a_book_that_does_not_use_us_is_left_alone(project: Project) -> None:
    project.notebook("index", {PLOTLY: FIGURE, "text/plain": "stored"})
    built = project.build("text", extensions=["myst_nb"])
    assert "stored" in built.page("index.txt")


def test_a_build_in_which_charts_would_be_lost_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "entry_points", lambda **_: metadata.EntryPoints())
    project.page("index", "# One\n")
    with pytest.raises(ExtensionError, match="install this project"):
        project.build()
