import math
import random
from datetime import date
from statistics import fmean

import pytest

from playbook import model
from playbook.cost import commitments, hindsight

SYSTEM = model.load()
PLAN = SYSTEM.commitment.usd_per_hour


def test_the_plan_has_run_seven_whole_months() -> None:
    months = hindsight.months_since_signing(SYSTEM)
    assert (months[0], months[-1], len(months)) == (date(2026, 4, 1), date(2026, 10, 1), 7)


def test_before_the_signing_there_is_the_day_of_signing_alone() -> None:
    assert hindsight.months_since_signing(model.at_end_of(SYSTEM, "ship")) == [date(2026, 4, 1)]


def test_the_bill_and_hindsight_agree_on_what_the_signed_plan_saves() -> None:
    # By hand: it covers 3.80 / 0.73 = 5.2055 dollars an hour of the 7.4094 that run, and saves 1.4055 of them.
    by_hand = (3.8 / 0.73 - 3.8) * 8766 / 12
    assert hindsight.saved_usd_per_month(SYSTEM, PLAN)[0] == pytest.approx(by_hand)


def test_hindsight_takes_the_discount_on_all_that_ran() -> None:
    # By hand, as node spend has stood still since the signing: 27 % of it.
    assert hindsight.hindsight_saving_usd_per_month(SYSTEM) == pytest.approx(
        0.27 * 7.4094 * 8766 / 12, rel=1e-4
    )


def test_regret_is_what_hindsight_saves_beyond_a_plan() -> None:
    demand = hindsight.demand_since_usd_per_hour(SYSTEM)
    found = hindsight.regret_usd_per_month(SYSTEM, PLAN, demand)
    assert found == pytest.approx(hindsight.signed_regret_usd_per_month(SYSTEM))


def test_the_minimax_plan_is_regretted_alike_at_both_ends_of_our_guess() -> None:
    plan = hindsight.minimax_usd_per_hour(SYSTEM)
    few, many = (
        hindsight.regret_usd_per_month(SYSTEM, plan, commitments.demand_quantile_usd_per_hour(SYSTEM, share))
        for share in hindsight.ENDS
    )
    assert few == pytest.approx(many)


def test_an_option_that_is_never_used_costs_what_the_plans_differ_by() -> None:
    worth = hindsight.option_worth_usd_per_month(SYSTEM, 12)
    assert worth == pytest.approx(-commitments.option_usd_per_month(SYSTEM))


def test_the_option_is_worth_nothing_at_the_wait_that_divides() -> None:
    wait = hindsight.option_pays_within_months(SYSTEM)
    assert hindsight.option_worth_usd_per_month(SYSTEM, wait) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("factor", [0.9, 1.1])
def test_the_signed_plan_is_the_best_first_purchase_for_the_wait_that_says_so(factor: float) -> None:
    wait = hindsight.option_best_months(SYSTEM)
    other = model.what_if(SYSTEM, {"commitment.usd_per_hour": factor * PLAN})
    assert hindsight.option_worth_usd_per_month(other, wait) < hindsight.option_worth_usd_per_month(
        SYSTEM, wait
    )


def test_the_options_worth_agrees_with_drawn_years_within_three_standard_errors() -> None:
    rng, guess = random.Random(20260401), SYSTEM.commitment
    now = commitments.nodes_usd_per_hour(model.at(SYSTEM, commitments.SIGNED))
    best = commitments.best_usd_per_hour(SYSTEM)

    def saved(plan: float, demand: float) -> float:
        covered = plan / 0.73
        return min(covered, demand) - plan + 0.27 * (1 - 4 / 12) * max(0.0, demand - covered)

    years = [
        rng.lognormvariate(math.log(now * guess.demand_median), guess.demand_sigma) for _ in range(40_000)
    ]
    drawn = [saved(PLAN, year) - saved(best, year) for year in years]
    error = math.sqrt((fmean(x * x for x in drawn) - fmean(drawn) ** 2) / len(drawn))
    found = hindsight.option_worth_usd_per_month(SYSTEM, 4) / model.HOURS_PER_MONTH
    assert found == pytest.approx(fmean(drawn), abs=3 * error)
