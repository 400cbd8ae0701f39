"""How the notebooks are written: what strict nbval cannot see."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
SILENT = re.compile(r"^\s*(from|import|[A-Za-z_]\w*\s*=[^=])")


def cells(path: Path, kind: str) -> list[dict[str, object]]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, object]) -> str:
    text = cell["source"]
    return "".join(text) if isinstance(text, list) else str(text)


def code_lines(cell: dict[str, object]) -> list[str]:
    return [line for line in source(cell).splitlines() if line.strip()]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 4


def test_every_code_cell_was_executed_and_shows_what_it_should(notebook: Path) -> None:
    for cell in cells(notebook, "code"):
        assert cell["execution_count"] is not None
        last = code_lines(cell)[-1]
        if not SILENT.match(last):
            assert cell["outputs"], last


def test_cells_are_short_and_define_nothing(notebook: Path) -> None:
    lengths = [
        len(code_lines(cell)) for cell in cells(notebook, "code") if not source(cell).startswith("say(")
    ]
    assert max(lengths) <= 12
    assert sorted(lengths)[len(lengths) // 2] <= 4
    for cell in cells(notebook, "code"):
        assert not re.search(r"^\s*(def |class |%|!|import sys|sys\.path)", source(cell), re.M)


def test_the_title_is_a_question_and_the_answer_comes_first(notebook: Path) -> None:
    first = source(cells(notebook, "markdown")[0])
    assert re.fullmatch(r"# .+\?", first)
    setup, answer = cells(notebook, "code")[:2]
    assert "model.load()" in source(setup)
    assert source(answer).startswith("say(")


def test_it_ends_with_what_would_change_our_mind_and_the_decision_that_rests_on_it(notebook: Path) -> None:
    text = "\n".join(source(cell) for cell in cells(notebook, "markdown"))
    assert "## What would change our mind" in text
    assert re.search(r"\*\*Rests on this:\*\* \[decision \d{4}\]\(", text)


def test_prose_cells_hold_no_typed_result(notebook: Path) -> None:
    """Figures in prose come from `say`; ids of decisions, dates and the given 99.95 % of a title are no results."""
    for cell in cells(notebook, "markdown"):
        text = re.sub(
            r"\]\([^)]*\)|[Dd]ecisions? \d{4}|\b20\d{2}(-\d{2}){0,2}\b|^# .*$", "", source(cell), flags=re.M
        )
        assert not re.findall(r"\d", text), text


def test_inputs_are_never_reassigned(notebook: Path) -> None:
    names = [
        m
        for cell in cells(notebook, "code")
        for m in re.findall(r"^([A-Za-z_]\w*)\s*=[^=]", source(cell), re.M)
    ]
    assert [name for name in set(names) if names.count(name) > 1 and name != "rows"] == []


def test_imports_stand_once_in_the_first_cell(notebook: Path) -> None:
    for cell in cells(notebook, "code")[1:]:
        assert not re.search(r"^\s*(from|import) ", source(cell), re.M), source(cell)
