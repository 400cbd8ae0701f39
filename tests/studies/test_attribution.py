"""What of our export is laid at whose door: the parts are the bill, and the story is the arithmetic's."""

import math

import ibis
import pyarrow.parquet as pq
import pytest

from playbook import billing, cost, model
from playbook.laws import allocation
from playbook.studies import attribution, fairness, own_export

SYSTEM = model.load()
EXPORTS = model.data_folder() / "cost" / "export"


def test_the_ways_of_a_month_add_up_to_the_export_to_the_cent() -> None:
    table = pq.read_table(EXPORTS / "monthly.parquet").to_pandas()
    for month, costs in table.groupby(table.BillingPeriodStart.dt.date).EffectiveCost:
        assert math.fsum(attribution.months()[month].values()) == pytest.approx(costs.sum(), abs=0.005)


@pytest.mark.parametrize("grain", ["monthly", "daily"])
def test_our_export_breaks_no_rule(grain: str) -> None:
    found = billing.problems(billing.read(EXPORTS / f"{grain}.parquet"), as_of=SYSTEM.as_of)
    assert found.empty


def test_both_grains_read_at_once_are_noticed() -> None:
    rules = billing.problems(billing.read(EXPORTS)).set_index("rule")
    assert rules.loc[billing.wholes.GRAINS, "kind"] == "violated"


def test_the_export_tells_the_shares_of_the_model_but_for_nodes_that_share_a_sku() -> None:
    """Within two points: a month's mean volume against the book's day, and the workers for volume."""
    pairs = {
        attribution.direct_fraction: cost.placing.tagged_fraction,
        attribution.caused_fraction: cost.placing.caused_fraction,
        attribution.placed_fraction: cost.placing.placed_fraction,
        attribution.unallocatable_fraction: cost.placing.unallocatable_fraction,
    }
    for ours, models in pairs.items():
        assert ours(SYSTEM) == pytest.approx(models(SYSTEM), abs=0.02)


def test_every_rule_hands_out_the_same_dollars() -> None:
    sums = [
        math.fsum(fairness.paid(SYSTEM, rule).values()) for rule in ("equal", "regional", "events", "direct")
    ]
    assert sums == pytest.approx([sums[0]] * 4)
    assert sums[0] == pytest.approx(attribution.whole(SYSTEM) - attribution.unallocatable_usd(SYSTEM))


def test_one_region_pays_for_the_other_under_every_rule_and_the_shapley_value_ends_it() -> None:
    alone = fairness.region_alone(SYSTEM)
    assert all(fairness.subsidy(SYSTEM, rule) > 0 for rule in ("equal", "regional", "events", "direct"))
    fair = allocation.shapley(list(alone), lambda group: math.fsum(alone[where] for where in group))
    assert fair == pytest.approx(dict(alone))


def test_what_stands_still_by_region_is_what_the_rule_places() -> None:
    standing = math.fsum(usd for usd, _ in fairness.placed_by_region(SYSTEM).values())
    assert standing == pytest.approx(attribution.ways(SYSTEM)["placed"])


def test_anothers_export_is_never_attributed_by_our_usage(tmp_path: object) -> None:
    export = f"{tmp_path}/other.parquet"
    pq.write_table(pq.read_table(EXPORTS / "monthly.parquet"), export)
    other = own_export.given(export, attribution.USAGE, attribution.DRIVERS)
    assert other.usage is None
    assert other.drivers is None
    assert isinstance(own_export.given(attribution.EXPORT, attribution.USAGE).usage, ibis.Table)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"nothing\.csv"):
        own_export.given(attribution.EXPORT, "nothing.csv")
