"""Pages bring what they need, and ask no other host for anything."""

import json
import re

import plotly
import pytest

from playbook.charts.house import PALETTE
from tests.sphinx.project import Built

PAGES = ("index", "numbers", "given", "note", "register", "search")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_states_its_policy_before_any_script(site: Built, name: str) -> None:
    page = site.page(f"{name}.html")
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "script-src 'self';" in page


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_script_in_it_that_would_run(site: Built, name: str) -> None:
    scripts = re.findall(r"<script([^>]*)>", site.page(f"{name}.html"))
    assert all("src=" in script or "application/json" in script for script in scripts)
    assert not re.search(r"<[^>]+ on[a-z]+=", site.page(f"{name}.html"))


@pytest.mark.parametrize(
    ("script", "names"),
    [("charts.js", {"note"}), ("facts.js", {"numbers", "note"}), ("register.js", {"register"})],
)
def test_a_script_comes_only_where_it_is_used(site: Built, script: str, names: set[str]) -> None:
    assert {name for name in PAGES if f"playbook/{script}" in site.page(f"{name}.html")} == names


def test_the_bundle_is_there_once_with_its_version(site: Built) -> None:
    bundles = list(site.out.rglob("*plotly*.js"))
    version = plotly.offline.get_plotlyjs_version()
    assert [bundle.name for bundle in bundles] == [f"plotly-{version}.min.js"]
    assert f'data-plotly="../plotly/plotly-{version}.min.js"' in site.page("note.html")


def test_every_colour_of_the_palette_has_a_variable_and_a_dark_twin(site: Built) -> None:
    styles = site.page("_static/playbook/palette.css")
    house = json.loads(site.page("_static/playbook/house.js").partition(" = ")[2].rstrip(";\n"))
    for role, (light, dark) in PALETTE.items():
        assert f"--{role}: {light};" in styles
        assert f"--{role}: {dark};" in styles
        assert house["dark"][light] == dark


def test_formulas_are_mathml(site: Built) -> None:
    from docutils import nodes

    from playbook.sphinx.mathml import _mathml

    assert _mathml(nodes.math("", r"\frac{a}{b}"), block=False).startswith("<math")
