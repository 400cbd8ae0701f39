"""Diagrams: what is committed is what D2 draws from the facts of today, and anybody can read it."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from playbook import model
from playbook.charts.house import PALETTE
from playbook.model import System
from playbook.notebook import FIELD
from playbook.publish import diagrams, drawing, outlines
from playbook.publish.diagrams import Source
from playbook.publish.layout import Layout, Shape

NAMES = ("containers", "context", "path", "regions")
SVG = "{http://www.w3.org/2000/svg}"
PROPER = re.compile(r"\b(?:S3|OAuth 2\.0|D2|(?:eu|us)-[a-z]+-1)\b|\b99th\b")
"""Names that have a digit in them, and the percentile that is no result."""


@pytest.fixture(scope="module")
def system() -> System:
    """Today's system."""
    return model.load()


@pytest.fixture(scope="module")
def sources(root: Path, system: System) -> Mapping[str, Source]:
    """Every source by its name."""
    return {source.path.stem: source for source in diagrams.sources(root, system)}


@pytest.fixture(scope="module")
def drawn(root: Path, sources: Mapping[str, Source]) -> Mapping[Path, str]:
    """Every diagram, drawn here and now."""
    if not diagrams.can_draw(root):
        if "CI" in os.environ:
            pytest.fail(diagrams.INSTALL)
        pytest.skip(diagrams.INSTALL)
    return diagrams.drawings(root, sources.values())


@pytest.fixture
def committed(request: pytest.FixtureRequest, root: Path, sources: Mapping[str, Source]) -> str:
    """The committed drawing that the test's parameter names."""
    return (root / sources[request.param].svg).read_text("utf-8")


each = pytest.mark.parametrize("committed", NAMES, indirect=True)


def test_these_are_the_diagrams(sources: Mapping[str, Source]) -> None:
    assert tuple(sorted(sources)) == NAMES


def test_a_second_draw_gives_the_committed_bytes(root: Path, drawn: Mapping[Path, str]) -> None:
    assert not list(diagrams.complaints(root, drawn))


def test_a_diagram_drawn_alone_is_the_one_drawn_among_others(
    root: Path, sources: Mapping[str, Source], drawn: Mapping[Path, str]
) -> None:
    alone = sources["regions"]
    assert diagrams.drawings(root, [alone]) == {alone.svg: drawn[alone.svg]}


