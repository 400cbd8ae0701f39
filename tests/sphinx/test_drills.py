"""The record of drills on a page."""

import re

from playbook import model
from tests.sphinx.project import Project


def test_every_drill_has_a_row_with_its_times_and_what_became_of_it(project: Project) -> None:
    project.page("index", "# One\n\n```{drills}\n```\n")
    built = project.build("html")
    assert built.warnings == ""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", built.page("index.html"), re.S)[1:]
    drills = model.load().drills
    assert len(rows) == len(drills)
    for row, drill in zip(rows, drills, strict=True):
        assert drill.on.isoformat() in row
        assert f">{drill.measured_minutes:,.0f}<" in row
        assert ("passed" in row, "failed" in row) == (drill.passed, not drill.passed)
