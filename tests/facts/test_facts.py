import ast
import math
from datetime import date
from types import ModuleType

import pytest

from playbook import facts, model
from playbook.answer import answer
from playbook.facts import fact
from playbook.facts.formula import formula
from playbook.model import System

SYSTEM = model.load()
ERAS = [model.at_end_of(SYSTEM, era.name) for era in SYSTEM.eras]


def moved(system: System, paths: set[str], side: int) -> System:
    """The system with all of ``paths`` at one end: of their range where they have one, else of their limits."""
    return model.what_if(
        system, {p: (a.ends or a.limits)[side] for p in paths for a in (system.assumptions[p],)}
    )


@pytest.mark.parametrize("name", facts.names())
def test_what_a_fact_did_not_read_cannot_move_it(name: str) -> None:
    unread = set(SYSTEM.assumptions) - set(facts.evaluate(name, SYSTEM).reads)
    for system in ERAS:
        there = facts.value(name, system)
        for side in (0, 1):
            assert facts.value(name, moved(system, unread, side)) == there


@pytest.mark.parametrize("name", facts.names())
def test_a_fact_is_finite_named_and_explained_in_every_era(name: str) -> None:
    for system in ERAS:
        fact = facts.evaluate(name, system)
        assert fact.summary.endswith(".")
        assert fact.text
        assert not (isinstance(fact.value, float) and not math.isfinite(fact.value))
        assert set(fact.reads) <= set(SYSTEM.assumptions)
        assert fact.reads or fact.records


@pytest.mark.parametrize("name", facts.names())
def test_a_formula_is_an_expression_of_assumptions_and_other_facts(name: str) -> None:
    text = facts.evaluate(name, SYSTEM).formula
    tree = ast.parse(text, mode="eval")
    assert "system.traffic" not in text
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            group = getattr(SYSTEM, node.value.id, None)
            if group is not None and f"{node.value.id}.{node.attr}" in SYSTEM.assumptions:
                assert f"{node.value.id}.{node.attr}" in facts.evaluate(name, SYSTEM).reads


def test_no_assumption_can_be_changed_in_vain() -> None:
    read = {path for name in facts.names() for path in facts.evaluate(name, SYSTEM).reads}
    assert set(SYSTEM.assumptions) - read == set()


def test_an_unknown_fact_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no fact; the nearest are: cost\.usd_per_month"):
        facts.evaluate("cost.usd_per_mont", SYSTEM)


def test_a_fact_of_another_system_is_another_value() -> None:
    strict = model.what_if(SYSTEM, {"targets.availability_fraction": 0.999})
    assert facts.text("reliability.error_budget_minutes", strict) == "43.2 minutes"
    assert facts.text("reliability.error_budget_minutes", SYSTEM) == "21.6 minutes"


def test_sensitivity_is_largest_first_over_ranges_of_what_was_read() -> None:
    swings = facts.sensitivity("architecture.busiest_consumer_fraction", SYSTEM)
    assert swings[0].path == "stream.consumer_seconds_per_record"
    assert [s.size for s in swings] == sorted((s.size for s in swings), reverse=True)
    # Use is proportional to the time a record takes: 3 to 6 ms around 4 ms.
    now = facts.value("architecture.busiest_consumer_fraction", SYSTEM)
    assert isinstance(now, float)
    assert swings[0].at_low == pytest.approx(now * 0.75)
    assert swings[0].at_high == pytest.approx(now * 1.5)


def test_a_fact_of_targets_alone_has_no_sensitivity() -> None:
    assert facts.sensitivity("context.first_attempt_fraction", SYSTEM) == ()


def test_the_interval_of_a_product_is_what_lognormal_arithmetic_says() -> None:
    # consumer_per_second = 1 / seconds: one lognormal input, so its 5th and 95th percentiles are the ends' inverses.
    spread = facts.interval("architecture.consumer_per_second", SYSTEM, samples=4000)
    assert spread.low == pytest.approx(1 / 0.006, rel=0.03)
    assert spread.high == pytest.approx(1 / 0.003, rel=0.03)
    assert spread.median == pytest.approx(1 / math.sqrt(0.003 * 0.006), rel=0.02)


def test_the_same_seed_gives_the_same_interval() -> None:
    first = facts.interval("cost.usd_per_month", SYSTEM, samples=50)
    assert first == facts.interval("cost.usd_per_month", SYSTEM, samples=50)
    assert first != facts.interval("cost.usd_per_month", SYSTEM, samples=50, seed=1)


@pytest.mark.parametrize(
    ("value", "template", "spec", "text"),
    [
        (21.6, "{:.1f} minutes", "", "21.6 minutes"),
        (21.6, "{:.1f} minutes", ".0f", "22 minutes"),
        (21.6, "{:.1f} minutes", "{:.2f}", "21.60"),
        (1_410_000, "{:~3} events", "", "1.41M events"),
        (999_999.0, "{:~3}", "", "1M"),
        (180e6, "{:~3}/day", "", "180M/day"),
        (0.0, "{:~3}", "", "0"),
        (-1234.5, "${:,.0f}", "", "−$1,234"),
        (-0.001, "${:,.0f}", "", "$0"),
        (None, "{:.1f} months", "", "never"),
        (math.inf, "{:.1f} months", "", "never"),
        (date(2026, 2, 3), "{:%Y-%m}", "", "2026-02"),
    ],
)
def test_a_value_is_written(value: facts.Value, template: str, spec: str, text: str) -> None:
    assert facts.written(value, template, spec=spec) == text


@pytest.mark.parametrize(
    ("value", "template", "spec"), [(1.0, "{:d}", ""), (1.0, "{:.1f}", "zz"), (1.0, "no field", "")]
)
def test_a_format_that_does_not_fit_is_refused(value: float, template: str, spec: str) -> None:
    with pytest.raises(ValueError, match="format"):
        facts.written(value, template, spec=spec)


def loops(system: System) -> float:
    total = 0.0
    for _ in range(3):
        total += system.traffic.peak_factor
    return total


def local(system: System) -> float:
    """Doc."""
    peak, share = system.traffic.peak_factor, system.traffic.us_fraction
    twice = 2 * peak
    if share > 0.5:
        return twice
    return twice / share


def test_a_formula_writes_out_local_names_and_branches() -> None:
    assert (
        formula(local)
        == "2 * traffic.peak_factor if traffic.us_fraction > 0.5 else 2 * traffic.peak_factor / traffic.us_fraction"
    )


def test_a_fact_with_a_loop_is_refused() -> None:
    with pytest.raises(ValueError, match="a fact is one expression"):
        formula(loops)


def test_two_facts_of_one_name_in_a_section_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [ModuleType("playbook.cost.one"), ModuleType("playbook.cost.two")]
    for module in twins:

        def bill(system: System) -> float:
            """What it costs."""
            return system.as_of.year

        bill.__module__ = module.__name__
        vars(module)["bill"] = answer(unit="USD", show="{:.0f}")(bill)
    monkeypatch.setattr(fact, "_modules", lambda _: twins)
    monkeypatch.setattr(fact, "SECTIONS", ("cost",))
    fact._answers.cache_clear()
    with pytest.raises(ValueError, match=r"cost.bill stands in playbook.cost.one and in playbook.cost.two"):
        facts.names()
    fact._answers.cache_clear()