def test_another_number_makes_a_drawing_stale(root: Path, drawn: Mapping[Path, str], tmp_path: Path) -> None:
    for path, text in drawn.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        changed = re.sub(r"\d ms", "0 ms", text)
        (tmp_path / path).write_text(changed, "utf-8")
    assert [line.split()[0] for line in diagrams.complaints(tmp_path, drawn)] == [
        "book/01-architecture/diagrams/path.svg"
    ]
    (tmp_path / "book/01-architecture/diagrams/gone.svg").write_text("", "utf-8")
    assert diagrams.write(tmp_path, drawn) == (Path("book/01-architecture/diagrams/path.svg"),)
    assert list(diagrams.complaints(tmp_path, drawn)) == [
        "book/01-architecture/diagrams/gone.svg has no source beside it"
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_drawing_carries_what_is_written_today(
    root: Path, sources: Mapping[str, Source], name: str
) -> None:
    """Seen without node, too: a fact that moved, or a source that was edited, asks for another draw."""
    svg = ET.parse(root / sources[name].svg).getroot()
    assert svg.get("data-source") == sources[name].digest, "run `make diagrams`"


def test_a_moved_assumption_moves_the_numbers_of_the_path(root: Path, system: System) -> None:
    moved = model.what_if(system, {"latency.edge_p50_seconds": 0.009})
    then, now = (
        {source.path.stem: source for source in diagrams.sources(root, one)} for one in (moved, system)
    )
    assert "edge 9 ms" in then["path"].words
    assert [name for name in NAMES if then[name].digest != now[name].digest] == ["path"]


@pytest.mark.parametrize("name", NAMES)
def test_no_result_is_typed_into_a_source(root: Path, sources: Mapping[str, Source], name: str) -> None:
    text = FIELD.sub("", (root / sources[name].path).read_text("utf-8")).replace("\\n", " ")
    shown = [*re.findall(r'"[^"]*"', text), *(line for line in text.splitlines() if line.startswith("#"))]
    assert not [line for line in shown if re.search(r"\d", PROPER.sub("", line))]


@each
def test_a_drawing_says_in_words_what_it_shows(committed: str) -> None:
    svg = ET.fromstring(committed)
    title, words = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert words is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert title.text
    assert len((words.text or "").split()) > 30


@each
def test_a_drawing_asks_nobody_for_anything_and_is_light(committed: str) -> None:
    assert committed.count("://") == 1, "the namespace alone"
    assert not re.search(r"foreignObject|@font-face|@import|url\(|<script|<image|href", committed)
    assert len(committed.encode()) < 40_000


@each
def test_text_can_be_read_at_the_width_of_the_book(committed: str) -> None:
    svg = ET.fromstring(committed)
    assert float(svg.get("width", "inf")) <= 720
    assert svg.get("viewBox") == f"0 0 {svg.get('width')} {svg.get('height')}"
    sizes = re.findall(r"(?:font-size:|font:\d+ )([\d.]+)px", committed)
    assert sizes
    assert min(map(float, sizes)) >= 12


@each
def test_every_colour_is_a_role_of_the_palette_in_both_themes(committed: str) -> None:
    assert set(re.findall(r"var\(--([a-z]+)", committed)) <= {*drawing.ROLES}
    assert {*re.findall(r"#[0-9a-f]{6}", committed)} == {
        side for role in drawing.ROLES for side in PALETTE[role]
    }
    assert not re.search(r'(?:fill|stroke)="', committed)


def test_no_two_drawings_share_an_id(root: Path, sources: Mapping[str, Source]) -> None:
    ids = [
        element.get("id")
        for source in sources.values()
        for element in ET.parse(root / source.svg).iter()
        if element.get("id")
    ]
    assert len(set(ids)) == len(ids)


def test_as_many_cells_are_drawn_as_we_run(root: Path, sources: Mapping[str, Source], system: System) -> None:
    svg = ET.parse(root / sources["regions"].svg)
    cells = [text for text in svg.iter(f"{SVG}text") if (text.text or "").startswith("Cell ")]
    assert len(cells) == system.platform.us_clusters + system.platform.eu_clusters


def written(folder: Path, text: str) -> Path:
    path = folder / "book" / "diagrams" / "one.d2"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("# Title\n# Words.\na: {cost.usd_per_mouth}\n", r"one\.d2: 'cost\.usd_per_mouth' is no fact"),
        ("# Title\na -> b\n", r"one\.d2: begins with no comment"),
    ],
)
def test_a_source_that_cannot_be_true_is_refused(
    tmp_path: Path, system: System, text: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        diagrams.sources(written(tmp_path, text), system)


def test_without_d2_the_way_to_get_it_is_said(tmp_path: Path, system: System) -> None:
    root = written(tmp_path, "# Title\n# Words.\na -> b\n")
    with pytest.raises(ValueError, match="npm ci"):
        diagrams.drawings(root, diagrams.sources(root, system))


def test_what_d2_refuses_is_said_with_the_file(
    root: Path, sources: Mapping[str, Source], drawn: Mapping[Path, str]
) -> None:
    broken = replace(sources["path"], files={"index.d2": "a -> "})
    with pytest.raises(ValueError, match=r"path\.d2"):
        diagrams.drawings(root, [broken])


def shapes(*spots: tuple[str, float, str]) -> Iterator[Shape]:
    for label, x, kind in spots:
        yield {
            "id": label,
            "type": "rectangle",
            "classes": [kind],
            "pos": {"x": x, "y": 0},
            "width": 100,
            "height": 100,
            "label": label,
        }


def test_a_diagram_wider_than_the_column_is_refused() -> None:
    layout: Layout = {"shapes": [*shapes(("a", 0, "ours"), ("b", 1200, "aws"))], "connections": []}
    with pytest.raises(ValueError, match="wide is 796 px wide"):
        drawing.svg(layout, name="wide", title="t", words="w", digest="0")


def test_the_key_explains_the_kinds_that_are_there_and_no_other() -> None:
    layout: Layout = {"shapes": [*shapes(("a<b", 0, "ours"), ("b", 200, "gap"))], "connections": []}
    svg = drawing.svg(layout, name="one", title="t", words="w", digest="0")
    assert [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")] == ["a<b", "we run it"]


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (2.04, "2"), (-0.01, "0"), (0.25, "0.2"), (-1.5, "-1.5")]
)
def test_a_coordinate_is_short(value: float, text: str) -> None:
    assert outlines.number(value) == text


def test_a_slight_slant_is_straightened_and_a_slope_stays() -> None:
    assert outlines.straightened([(0, 0), (1, 40), (31, 80)]) == [(0, 0), (0, 40), (31, 80)]
