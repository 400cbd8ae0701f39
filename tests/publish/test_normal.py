"""The form in which notebooks are committed."""

import json

import pytest

from playbook.publish import normal


def notebook(*sources: str, **metadata: object) -> str:
    cells = [{"cell_type": "markdown", "metadata": metadata, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def test_normal_form_is_reached_in_one_step() -> None:
    once = normal.text(normal.parsed(notebook("a", "b", "a")))
    assert normal.text(normal.parsed(once)) == once


def test_cells_without_an_id_get_one_from_their_text_and_all_differ() -> None:
    ids = [cell.id for cell in normal.parsed(notebook("a", "b", "a", "a")).cells]
    assert ids == [cell.id for cell in normal.parsed(notebook("a", "b", "a", "a")).cells]
    assert len(set(ids)) == 4


def test_a_repeated_id_is_replaced_and_the_first_one_stays() -> None:
    text = json.loads(notebook("a", "b"))
    for cell in text["cells"]:
        cell["id"] = "same"
    first, second = normal.parsed(json.dumps(text)).cells
    assert first.id == "same"
    assert second.id != "same"


def test_tags_stay_and_traces_of_a_screen_go() -> None:
    text = normal.text(normal.parsed(notebook("a", tags=["hide-input"], scrolled=True, execution={"at": 1})))
    assert json.loads(text)["cells"][0]["metadata"] == {"tags": ["hide-input"]}


def test_keys_are_sorted_and_letters_stay_letters() -> None:
    text = normal.text(normal.parsed(notebook("10 × 2 – 3", b=1, a=2)))
    assert text.index('"a"') < text.index('"b"')
    assert "10 × 2 – 3" in text


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", '{"nbformat": 4, "cells": 1}', notebook("a").replace('"metadata": {}', '"meta": 1')],
)
def test_text_that_is_no_notebook_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="notebook"):
        normal.parsed(text)
