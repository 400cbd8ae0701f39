"""Postmortem tables come from the record, and follow it."""

import re

import pytest

from tests.sphinx.project import Project

PAGE = "# One\n\n" + "\n\n".join(
    f"```{{{kind}}} hot_key\n```" for kind in ("impact", "timeline", "told", "actions")
)


def test_each_table_stands_on_the_page_with_what_the_record_has(project: Project) -> None:
    project.page("index", PAGE)
    built = project.build("html")
    assert built.warnings == ""
    page = re.sub(r"<[^>]+>", " ", built.page("index.html"))
    for passage in (
        "94 minutes",
        "2024-03-19  14:02",
        "wrong fix",
        "nobody else is affected",
        "done , 2024-06-21, late",
    ):
        assert re.sub(r"\s+", " ", passage) in re.sub(r"\s+", " ", page)


@pytest.mark.parametrize("kind", ["impact", "timeline", "told", "actions"])
def test_an_unknown_incident_is_a_warning_at_its_line(project: Project, kind: str) -> None:
    project.page("index", f"# One\n\n```{{{kind}}} flood\n```\n")
    assert f"index.md:3: WARNING: {kind}: incident 'flood' has no timeline" in project.build().warnings


def test_a_page_is_read_again_when_its_incident_changes_and_only_then(project: Project) -> None:
    project.page("index", "# One\n\n```{timeline} hot_key\n```\n\n```{toctree}\nother\n```\n")
    project.page("other", "# Other\n\n```{timeline} retry_storm\n```\n")
    project.build("html")
    file = project.data / "reliability" / "incidents" / "hot_key.toml"
    file.write_text(file.read_text("utf-8").replace("A quota at the edge", "A limit at the edge"), "utf-8")
    again = project.build("html")
    assert again.read == {"index"}
    assert "A limit at the edge" in again.page("index.html")
