import pytest

from playbook import model, notebook
from playbook.charts import cost

SYSTEM = model.load()


def test_say_carries_text_and_template() -> None:
    said = notebook.say("About **{reliability.error_budget_minutes}** and {cost.usd_per_month:,.0f}.", SYSTEM)
    bundle = said._repr_mimebundle_()
    assert bundle["text/markdown"].startswith("About **21.6 minutes** and \\$")  # type: ignore[attr-defined]
    assert bundle[notebook.SAY] == {
        "template": "About **{reliability.error_budget_minutes}** and {cost.usd_per_month:,.0f}."
    }


def test_say_follows_the_system_it_is_given() -> None:
    strict = model.what_if(SYSTEM, {"targets.availability_fraction": 0.999})
    said = notebook.say("{reliability.error_budget_minutes}", strict)
    assert repr(said) == "43.2 minutes"
    # The book would put today's numbers into a template.
    assert list(said._repr_mimebundle_()) == ["text/markdown"]


def test_a_doubled_brace_is_a_brace() -> None:
    assert repr(notebook.say("{{x}} {reliability.error_budget_minutes:{:.0f}}", SYSTEM)) == "{x} 22"


@pytest.mark.parametrize(
    "template", ["{", "}", "{x}", "{reliability.nothing}", "{reliability.error_budget_minutes:zz}"]
)
def test_a_sentence_that_cannot_be_computed_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"brace|no fact|format"):
        notebook.say(template, SYSTEM)


def test_show_emits_the_chart_and_its_words_and_nothing_else() -> None:
    figure = cost.bill(SYSTEM)
    shown = notebook.show(figure)
    assert shown._repr_mimebundle_() == {notebook.PLOTLY: figure}
    assert repr(shown) == figure["layout"]["meta"]["alt"]  # type: ignore[index]


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="has 1 cells, the head has 2"):
        notebook.table(("a", "b"), [("1",)])


def test_a_cell_keeps_its_bar() -> None:
    assert r"a \| b" in repr(notebook.table(("x",), [("a | b",)]))
