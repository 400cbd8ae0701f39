"""What the replay of incident 3 sent twice."""

from playbook.answer import answer
from playbook.model import System, at
from playbook.reliability.budget import error_budget_events
from playbook.reliability.incidents import incident


@answer(unit="events", show="{:~3} events")
def duplicated_events(system: System) -> float:
    """Events that incident 3's replay sent again, at the least."""
    return system.idempotency.duplicated_events


@answer(unit="deliveries", show="{:~3} deliveries")
def duplicated_deliveries(system: System) -> float:
    """Deliveries that those events became."""
    return system.idempotency.duplicated_events * system.traffic.deliveries_per_event


@answer(unit="budgets", show="{:.2f} budgets")
def duplicated_budgets(system: System) -> float:
    """Monthly budgets of correct that those events spent, at that day's volume."""
    then = at(system, incident(system, "contract_before_expand").on)
    return system.idempotency.duplicated_events / error_budget_events(then)
