import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from playbook import decisions, facts, model
from playbook.decisions.flips import value
from playbook.model import System

SYSTEM = model.load()
RECORDS = decisions.records(SYSTEM)
BOARD = {row.id: row for row in decisions.board(SYSTEM)}


def test_there_are_twenty_two_in_order_of_date() -> None:
    assert [r.id for r in RECORDS] == [f"{n:04}" for n in range(1, 23)]
    assert [r.date for r in RECORDS] == sorted(r.date for r in RECORDS)


@pytest.mark.parametrize("r", RECORDS, ids=lambda r: r.id)
def test_no_trigger_had_tripped_on_the_day_it_was_signed(r: decisions.Record) -> None:
    then = model.load(as_of=r.date)
    for trigger in r.triggers:
        assert not trigger.tripped(value(trigger, then)), trigger.fact


@pytest.mark.parametrize("r", RECORDS, ids=lambda r: r.id)
def test_a_trigger_flips_between_a_million_and_a_billion_a_day_or_says_that_volume_does_not_move_it(
    r: decisions.Record,
) -> None:
    for trigger in r.triggers:
        crossings = decisions.flips(trigger, SYSTEM)
        if trigger.moves:
            assert crossings, f"{trigger.fact} never flips"
        else:
            assert not crossings, f"{trigger.fact} does flip, at {crossings[0].events_per_day:,.0f}"


@pytest.mark.parametrize("r", RECORDS, ids=lambda r: r.id)
def test_a_verdict_turns_at_its_flip_point_and_not_before(r: decisions.Record) -> None:
    for trigger in r.triggers:
        for flip in decisions.flips(trigger, SYSTEM) if trigger.moves else ():
            below, above = (
                trigger.tripped(
                    value(
                        trigger, model.what_if(SYSTEM, {"traffic.events_per_day": flip.events_per_day * side})
                    )
                )
                for side in (1 - 1e-6, 1 + 1e-6)
            )
            assert (below, above) == (not flip.trips, flip.trips)


# What is changed, which verdicts flip, and why those and no other.
FLIPS: list[tuple[str, dict[str, object], set[str], str]] = [
    ("volume x 10", {"traffic.events_per_day": 1.8e9}, {"0003", "0014", "0015", "0019", "0021"},
     "shards times readers; the ceiling's rest; slots; the night's pods; the cap on LLM calls"),
    ("volume / 40", {"traffic.events_per_day": 4.5e6}, {"0022"},
     "the canary at 0008 is due already; fewer writes to save, the same nodes to discount"),
    ("the team at 8", {"team.platform_engineers": 8}, {"0013"}, "eight can carry a rotation"),
    ("nodes x 4", {f"prices.{r}.node_{k}": v * 4 for r, p in SYSTEM.prices.items()
                   for k, v in (("general", p.node_general), ("compute", p.node_compute), ("memory", p.node_memory))},
     {"0014"}, "the bill eats the ceiling's rest; the plan is dollars an hour, and saves no more"),
    ("nodes and plan x 4", {"commitment.usd_per_hour": 15.2, **{f"prices.{r}.node_{k}": v * 4 for r, p in SYSTEM.prices.items()
                   for k, v in (("general", p.node_general), ("compute", p.node_compute), ("memory", p.node_memory))}},
     {"0014", "0022"}, "a discount on nodes outgrows the saved writes"),
    ("calls x 3", {"enrichment.usd_per_call": 0.00045}, {"0021"}, "the cap binds"),
    ("one retry in three", {"retries.wire_attempts_per_delivery": 1.33}, {"0012"}, "attempts on the wire"),
    ("one tenant as large as all", {"tenancy.skew_exponent": 2.5}, {"0005"}, "a third of the load"),
    ("a second missed recovery", {"recovery.missed_recoveries": 2}, {"0017"}, "missed twice"),
    ("a second Kafka reader", {"stream.kafka_only_readers": 2}, {"0003"}, "two bridges are a platform"),
    ("accuracy as it drifted", {"enrichment.accuracy_fraction": 0.89}, {"0021"}, "below nine in ten"),
    ("an hour at half the price", {"team.pay_usd_per_year": 90_000}, set(), "no trigger watches pay"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "flipped"), [(c, f) for _, c, f, _ in FLIPS], ids=[name for name, *_ in FLIPS]
)
def test_a_change_flips_the_verdicts_that_it_should_and_no_other(
    changes: dict[str, object], flipped: set[str]
) -> None:
    after = {row.id: row.status for row in decisions.board(model.what_if(SYSTEM, changes))}
    assert {name for name, row in BOARD.items() if row.status != after[name]} == flipped


def test_what_is_due_today_is_answered() -> None:
    assert [row.id for row in BOARD.values() if row.status == "due"] == ["0008"]
    assert decisions.due(SYSTEM) == ()


def test_a_forecast_is_kept_to_be_scored() -> None:
    foretold = {r.id: r.forecast for r in RECORDS if r.forecast is not None}
    assert set(foretold) == {"0004"}
    forecast = foretold["0004"]
    assert forecast is not None
    came = facts.value(forecast.fact, SYSTEM)
    assert isinstance(came, float)
    assert forecast.foretold / came > 3


