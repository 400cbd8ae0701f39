"""What the objective leaves to spend."""

from playbook.answer import answer
from playbook.laws import availability
from playbook.model import System


@answer(unit="min/month", show="{:.1f} minutes")
def error_budget_minutes(system: System) -> float:
    """Full outage that the objective allows in one window."""
    return (
        availability.downtime_seconds(
            objective=system.targets.availability_fraction, window_days=system.alerts.window_days
        )
        / 60
    )


@answer(unit="events", show="{:~3} events")
def error_budget_events(system: System) -> float:
    """Events that may be late in one window."""
    allowed = 1 - system.targets.availability_fraction
    return system.traffic.events_per_day * system.alerts.window_days * allowed


@answer(unit="min/month", show="{:.1f} minutes")
def contract_budget_minutes(system: System) -> float:
    """Full outage that the contract allows in one window of the same length."""
    return (
        availability.downtime_seconds(
            objective=system.alerts.contract_fraction, window_days=system.alerts.window_days
        )
        / 60
    )


@answer(unit="%", show="{:.4g} %")
def contract_percent(system: System) -> float:
    """The availability that the contract promises, in per cent."""
    return 100 * system.alerts.contract_fraction


@answer(unit="budgets", show="{:.1f} budgets")
def target_incident_budgets(system: System) -> float:
    """Monthly budgets that one full outage spends when MTTD and MTTR are both met."""
    return (system.targets.detect_minutes + system.targets.repair_minutes) / error_budget_minutes(system)


@answer(unit="budgets", show="{:.1f}")
def target_incident_contract_budgets(system: System) -> float:
    """The same incident over what the contract allows in one window of the same length."""
    outage = system.targets.detect_minutes + system.targets.repair_minutes
    return outage / contract_budget_minutes(system)


@answer(unit="budgets", show="{:.0%}")
def rejected_budget_fraction(system: System) -> float:
    """Share of the budget of accepted that events refused over quota spend."""
    return system.quotas.rejected_valid_fraction / (1 - system.targets.availability_fraction)
