"""Execution, in real kernels."""

import json
from collections.abc import Callable

import pytest

from playbook.publish import execution, notebooks
from tests.publish.checkouts import OTHER, UNIT, Checkout


def test_stale_notebooks_are_executed_and_current_ones_are_not(
    checkout: Checkout, spy: Callable[[], list[str]]
) -> None:
    checkout.lock()
    checkout.write(UNIT, checkout.read(UNIT).replace("price * 3", "price * 4"))
    untouched = checkout.read(OTHER)
    assert checkout.refresh() == ()
    assert spy() == [UNIT]
    assert checkout.read(OTHER) == untouched
    assert checkout.stale == ()
    assert '"8"' in checkout.read(UNIT)


def test_executing_again_writes_the_same_bytes(checkout: Checkout) -> None:
    assert checkout.refresh() == ()
    first = [checkout.read(name) for name in (OTHER, UNIT, notebooks.LOCK)]
    assert checkout.refresh(OTHER, UNIT) == ()
    assert [checkout.read(name) for name in (OTHER, UNIT, notebooks.LOCK)] == first


def test_stored_notebooks_do_not_say_when_or_on_which_python_they_ran(checkout: Checkout) -> None:
    checkout.refresh(OTHER)
    text = checkout.read(OTHER)
    notebook = json.loads(text)
    assert "version" not in notebook["metadata"]["language_info"]
    assert [cell["metadata"] for cell in notebook["cells"]] == [{}, {"tags": []}]
    assert notebook["cells"][1]["outputs"] == [
        {"name": "stdout", "output_type": "stream", "text": ["one\n", "two\n"]}
    ]
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_a_failing_cell_is_named_and_its_notebook_left_as_it_was(checkout: Checkout) -> None:
    checkout.notebook(UNIT, "1 + 1", "", "1 / 0", "2 + 2")
    before = checkout.read(UNIT)
    assert checkout.refresh() == (f"{UNIT}, code cell 3: ZeroDivisionError: division by zero",)
    assert checkout.read(UNIT) == before
    assert checkout.stale == (UNIT,), "the other notebook's result is kept and locked"
    assert not list(checkout.root.rglob("*.tmp"))


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import sys\nprint('careful', file=sys.stderr)", "code cell 2 wrote to stderr: careful"),
        ("import os\nos._exit(1)", "code cell 2 ended its kernel"),
    ],
)
def test_a_cell_that_warns_or_kills_its_kernel_is_refused(
    checkout: Checkout, source: str, complaint: str
) -> None:
    path = checkout.notebook(UNIT, "1 + 1", source)
    before = path.read_bytes()
    assert checkout.refresh(UNIT) == (f"{UNIT}, {complaint}",)
    assert path.read_bytes() == before


def test_an_output_that_no_second_run_would_repeat_is_refused(checkout: Checkout) -> None:
    checkout.notebook(UNIT, "object()")
    (complaint,) = checkout.refresh(UNIT)
    assert complaint.startswith(f"{UNIT}, code cell 1 shows a memory address, different in each run: <object")


def test_a_cell_that_never_ends_is_given_up(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution, "CELL_SECONDS", 1)
    checkout.notebook(UNIT, "import time\nwhile True: time.sleep(1)")
    assert checkout.refresh(UNIT) == (f"{UNIT}, code cell 1 took more than 1 s",)


def test_a_notebook_edited_while_it_runs_keeps_the_edit(checkout: Checkout) -> None:
    checkout.notebook(UNIT, 'open("unit.ipynb", "a").write(" ")')
    (complaint,) = checkout.refresh(UNIT)
    assert complaint == f"{UNIT} changed while it was executed; it was left as it is"
    assert UNIT in checkout.stale


def test_data_edited_during_a_run_leaves_the_notebook_stale(checkout: Checkout) -> None:
    checkout.notebook(UNIT, 'open("../../data/cost/price.txt", "w").write("3")')
    assert checkout.refresh(UNIT) == ()
    assert UNIT in checkout.stale


def test_a_deleted_notebook_leaves_the_lock(checkout: Checkout, spy: Callable[[], list[str]]) -> None:
    checkout.lock()
    (checkout.root / UNIT).unlink()
    assert checkout.refresh() == ()
    assert spy() == []
    assert notebooks.state(checkout.root).complaints == ()


def test_a_reader_own_ipython_profile_leaves_no_trace(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    startup = checkout.write("home/profile_default/startup/00.py", "print('hello from my profile')")
    monkeypatch.setenv("IPYTHONDIR", str(startup.parents[2]))
    checkout.notebook(UNIT, "'hello' in dir()")
    assert checkout.refresh(UNIT) == ()
    assert "my profile" not in checkout.read(UNIT)
