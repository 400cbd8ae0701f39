import math

import pytest

from playbook import cost, model
from playbook.cost import margins

SYSTEM = model.load()
SHIP = model.at_end_of(SYSTEM, "ship")


@pytest.mark.parametrize("rule", margins.RULES)
@pytest.mark.parametrize("system", [SHIP, SYSTEM], ids=["ship", "today"])
def test_every_rule_hands_out_the_whole_bill_and_no_more(system: model.System, rule: margins.Rule) -> None:
    pay = system.team.platform_engineers * 180_000 / 12
    assert math.fsum(margins.tenant_cost(system, rule=rule)) == pytest.approx(cost.usd_per_month(system))
    loaded = margins.tenant_cost(system, rule=rule, people=True)
    assert math.fsum(loaded) == pytest.approx(cost.usd_per_month(system) + pay)


def test_tenants_pay_what_the_contracts_are_worth() -> None:
    # 24 tenants, Zipf with exponent 0.6: the largest pays 1 / sum of k**-0.6 of $100K.
    assert math.fsum(margins.tenant_revenue(SHIP)) == pytest.approx(100_000)
    assert margins.tenant_revenue(SHIP)[0] == pytest.approx(100_000 / sum(k**-0.6 for k in range(1, 25)))


def test_equal_parts_are_hardest_on_the_small_and_events_on_the_large() -> None:
    equal, events = (
        margins.tenant_cost(SHIP, rule=rule, people=True) for rule in ("in equal parts", "by events")
    )
    paid = margins.tenant_revenue(SHIP)
    assert [c > p for c, p in zip(equal, paid, strict=True)] == [False] * 12 + [True] * 12
    assert [c > p for c, p in zip(events, paid, strict=True)] == [True] + [False] * 23


def test_by_contract_value_all_lose_together_or_none() -> None:
    assert margins.losing(SHIP, rule="by contract value", people=True) == 0
    poor = model.what_if(SYSTEM, {"contracts.usd_per_month": 100_000.0})
    assert margins.losing(poor, rule="by contract value", people=True) == poor.tenancy.tenants


def test_half_of_the_events_come_from_the_first_few() -> None:
    count = margins.tenants_sending_half(SYSTEM)
    sent = margins.tenant_events(SYSTEM)
    assert sum(sent[: count - 1]) < sum(sent) / 2 <= sum(sent[:count])
