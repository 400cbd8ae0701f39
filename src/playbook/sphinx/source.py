"""The system that this book shows, and a digest of all that it is made of."""

import hashlib
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

import playbook
from playbook import model
from playbook.facts import kept
from playbook.model import System

_loaded: dict[Path, tuple[System, str]] = {}


def load(app: Sphinx) -> None:
    """Read the data anew at the start of a build; processes that Sphinx forks inherit it."""
    folder = _folder(app.config)
    try:
        _loaded[folder] = model.load(path=folder), data_digest(folder)
    except ValueError as error:
        raise ConfigError(str(error)) from error
    if app.config.playbook_facts:
        kept.recall(system(app.config), Path(app.config.playbook_facts), digest=digest(app.config))


def system(config: Config) -> System:
    """The system on the book's date."""
    return _loaded[_folder(config)][0]


def digest(config: Config) -> str:
    """SHA-256, in hex, of the data and of the code that answers from it."""
    return _loaded[_folder(config)][1]


def _folder(config: Config) -> Path:
    return Path(config.playbook_data) if config.playbook_data else model.data_folder()


def data_digest(folder: Path) -> str:
    """SHA-256, in hex, of a data folder, of the code that answers from it, and of the interpreter."""
    code = Path(playbook.__file__).parent
    files = [file for kind in ("toml", "csv", "parquet") for file in folder.rglob(f"*.{kind}")]
    files += [
        file for file in code.rglob("*.py") if not {"publish", "sphinx"} & set(file.relative_to(code).parts)
    ]
    files += [file for file in (code.parents[1] / "requirements.lock",) if file.exists()]
    total = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        total.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return total.hexdigest()
