import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook import model


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model.data_folder(), tmp_path / "data"))


@pytest.fixture
def edited(data: Path) -> Callable[[str, str, str], Path]:
    """A data folder with one passage of one file replaced, which must be there exactly once."""

    def edit(file: str, old: str, new: str) -> Path:
        text = (data / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (data / file).write_text(text.replace(old, new), "utf-8")
        return data

    return edit
