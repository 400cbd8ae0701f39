"""Each check of the book finds the fault that it is for."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.book import inspection
from tests.book.page import Page

POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self'\">"
WORDS = "word " * 50
CHART = (
    '<figure class="chart" id="c"><div class="chart-plot" aria-label="{label}"></div>'
    '<script type="application/json" class="chart-figure">{data}</script>'
    "<details><table><tbody>{rows}</tbody></table></details></figure>"
)
GOOD_CHART = CHART.format(label="A line.", data='{"data":[{"x":[1],"y":[2]}]}', rows="<tr><td>2</td></tr>")
SCRIPT = '<script src="_static/charts.js"></script>'


def page(body: str = WORDS, head: str = POLICY) -> str:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


def written(folder: Path, **bodies: str) -> inspection.Pages:
    for name, html in bodies.items():
        (folder / f"{name}.html").write_text(html, "utf-8")
    return inspection.load(folder)


def test_a_good_page_has_no_fault(tmp_path: Path) -> None:
    pages = written(tmp_path, a=page(f'{WORDS}<a href="#c">chart</a>{GOOD_CHART}', POLICY + SCRIPT))
    found = [
        *inspection.missing(pages, ["a"]),
        *inspection.without_chart(pages, ["a"]),
        *inspection.unresolved(pages),
        *inspection.broken_links(tmp_path, pages),
        *inspection.repeated_ids(pages),
        *inspection.foreign(tmp_path, pages),
        *inspection.without_policy(pages),
        *inspection.heavy(tmp_path, pages),
        *inspection.needless_scripts(pages),
    ]
    assert found == []


CHECKS: dict[str, tuple[Callable[[inspection.Pages], Iterable[str]], str, str]] = {
    "no page": (lambda pages: inspection.missing(pages, ["b"]), page(), "b has no page"),
    "a stub": (lambda pages: inspection.missing(pages, ["a"]), page("To do."), "next to nothing"),
    "no chart": (lambda pages: inspection.without_chart(pages, ["a"]), page(), "shows no chart"),
    "an empty chart": (
        lambda pages: inspection.without_chart(pages, ["a"]),
        page(CHART.format(label="x", data='{"data":[{"x":[1],"y":[null]}]}', rows="<tr></tr>")),
        "chart 1 draws nothing",
    ),
    "a chart without words": (
        lambda pages: inspection.without_chart(pages, ["a"]),
        page(CHART.format(label="", data='{"data":[{"x":[1],"y":[2]}]}', rows="<tr></tr>")),
        "chart 1 has no words",
    ),
    "a chart without numbers": (
        lambda pages: inspection.without_chart(pages, ["a"]),
        page(CHART.format(label="x", data='{"data":[{"x":[1],"y":[2]}]}', rows="")),
        "no numbers behind chart 1",
    ),
    "a role as written": (inspection.unresolved, page("It is {fact}cost."), "'{fact}'"),
    "a field as written": (
        inspection.unresolved,
        page("It is {cost.usd_per_month:,.0f}."),
        "cost.usd_per_month",
    ),
    "an id twice": (inspection.repeated_ids, page('<p id="a"></p><p id="a"></p>'), "id a 2 times"),
    "no policy": (inspection.without_policy, page(head=""), "has no policy"),
    "an open policy": (
        inspection.without_policy,
        page(head=POLICY.replace("'self'\"", "'self' https://a.example\"")),
        "has the policy",
    ),
    "a script first": (inspection.without_policy, page(head=SCRIPT + POLICY), "before its policy"),
    "a chart without its script": (inspection.needless_scripts, page(GOOD_CHART), "does not load"),
    "a script without a chart": (
        inspection.needless_scripts,
        page(head=POLICY + SCRIPT),
        "0 charts and loads",
    ),
}


@pytest.mark.parametrize("fault", CHECKS)
def test_a_fault_on_a_page_is_found(fault: str) -> None:
    check, html, words = CHECKS[fault]
    found = list(check({"a.html": Page(html)}))
    assert len(found) == 1
    assert words in found[0]


def test_a_sentence_that_is_not_on_its_page_is_found(tmp_path: Path) -> None:
    output = {
        "data": {inspection.SAY: {"template": "{{so}} {cost.usd_per_month:,.0f} and {cost.usd_per_event}"}}
    }
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [{}, {"outputs": [output]}]}), "utf-8")
    pages = {"a.html": Page(page('<a href="../register.html#fact-cost-usd_per_month">1</a>'))}
    assert list(inspection.unsaid(pages, tmp_path, ["a"])) == ["a says cost.usd_per_event, its page does not"]


@pytest.mark.parametrize("link", ["b.html", "a.html#nowhere", "#nowhere", "../a.html"])
def test_a_broken_link_is_found(tmp_path: Path, link: str) -> None:
    pages = written(tmp_path, a=page(f'<a href="{link}">x</a>'))
    assert len(list(inspection.broken_links(tmp_path, pages))) == 1


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://a.example/x.js"></script>',
        '<link rel="stylesheet" href="//a.example/x.css">',
        '<link rel="preconnect" href="https://a.example">',
        '<img src="https://a.example/x.png">',
        '<img srcset="https://a.example/x.png 2x">',
        '<form action="https://a.example/"></form>',
        '<p style="background: url(https://a.example/x.png)">',
        "<style>@import 'https://a.example/x.css';</style>",
        '<meta http-equiv="refresh" content="0; url=https://a.example/">',
        '<svg><use href="https://a.example/x.svg#a"></use></svg>',
    ],
)
def test_a_request_to_another_host_is_found(tmp_path: Path, element: str) -> None:
    assert list(inspection.foreign(tmp_path, {"a.html": Page(page(element))}))


def test_a_request_from_a_style_sheet_is_found(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("@font-face { src: url('https://a.example/x.woff2'); }", "utf-8")
    assert list(inspection.foreign(tmp_path, {})) == ["x.css asks for https://a.example/x.woff2"]


def test_an_ordinary_link_is_no_request(tmp_path: Path) -> None:
    assert not list(
        inspection.foreign(tmp_path, {"a.html": Page(page('<a href="https://a.example/">x</a>'))})
    )


def test_a_heavy_page_is_found(tmp_path: Path) -> None:
    pages = written(tmp_path, a=page())
    assert len(list(inspection.heavy(tmp_path, pages, limit=50))) == 1


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "0 bundles"),
        (["plotly-1.js", "plotly-2.js"], "2 bundles"),
        (["plotly-1.js"], "is not version 9.9.9"),
    ],
    ids=["none", "two", "another version"],
)
def test_a_wrong_bundle_is_found(tmp_path: Path, names: list[str], words: str) -> None:
    for name in names:
        (tmp_path / name).write_text("/**\n* plotly.js v4.1.1\n*/", "utf-8")
    assert words in next(iter(inspection.wrong_bundle(tmp_path, version="9.9.9")))
