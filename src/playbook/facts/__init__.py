"""A number shown to readers: its value, unit, text, formula, and the assumptions that it read."""

from playbook.answer import Value
from playbook.facts.fact import Fact, evaluate, live, names, summary, text, value
from playbook.facts.interval import Interval, interval
from playbook.facts.swings import Swing, sensitivity
from playbook.facts.writing import written

__all__ = [
    "Fact",
    "Interval",
    "Swing",
    "Value",
    "evaluate",
    "interval",
    "live",
    "names",
    "sensitivity",
    "summary",
    "text",
    "value",
    "written",
]
