"""The one form in which notebooks are committed: what the same run writes twice is the same bytes."""

import hashlib
import json
from typing import cast

import nbformat
from nbformat import NotebookNode

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
VOLATILE = ("ExecuteTime", "collapsed", "execution", "papermill", "scrolled", "widgets")
"""Metadata that differ from run to run or from one reader's screen to another's."""


def parsed(text: str) -> NotebookNode:
    """The notebook in ``text``, valid format 4.5, every cell with an id; ids that are there stay.

    Raises ``ValueError`` for text that is no notebook of format 4.
    """
    raw = json.loads(text)
    if not isinstance(raw, dict) or raw.get("nbformat") != 4 or not isinstance(raw.get("cells"), list):
        raise ValueError("not the JSON of a notebook of format 4")
    notebook = nbformat.from_dict(raw)
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    taken: set[str] = set()
    for cell in notebook.cells:
        if cell.get("id") in taken or "id" not in cell:
            cell["id"] = _fresh_id(cell, taken)
        taken.add(cell["id"])
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise ValueError(f"not a valid notebook: {error.message}") from error
    return cast(NotebookNode, nbformat.v4.rwbase.rejoin_lines(notebook))


def _fresh_id(cell: NotebookNode, taken: set[str]) -> str:
    """An id from the cell's own text that no earlier cell has."""
    base = hashlib.sha256(f"{cell.cell_type}\n{''.join(cell.source)}".encode()).hexdigest()[:8]
    ids = (base if not again else f"{base}-{again}" for again in range(len(taken) + 1))
    return next(candidate for candidate in ids if candidate not in taken)


def text(notebook: NotebookNode) -> str:
    """The notebook as it is committed: no traces of when, where or on which Python it ran."""
    notebook = nbformat.from_dict(notebook)
    metadata = {key: value for key, value in notebook.metadata.items() if key not in VOLATILE}
    notebook.metadata = NotebookNode(metadata, kernelspec=KERNELSPEC, language_info=LANGUAGE_INFO)
    for cell in notebook.cells:
        for key in VOLATILE:
            cell.metadata.pop(key, None)
    return cast(str, nbformat.writes(notebook)).rstrip("\n") + "\n"
