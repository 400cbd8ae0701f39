"""Decision records whose triggers the build evaluates: which hold, by what margin, and where each falls."""

from playbook.decisions.board import Row, State, board, due, margins
from playbook.decisions.flips import Flip, flips
from playbook.decisions.matter import RecordError, front_matter
from playbook.decisions.record import Record, Trigger, folder, records
from playbook.decisions.spread import Spread, spread

__all__ = [
    "Flip",
    "Record",
    "RecordError",
    "Row",
    "Spread",
    "State",
    "Trigger",
    "board",
    "due",
    "flips",
    "folder",
    "front_matter",
    "margins",
    "records",
    "spread",
]
