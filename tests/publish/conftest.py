"""A small checkout to publish."""

from collections.abc import Callable
from pathlib import Path

import pytest

from playbook.publish import execution
from tests.publish.checkouts import OTHER, UNIT, Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Two notebooks, one of which reads a data file; code; in a folder with a space in its name."""
    checkout = Checkout(tmp_path / "a checkout")
    checkout.write("data/cost/price.txt", "2\n")
    checkout.write("src/playbook/laws/queueing.py", "SERVERS = 1\n")
    checkout.write("src/playbook/publish/site.py", "")
    checkout.write("src/playbook/sphinx/outputs.py", "")
    checkout.notebook(UNIT, 'price = int(open("../../data/cost/price.txt").read())', "price * 3")
    checkout.notebook(OTHER, "print('one')\nprint('two')")
    return checkout


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Names of the notebooks executed so far."""
    executed: list[str] = []
    original = execution.executed_text

    async def recorded(root: Path, name: str) -> str:
        executed.append(name)
        return await original(root, name)

    monkeypatch.setattr(execution, "executed_text", recorded)
    return lambda: executed