def test_our_reading_of_front_matter_is_a_yaml_readers() -> None:
    for file in sorted(decisions.folder().glob("[0-9]*.md")):
        assert dict(decisions.front_matter(file)) == yaml.safe_load(file.read_text("utf-8").split("---\n")[1])


@pytest.mark.parametrize("r", RECORDS, ids=lambda r: r.id)
def test_a_record_has_its_form_and_its_length(r: decisions.Record) -> None:
    text = (decisions.folder() / r.file).read_text("utf-8").split("---\n", 2)[2]
    words = len(text.split())
    assert 250 <= words <= 720, words
    for heading in ("## Context", "## Options", "## Decision", "## What we gave up", "## Revisit when"):
        assert heading in text
    assert "{fact}`" in text, "evidence is computed"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for file in decisions.folder().glob("[0-9]*.md"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return tmp_path


BROKEN = [
    ("0004", 'superseded_by: "0009"', 'superseded_by: "0099"', "superseded_by", "there is no record 0099"),
    ("0009", 'supersedes: "0004"\n', "", "superseded_by", "does not say supersedes"),
    ("0005", 'id: "0005"', 'id: "0006"', "id", "with which the file's name begins"),
    (
        "0003",
        "architecture.shard_consumers_needed",
        "architecture.shards_and_consumers",
        "triggers",
        "is no fact",
    ),
    ("0003", '"above": 200', '"above": "200"', "triggers", "must be a number"),
    ("0003", '"above": 200', '"below": 100, "above": 200', "triggers", "one of the two"),
    ("0003", '"above": 200', '"beyond": 200', "triggers", "alone"),
    ("0001", "targets.platform_engineers", "targets.people", "constraints", "no target or assumption"),
    ("0002", "date: 2023-12-04", "date: 2023-13-04", "date", "no day of the calendar"),
    ("0002", "date: 2023-12-04", "date: 2024-12-04", "date", "is before"),
    ("0002", "date: 2023-12-04", "date: soon", "date", "must be a day"),
    ("0002", "title:", "titel:", "titel", "unknown"),
    ("0004", '"on": "2026-11-06"', '"on": "someday"', "forecast", "must be a day"),
    ("0010", "---\nid", "--\nid", "front matter", "must stand first"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "why"), BROKEN, ids=[f"{b[0]} {b[3]} {i}" for i, b in enumerate(BROKEN)]
)
def test_a_broken_record_is_refused_with_file_field_and_reason(
    copied: Path, name: str, old: str, new: str, field: str, why: str
) -> None:
    (file,) = copied.glob(f"{name}-*.md")
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(decisions.RecordError) as caught:
        decisions.records(SYSTEM, path=copied)
    assert caught.value.field == field
    assert why in caught.value.why
    assert caught.value.file.endswith(".md")


def test_an_id_used_twice_is_refused(copied: Path) -> None:
    (file,) = copied.glob("0003-*.md")
    (copied / "0003-again.md").write_text(file.read_text("utf-8"), "utf-8")
    with pytest.raises(decisions.RecordError, match="already"):
        decisions.records(SYSTEM, path=copied)


def test_margins_are_kept_from_the_day_a_record_was_signed() -> None:
    r = next(r for r in RECORDS if r.id == "0015")
    (history,) = decisions.margins(r, SYSTEM).values()
    assert [margin is None for margin in history] == [True, True, False, False, False]


def test_the_board_is_plain_enough_to_travel() -> None:
    row = BOARD["0015"]
    (state,) = row.triggers
    assert state.flip_point is not None
    assert json.dumps(
        [
            row.id,
            row.title,
            row.status,
            state.value,
            state.threshold,
            state.margin,
            state.verdict,
            state.flip_point,
        ]
    )


def test_a_board_of_another_day_speaks_of_that_day() -> None:
    then: System = model.load(as_of=date(2025, 8, 6))
    assert {row.id: row for row in decisions.board(then)}["0006"].triggers[0].value == 2


@pytest.mark.parametrize("r", RECORDS, ids=lambda r: r.id)
def test_a_flip_lies_within_its_spread_or_beside_it_by_less_than_a_factor_of_two(r: decisions.Record) -> None:
    for trigger in r.triggers:
        around = decisions.spread(trigger, SYSTEM, samples=40)
        if around is None:
            assert not trigger.moves
            continue
        (flip,) = decisions.flips(trigger, SYSTEM)
        assert around.low_events_per_day / 2 < flip.events_per_day < around.high_events_per_day * 2
        assert (around.earliest is None) == (flip.on is None)


def test_a_spread_closes_when_nothing_is_in_doubt() -> None:
    trigger = next(t for r in RECORDS if r.id == "0004" for t in r.triggers)
    (flip,) = decisions.flips(trigger, SYSTEM)
    around = decisions.spread(trigger, SYSTEM, samples=40)
    # One of its inputs, the time that a record takes, is believed within 3 to 6 ms: a factor of two between the ends.
    assert around is not None
    assert around.high_events_per_day / around.low_events_per_day > 1.5
    assert around.low_events_per_day < flip.events_per_day < around.high_events_per_day
