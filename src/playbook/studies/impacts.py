"""What an incident did, counted from its telemetry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from types import MappingProxyType

import pandas as pd

from playbook.model import System, at, data_folder
from playbook.reliability import error_budget_events, incident

FOLDER = "reliability/telemetry"
LATE_FRACTION = 0.01
"""Share of late events above which a step belongs to an incident; a good day has a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What an incident did, by its telemetry, over the whole platform."""

    name: str
    started: datetime
    """First step in which events were late; the recorded day where none were."""
    ended: datetime
    """End of the last such step."""
    due_events: float
    late_events: float
    wrong_events: float
    backlog_events: float
    """Most that stood before all readers at once, what a replay reads again included."""
    wait_minutes: float
    """Longest wait of an accepted event."""
    behind_minutes: float
    """Oldest record that a reader stood before."""
    server_error_fraction: float

    @property
    def minutes(self) -> float:
        """From the first late event to the last."""
        return (self.ended - self.started).total_seconds() / 60


def recorded() -> tuple[str, ...]:
    """Names of the incidents that have telemetry, sorted."""
    files = (data_folder() / FOLDER).glob("*.parquet")
    return tuple(sorted(file.stem for file in files if not file.stem.endswith(".panels")))


@cache
def frame(name: str) -> pd.DataFrame:
    """The telemetry of an incident, a row for each step, stream and group of tenants; not to be changed."""
    return pd.read_parquet(data_folder() / FOLDER / f"{name}.parquet")


@cache
def panels(name: str) -> pd.DataFrame:
    """What the dashboards of the day showed; not to be changed."""
    return pd.read_parquet(data_folder() / FOLDER / f"{name}.panels.parquet")


@cache
def steps(name: str) -> pd.DataFrame:
    """The platform step by step: counts summed, a stream's backlog once, the longest wait and age."""
    rows = frame(name)
    # Backlog is the stream's, and stands in the row of each group of its tenants.
    streams = rows.drop_duplicates(["at", "stream"]).groupby("at")
    counts = ["requests", "server_errors", "due", "fresh", "reconciled", "wrong"]
    summed = rows.groupby("at")[counts].sum()
    ages = [column for column in ("wait_seconds", "behind_seconds") if column in rows]
    return summed.assign(
        late=summed["due"] - summed["fresh"],
        backlog=streams["backlog"].sum(),
        **{column: streams[column].max() for column in ages},
    )


def impact(system: System, name: str) -> Impact:
    """What an incident did, by its telemetry; where nothing was late, over its recorded length."""
    recorded_incident = incident(system, name)
    whole = steps(name)
    step = whole.index[1] - whole.index[0]
    late = whole.index[whole["late"] > LATE_FRACTION * whole["due"]]
    started = datetime.combine(recorded_incident.on, time(), UTC)
    ended = started + timedelta(minutes=recorded_incident.minutes)
    if len(late):
        started, ended = late[0].to_pydatetime(), (late[-1] + step).to_pydatetime()
    during = whole[(whole.index >= started) & (whole.index < ended)]
    return Impact(
        name=name,
        started=started,
        ended=ended,
        due_events=float(during["due"].sum()),
        late_events=float(during["late"].sum()),
        wrong_events=float(during["wrong"].sum()),
        backlog_events=float(during["backlog"].max()),
        wait_minutes=float(during["wait_seconds"].max()) / 60,
        behind_minutes=float(during.get("behind_seconds", during["wait_seconds"]).max()) / 60,
        server_error_fraction=float(during["server_errors"].sum() / during["requests"].sum()),
    )


def budgets(system: System, name: str) -> float:
    """Monthly budgets of fresh that an incident spent, at that day's volume."""
    then = at(system, incident(system, name).on)
    return impact(system, name).late_events / error_budget_events(then)


def first_hour_late_fraction(system: System, name: str) -> float:
    """Share of the events of an incident's first hour that were late: what a page has to go by."""
    started, whole = impact(system, name).started, steps(name)
    hour = whole[(whole.index >= started) & (whole.index < started + timedelta(hours=1))]
    return float(hour["late"].sum() / hour["due"].sum())


def impacts(system: System) -> Mapping[str, Impact]:
    """Every incident that has telemetry, by date."""
    have = recorded()
    return MappingProxyType({i.name: impact(system, i.name) for i in system.incidents if i.name in have})


def labels(system: System, name: str, *, column: str = "checked") -> float:
    """Labels that were ``checked`` while an incident lasted, or those that were ``correct``."""
    during, rows = impact(system, name), frame(name)
    return float(rows[(rows["at"] >= during.started) & (rows["at"] < during.ended)][column].sum())


def highest_shown(system: System, name: str) -> float:
    """The highest value that the dashboard showed while an incident lasted, of its first panel."""
    during, rows = impact(system, name), panels(name)
    first = rows[rows["panel"] == rows["panel"].iloc[0]]
    return float(first[(first["at"] >= during.started) & (first["at"] < during.ended)]["value"].max())
