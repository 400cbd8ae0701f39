import math
import random
from statistics import fmean

import pytest

from playbook import model
from playbook.cost import commitments

SYSTEM = model.load()


def test_the_newsvendor_commits_to_the_quantile_that_the_discount_names() -> None:
    # Arrow, Harris and Marschak: price 1, cost 0.73, so 27 %.
    assert commitments.newsvendor_fraction(SYSTEM) == pytest.approx(0.27)


def test_the_signed_plan_is_near_the_tenth_percentile() -> None:
    assert commitments.committed_fraction(SYSTEM) == pytest.approx(0.10, abs=0.02)


def test_the_expected_saving_agrees_with_drawn_years_within_three_standard_errors() -> None:
    rng, plan = random.Random(20260401), SYSTEM.commitment
    now = commitments.nodes_usd_per_hour(model.at(SYSTEM, commitments.SIGNED))
    covered = plan.usd_per_hour / (1 - plan.discount_fraction)
    drawn = [
        min(rng.lognormvariate(math.log(now * plan.demand_median), plan.demand_sigma), covered)
        - plan.usd_per_hour
        for _ in range(40_000)
    ]
    spread = math.sqrt(fmean(x * x for x in drawn) - fmean(drawn) ** 2) / math.sqrt(len(drawn))
    found = commitments.expected_saving_usd_per_month(SYSTEM, plan.usd_per_hour) / model.HOURS_PER_MONTH
    assert found == pytest.approx(fmean(drawn), abs=3 * spread)


@pytest.mark.parametrize("factor", [0.9, 0.97, 1.03, 1.1])
def test_no_other_plan_saves_more_than_the_best(factor: float) -> None:
    best = commitments.best_usd_per_hour(SYSTEM)
    other = commitments.expected_saving_usd_per_month(SYSTEM, factor * best)
    assert other < commitments.best_expected_saving_usd_per_month(SYSTEM)


def test_a_plan_of_nothing_saves_nothing() -> None:
    assert commitments.expected_saving_usd_per_month(SYSTEM, 0.0) == 0.0


def test_keeping_the_option_never_pays_in_expectation() -> None:
    assert commitments.option_usd_per_month(SYSTEM) > 0
