"""The tenant that is too small for a page, against cases worked by hand."""

import pytest

from playbook import model, reliability

SYSTEM = model.load()


def even(tenants: int) -> model.System:
    """Tenants that all send the same."""
    return model.what_if(SYSTEM, {"tenancy.tenants": tenants, "tenancy.skew_exponent": 0.0})


# At 99.95 % the slow page speaks above 6 x 0.05 % = 0.3 % late, the ticket above 0.05 %.
@pytest.mark.parametrize(("tenants", "unheard"), [(4, 0), (300, 0), (400, 400), (1000, 1000)])
def test_a_tenant_is_unheard_when_its_share_is_below_the_slow_page(tenants: int, unheard: int) -> None:
    assert reliability.unheard_tenants(even(tenants)) == unheard


# Share 0.1 %: 72 h x 0.05 / 0.1; share 0.2 %: 72 h x 0.05 / 0.2. Share 0.01 % is below the ticket too.
@pytest.mark.parametrize(("tenants", "hours"), [(1000, 36.0), (500, 18.0), (10_000, float("inf"))])
def test_a_ticket_opens_when_its_window_has_seen_enough(tenants: int, hours: float) -> None:
    assert reliability.smallest_tenant_ticket_hours(even(tenants)) == pytest.approx(hours)


def test_a_tenant_at_twice_the_allowed_share_spends_the_budget_in_half_the_window() -> None:
    assert reliability.smallest_tenant_budget_days(even(1000)) == pytest.approx(15.0)
