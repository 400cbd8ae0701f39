"""The directive ``{drills}``: the record of game days and recovery drills as a table."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from playbook.model import Drill
from playbook.sphinx import source
from playbook.sphinx.shown import ShownDrills
from playbook.sphinx.tables import Row, line, table
from playbook.sphinx.written import plain

HEAD = ("Day", "Scenario", "Minutes allowed", "Minutes taken", "What it taught")


class DrillsDirective(SphinxDirective):
    """Every drill by date, with its time against the time allowed."""

    def run(self) -> list[nodes.Node]:
        """One table."""
        made = table(HEAD, [_row(drill) for drill in source.system(self.config).drills], kind="drills")
        made["shows"] = ShownDrills()
        return [made]


def _row(drill: Drill) -> Row:
    ended = "passed" if drill.passed else "failed"
    return Row(
        (
            [line(drill.on.isoformat()), line(drill.kind, kind="why")],
            [line(drill.scenario)],
            [line(plain(drill.target_minutes))],
            [line(plain(drill.measured_minutes)), line(nodes.strong(ended, ended))],
            [line(drill.note)],
        )
    )
