"""The record of a replay: every incident, the rules of the day and today's, as Prometheus judged them."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from playbook.model import System
from playbook.replay import server
from playbook.replay.firing import Rule, Spell, alerting_rules, spells
from playbook.replay.openmetrics import exposition

FILE = "reliability/replay.csv"
HEAD = "incident,rules,alert,severity,subject,fires_at,clears_at"
STEP_SECONDS = 60.0
OF_THE_DAY = (Rule("panel", "panel_value > on (panel) panel_threshold", "then", 0.0),)
RULES = "book/05-reliability/artifacts/rules.yaml"
Frames = Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]


def record(system: System, played: Frames, *, rules: Path) -> str:
    """CSV of when each alert first spoke and fell silent in each incident, by the real Prometheus.

    ``played`` are telemetry and panels by incident; ``rules`` is the file of today's rules. An alert that
    speaks several times, or for several subjects, has the row of the first.
    Raises ``ReplayError`` where Prometheus is absent or refuses what it is given.
    """
    lines = [HEAD]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data"
        folder.mkdir()
        for name, (telemetry, panels) in played.items():
            server.backfill(exposition(telemetry, panels), name=name, folder=folder)
        with server.running(folder) as address:
            for incident in system.incidents:
                start, end, step = _span(played[incident.name][0])
                for kind, these in (("then", OF_THE_DAY), ("now", alerting_rules(rules))):
                    found = spells(these, address=address, start=start, end=end, step=step)
                    lines += [_row(incident.name, kind, spell) for spell in _firsts(list(found))]
    return "\n".join(lines) + "\n"


def frames(system: System, folder: Path) -> Frames:
    """Telemetry and panels of every incident, from ``data/``."""
    home = folder / "reliability/telemetry"
    return {
        each.name: (
            pd.read_parquet(home / f"{each.name}.parquet"),
            pd.read_parquet(home / f"{each.name}.panels.parquet"),
        )
        for each in system.incidents
    }


def _span(telemetry: pd.DataFrame) -> tuple[float, float, float]:
    """First and last evaluation, in seconds since 1970, and the seconds between two."""
    times = telemetry["at"].drop_duplicates().sort_values()
    grain = times.diff().min().total_seconds()
    return times.iloc[0].timestamp(), times.iloc[-1].timestamp(), max(STEP_SECONDS, grain)


def _firsts(found: Sequence[Spell]) -> Iterator[Spell]:
    """The first stretch of each alert, and of each panel of the day."""
    seen: set[str] = set()
    for spell in sorted(found, key=lambda s: (s.starts, s.rule.alert, s.subject)):
        if (name := _name(spell)) not in seen:
            seen.add(name)
            yield spell


def _name(spell: Spell) -> str:
    return spell.subject if spell.rule in OF_THE_DAY else spell.rule.alert


def _row(incident: str, kind: str, spell: Spell) -> str:
    ends = "" if spell.ends is None else _iso(spell.ends)
    subject = spell.subject.replace(",", ";")
    return f"{incident},{kind},{spell.rule.alert},{spell.rule.severity},{subject},{_iso(spell.starts)},{ends}"


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
