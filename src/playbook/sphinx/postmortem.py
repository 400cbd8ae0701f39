"""Directives of the postmortems: impact, timeline, what was told, and actions, each from the record."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from playbook import reliability
from playbook.facts import written
from playbook.model import Action, Incident, Moment, System, Timeline, Told
from playbook.reliability import Impact
from playbook.sphinx import source
from playbook.sphinx.shown import ShownIncident
from playbook.sphinx.tables import Row, line, table

WARN = logging.getLogger(__name__)
KINDS = {"started": "began", "wrong_fix": "wrong fix", "right_fix": "right fix", "fresh": "fresh again"}
FOLDER = "/book/05-reliability/postmortems"
DAY_MINUTES = 1440


class IncidentsDirective(SphinxDirective):
    """Every recorded incident in one table, each linked to its postmortem."""

    def run(self) -> list[nodes.Node]:
        """The table, newest last."""
        system = source.system(self.config)
        rows = (_incident(found, recorded) for found, recorded in _pairs(system))
        head = ("Incident", "To notice, to end", "Budgets", "Tenants", "Credits")
        made = table(head, rows, kind="incidents")
        # One for each incident: what a page shows is looked up by it.
        for node, recorded in zip(made.findall(nodes.row), (None, *system.incidents), strict=True):
            if recorded:
                node["shows"] = ShownIncident(recorded.name)
        return [made]


class _OfIncident(SphinxDirective):
    required_arguments = 1
    kind = ""
    head: Sequence[str] = ()

    def run(self) -> list[nodes.Node]:
        """One table of one incident, or a warning for a name that is none."""
        system, shown = source.system(self.config), ShownIncident(self.arguments[0])
        try:
            rows = tuple(self.rows(system, reliability.timeline(system, shown.name)))
        except ValueError as error:
            WARN.warning("%s: %s", self.name, error, location=self.get_location(), type="playbook")
            return []
        made = table(self.head, rows, kind=self.kind)
        made["classes"].append("incident")
        made["shows"] = shown
        return [made]

    def rows(self, system: System, found: Timeline) -> Iterator[Row]:
        """The rows of the table."""
        raise NotImplementedError


class ImpactDirective(_OfIncident):
    """``{impact} hot_key``: what it cost, beside what was given or promised."""

    kind = "impact"
    head = ("", "This incident", "Against")

    def rows(self, system: System, found: Timeline) -> Iterator[Row]:
        """Times, budgets, tenants, contracts, actions."""
        cost = reliability.impact(system, found.name)
        given = (system.targets.detect_minutes, system.targets.repair_minutes)
        yield _line("Time to detect", _long(cost.detect_minutes), f"{given[0]:.0f} minutes given")
        yield _line("Time to resolve", _long(cost.resolve_minutes), f"{given[1]:.0f} minutes given")
        yield _line("Budget of fresh", _budgets(cost.fresh_budgets), "one a month, whole platform")
        yield _line("Budget of correct", _budgets(cost.correct_budgets), "the same")
        yield _line("Budget of accepted", _budgets(cost.accepted_budgets), "the same; refused over quota")
        yield _line("By server errors", _budgets(cost.server_error_budgets), "the definition we were given")
        place = {"us": "in the United States", "eu": "in the EU", "all": "in both regions"}[found.region]
        yield _line("Tenants hit", f"{cost.tenants_hit}", f"of {cost.tenants_in_region} {place}")
        promised = f"{system.alerts.contract_fraction:.1%} promised for the calendar month"
        yield _line("Fresh, for a tenant hit", f"{cost.availability_fraction:.2%}", promised)
        most = f"{cost.credit_fraction:.0%} of the month's fee; at most {_usd(cost.credits_at_most_usd)}"
        yield _line("Credits owed", _usd(cost.credits_usd), most if cost.credit_fraction else "promise kept")
        at_risk = f"{_usd(cost.at_risk_usd_per_year)} a year" if cost.at_risk_usd_per_year else "none"
        yield _line("Contracts at risk", at_risk, "those whose promise was broken")
        yield _line("Actions done in time", f"{cost.actions_in_time}", f"of {cost.actions}")


class TimelineDirective(_OfIncident):
    """``{timeline} hot_key``: what happened, beside what we knew then."""

    kind = "moments"
    head = ("UTC", "What happened", "What we knew")

    def rows(self, system: System, found: Timeline) -> Iterator[Row]:
        """The moments in order."""
        last = None
        for moment in found.moments:
            label = KINDS.get(moment.kind, moment.kind)
            kind = [] if moment.kind == "note" else [line(label, kind=f"moment moment-{_class(moment)}")]
            yield Row(([_when(moment, last)], [*kind, line(moment.text)], [line(moment.knew)]))
            last = moment.at


class ToldDirective(_OfIncident):
    """``{told} hot_key``: what tenants were told, beside what we knew then."""

    kind = "told"
    head = ("UTC", "What we said", "What we knew")

    def rows(self, system: System, found: Timeline) -> Iterator[Row]:
        """The messages in order."""
        last = None
        for told in found.told:
            said = [line(f"to {told.to}" if told.to != "status page" else "on the status page", kind="why")]
            yield Row(([_when(told, last)], [*said, line(told.text)], [line(told.knew)]))
            last = told.at


class ActionsDirective(_OfIncident):
    """``{actions} hot_key``: what was to be done, and what became of it."""

    kind = "actions"
    head = ("Action", "Due", "Fate")

    def rows(self, system: System, found: Timeline) -> Iterator[Row]:
        """The actions as the postmortem listed them."""
        for action in found.actions:
            what = [line(action.text), line(action.owner, kind="why")]
            yield Row(
                (
                    what,
                    [line(action.due.isoformat(), kind="when")],
                    [_fate(action), line(action.note, kind="why")],
                )
            )


def _pairs(system: System) -> Iterator[tuple[Impact, Incident]]:
    return zip(reliability.impacts(system), system.incidents, strict=True)


def _incident(cost: Impact, recorded: Incident) -> Row:
    target = f"{FOLDER}/{recorded.on.isoformat()}-{recorded.name.replace('_', '-')}"
    to = addnodes.pending_xref(
        "", reftype="doc", refdomain="std", reftarget=target, refexplicit=True, refwarn=True
    )
    to += nodes.inline(recorded.title, recorded.title)
    spent = {"fresh": cost.fresh_budgets, "correct": cost.correct_budgets, "accepted": cost.accepted_budgets}
    told = [f"{value:.2f} {name}" for name, value in spent.items() if value]
    times = [line(_long(cost.detect_minutes)), line(_long(cost.resolve_minutes))]
    return Row(
        (
            [line(to), line(recorded.on.isoformat(), kind="why")],
            times,
            [line(text) for text in told or ["none"]],
            [line(f"{cost.tenants_hit} of {cost.tenants_in_region}")],
            [line(_usd(cost.credits_usd) if cost.credits_usd else "none")],
        )
    )


def _line(what: str, value: str, against: str) -> Row:
    return Row(([line(what)], [line(value)], [line(against, kind="why")]))


def _when(entry: Moment | Told, last: datetime | None) -> nodes.paragraph:
    """The time, below its date where that is another than the one before."""
    clock = f"{entry.at:%H:%M}"
    if last and last.date() == entry.at.date():
        return line(clock, kind="when")
    return line(f"{entry.at:%Y-%m-%d} ", clock, kind="when")


def _fate(action: Action) -> nodes.paragraph:
    closed = f", {action.closed.isoformat()}" if action.closed else ""
    late = ", late" if action.fate == "done" and not action.in_time else ""
    return line(nodes.strong("", action.fate), f"{closed}{late}")


def _class(moment: Moment) -> str:
    return moment.kind.replace("_", "-")


def _long(minutes: float) -> str:
    return f"{minutes / DAY_MINUTES:.0f} days" if minutes >= 2 * DAY_MINUTES else f"{minutes:.0f} minutes"


def _budgets(value: float) -> str:
    return f"{value:.2f}" if value else "none"


def _usd(value: float) -> str:
    return f"${written(value, '{:~2}')}"
