"""Small books for the tests of the Sphinx extension."""

from pathlib import Path

import pytest

from playbook import facts
from tests.sphinx.figures import FIGURE
from tests.sphinx.project import Built, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty book."""
    return Project(tmp_path / "book")


FEW = (
    "context.peak_per_second",
    "context.ship_bill_usd_per_month",
    "cost.usd_per_month",
    "reliability.error_budget_minutes",
)
"""Facts enough for a register; that the book's own is whole is tested on the book."""


@pytest.fixture
def few_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small register, soon made."""
    monkeypatch.setattr(facts, "names", lambda: FEW)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A whole book in HTML: a page with facts, one without, a register, a notebook."""
    book = Project(tmp_path_factory.mktemp("site") / "book")
    book.page("index", "# Index\n\nPlain.\n\n```{toctree}\nnumbers\ngiven\nnote\nregister\n```\n")
    book.page(
        "numbers", "# Numbers\n\nIt costs {fact}`cost.usd_per_month`; {fact}`cost.usd_per_month:~2` or so.\n"
    )
    book.page("given", "# Given\n\n```{assumptions} targets.p50_seconds, team\n```\n")
    book.page("register", "# Register\n\n```{register}\n```\n")
    said = {
        "template": "About **{reliability.error_budget_minutes}** remain, {{so}} {cost.usd_per_month:${:~2}} a month."
    }
    book.notebook(
        "note",
        {"application/vnd.playbook.say+json": said, "text/markdown": "stored text"},
        {"application/vnd.plotly.v1+json": FIGURE, "text/plain": "alt"},
        {"application/vnd.plotly.v1+json": FIGURE, "text/plain": "alt"},
        {"text/markdown": "| a | b |\n| --- | --- |\n| 1 | 2 |"},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "names", lambda: FEW)
        built = book.build("html")
    assert built.warnings == ""
    return built
