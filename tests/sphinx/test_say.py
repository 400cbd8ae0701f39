"""A sentence's fields become roles."""

import pytest

from playbook.sphinx.say import markdown


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("About {a.b} remain", "About {fact}`a.b` remain"),
        ("{a.b:,.0f}", "{fact}`a.b:,.0f`"),
        ("{a.b:${:,.2f} flat}", "{fact}`a.b:${:,.2f} flat`"),
        ("**{a.b}**, {{literally}}", "**{fact}`a.b`**, {literally}"),
    ],
    ids=["plain", "format", "whole template", "doubled braces"],
)
def test_fields_become_roles_and_doubled_braces_braces(template: str, expected: str) -> None:
    assert markdown(template) == expected


@pytest.mark.parametrize("template", ["{a.b", "a.b}", "{}", "{a.b!r}"])
def test_a_brace_that_is_no_field_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"[Ss]ingle|expected|field"):
        markdown(template)
