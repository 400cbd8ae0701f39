"""A rebuild reads the pages whose text changed, and writes those whose tips changed."""

import json
import subprocess
import sys

import pytest

from tests.sphinx.project import Project


@pytest.fixture
def book(project: Project) -> Project:
    """A page on volume, one on people, one with a table of assumptions, and one with nothing."""
    project.page("index", "# Index\n\n```{toctree}\nvolume\npeople\nteam\nplain\n```\n")
    project.page("volume", "# Volume\n\n{fact}`context.peak_per_second`\n")
    project.page("people", "# People\n\n{fact}`context.pay_usd_per_month`\n")
    project.page("team", "# Team\n\n```{assumptions} team\n```\n")
    project.page("plain", "# Plain\n")
    return project


def test_nothing_is_read_again_when_nothing_changed(book: Project) -> None:
    assert book.build().read == {"index", "volume", "people", "team", "plain"}
    assert book.build().read == set()


def test_a_value_changed_has_exactly_its_pages_read_again(book: Project) -> None:
    book.build()
    book.change("context/traffic.toml", "traffic.peak_factor", "2.5")
    assert book.build().read == {"volume"}
    book.change("context/team.toml", "team.platform_engineers", "8")
    assert book.build().read == {"people", "team"}


@pytest.mark.usefixtures("few_facts")
def test_a_register_is_read_again_after_any_change_of_data(book: Project) -> None:
    book.page("plain", "# Plain\n\n```{register}\n```\n")
    assert book.build().warnings == ""
    book.change("context/team.toml", "team.platform_engineers", "8")
    assert book.build().read == {"people", "team", "plain"}


def test_a_page_whose_tip_alone_changed_is_written_but_not_read(book: Project) -> None:
    book.build("html")
    file = book.data / "context" / "team.toml"
    text = file.read_text("utf-8")
    start = text.index("source = ", text.index("[team.pay_usd_per_year]"))
    file.write_text(text[:start] + 'source = "another survey"' + text[text.index("\n", start) :], "utf-8")
    built = book.build("html")
    assert built.read == {"team"}
    assert built.written >= {"people", "team"}
    assert "volume" not in built.written


def test_wrong_data_stops_the_build_with_file_and_key(book: Project) -> None:
    book.change("context/team.toml", "team.platform_engineers", "-3")
    with pytest.raises(Exception, match=r"team\.platform_engineers"):
        book.build()


def test_pages_are_read_in_parallel_and_remembered(book: Project) -> None:
    for number in range(8):
        book.page(f"page{number}", f"# Page {number}\n\n{{fact}}`context.peak_per_second`\n")
    book.page("index", "# Index\n\n```{toctree}\n:glob:\n*\n```\n")
    source = book.folder / "source"
    lines = [f"{key} = {value!r}" for key, value in book.settings().items()]
    (source / "conf.py").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-j", "2", "-W", "--keep-going", str(source)]
    first = subprocess.run([*command, str(book.folder / "html")], capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    assert "serial read" not in first.stdout + first.stderr
    book.change("context/traffic.toml", "traffic.peak_factor", "2.5")
    again = subprocess.run([*command, str(book.folder / "html")], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "0 added, 9 changed, 0 removed" in again.stdout


def test_tips_hold_each_fact_and_each_input_once(book: Project) -> None:
    book.page(
        "people", "# People\n\n{fact}`context.pay_usd_per_month` {fact}`context.pay_usd_per_month:~2`\n"
    )
    page = book.build("html").page("people.html")
    script = page.partition('id="playbook-tips">')[2].partition("</script>")[0]
    tips = json.loads(script)
    assert list(tips["facts"]) == ["fact-context-pay_usd_per_month"]
    assert set(tips["inputs"]) == {"team.pay_usd_per_year", "team.platform_engineers"}
