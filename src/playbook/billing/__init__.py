"""FOCUS exports of any provider, and the questions that a bill answers: Ibis, on any engine."""

from .charges import charges
from .columns import COLUMNS, NEEDED, Column, Kind, Level
from .problems import problems
from .read import read

__all__ = ["COLUMNS", "NEEDED", "Column", "Kind", "Level", "charges", "problems", "read"]
