"""Staleness, by digests alone."""

import json
import shutil
from pathlib import Path

import pytest

from playbook.publish import notebooks
from tests.publish.checkouts import OTHER, UNIT, Checkout


@pytest.fixture
def current(checkout: Checkout) -> Checkout:
    checkout.lock()
    assert checkout.stale == ()
    return checkout


def test_a_notebook_without_a_digest_is_stale(checkout: Checkout) -> None:
    assert checkout.stale == (OTHER, UNIT)


def test_an_edited_cell_makes_its_notebook_stale_and_no_other(current: Checkout) -> None:
    current.write(UNIT, current.read(UNIT).replace("price * 3", "price * 4"))
    assert current.stale == (UNIT,)


def test_an_edited_sentence_makes_its_notebook_stale(current: Checkout) -> None:
    current.write(UNIT, current.read(UNIT).replace("# unit", "# per unit"))
    assert current.stale == (UNIT,)


def test_a_new_tag_makes_its_notebook_stale(current: Checkout) -> None:
    current.write(UNIT, current.read(UNIT).replace('"tags": []', '"tags": ["hide-input"]', 1))
    assert current.stale == (UNIT,)


@pytest.mark.parametrize(
    "name",
    ["data/cost/price.txt", "data/cost/new.csv", "src/playbook/laws/queueing.py", "src/playbook/cost.py"],
)
def test_an_edited_or_new_input_makes_every_notebook_stale(current: Checkout, name: str) -> None:
    current.write(name, "3\n")
    assert current.stale == (OTHER, UNIT)


def test_a_removed_or_renamed_input_makes_every_notebook_stale(current: Checkout) -> None:
    price = current.root / "data/cost/price.txt"
    price.rename(price.with_name("cost.txt"))
    assert current.stale == (OTHER, UNIT)


@pytest.mark.parametrize(
    "name",
    [
        "src/playbook/publish/site.py",
        "src/playbook/sphinx/outputs.py",
        "src/playbook/__main__.py",
        "src/playbook/laws/__pycache__/queueing.cpython-311.pyc",
        "data/cost/price.txt~",
        "data/cost/.price.txt.swp",
        "data/.DS_Store",
        "notebooks/.ipynb_checkpoints/unit-checkpoint.ipynb",
        "book/index.md",
    ],
)
def test_what_no_calculation_reads_makes_nothing_stale(current: Checkout, name: str) -> None:
    current.write(name, "3\n")
    assert current.stale == ()


def test_outputs_and_execution_counts_make_nothing_stale(current: Checkout) -> None:
    notebook = json.loads(current.read(UNIT))
    notebook["cells"][1]["execution_count"] = 7
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.1"}
    current.write(UNIT, json.dumps(notebook, indent=2))
    assert current.stale == ()


def test_a_cleared_output_makes_its_notebook_stale(current: Checkout) -> None:
    notebook = json.loads(current.read(UNIT))
    notebook["cells"][1] |= {"execution_count": None, "outputs": []}
    current.write(UNIT, json.dumps(notebook))
    assert current.stale == (UNIT,)


def test_a_source_stored_as_one_string_is_the_same_source(current: Checkout) -> None:
    notebook = json.loads(current.read(OTHER))
    notebook["cells"][1]["source"] = "".join(notebook["cells"][1]["source"])
    current.write(OTHER, json.dumps(notebook))
    assert current.stale == ()


def test_line_endings_of_another_platform_make_nothing_stale(current: Checkout) -> None:
    for name in ("data/cost/price.txt", "src/playbook/laws/queueing.py", notebooks.LOCK):
        current.write(name, current.read(name).replace("\n", "\r\n"))
    current.write(OTHER, current.read(OTHER).replace("\\n", "\\r\\n"))
    assert current.stale == ()


def test_bytes_of_binary_data_are_not_taken_for_line_endings(current: Checkout) -> None:
    binary = current.root / "data/history.parquet"
    binary.write_bytes(b"PAR1\0\r\n")
    current.lock()
    binary.write_bytes(b"PAR1\0\n")
    assert current.stale == (OTHER, UNIT)


def test_a_copy_elsewhere_is_as_current_as_the_original(current: Checkout, tmp_path: Path) -> None:
    copy = Checkout(Path(shutil.copytree(current.root, tmp_path / "elsewhere")))
    assert copy.stale == ()


def test_a_deleted_notebook_is_a_complaint(current: Checkout) -> None:
    (current.root / UNIT).unlink()
    state = notebooks.state(current.root)
    assert state.stale == ()
    assert state.complaints == (f"{UNIT}: locked, but there is no such notebook",)


def test_the_lock_holds_one_sorted_line_per_notebook(current: Checkout) -> None:
    lines = current.read(notebooks.LOCK).splitlines()
    assert [line.split("  ")[1] for line in lines] == [OTHER, UNIT]
    assert [len(line.split("  ")[0]) for line in lines] == [64, 64]


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", "0123  short.ipynb", "g" * 64 + "  not-hex.ipynb", ""])
def test_a_lock_that_a_merge_left_broken_is_refused_by_line(current: Checkout, line: str) -> None:
    current.write(notebooks.LOCK, line + "\n" + current.read(notebooks.LOCK))
    with pytest.raises(notebooks.NotebookError, match=r"outputs.lock line 1: .*make notebooks"):
        notebooks.state(current.root)


@pytest.mark.parametrize("text", ["", "[]", "{]", '{"worksheets": []}', '{"cells": [{}]}', '{"cells": 1}'])
def test_a_file_that_is_no_notebook_is_refused_by_name(current: Checkout, text: str) -> None:
    current.write(UNIT, text)
    with pytest.raises(notebooks.NotebookError, match=f"{UNIT} is no notebook of format 4"):
        notebooks.state(current.root)
