import pytest

from playbook import facts, model

SYSTEM = model.load()


def test_a_silo_costs_near_what_decision_0005_estimated() -> None:
    # "About $3.2K a tenant" by hand; bottom up it is somewhat more.
    assert facts.value("security.silo_usd_per_tenant_month", SYSTEM) == pytest.approx(3_200, rel=0.2)


def test_the_last_backup_outlives_the_law() -> None:
    assert facts.value("security.erasure_margin_days", SYSTEM) == -5
    shorter = model.what_if(SYSTEM, {"storage.backup_days": 20})
    assert facts.value("security.erasure_margin_days", shorter) == 10


def test_the_slowest_copy_sets_the_clock() -> None:
    kept = model.what_if(SYSTEM, {"stream.retention_hours": 8760})
    assert facts.value("security.erasure_last_copy_days", kept) == 365
