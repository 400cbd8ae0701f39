"""Timelines are read strictly, and what is recorded of them must agree with their timestamps."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from playbook import model

Edit = Callable[[str, str, str], Path]
SYSTEM = model.load()
RECORD = "reliability/incidents.toml"
HOT = "reliability/incidents/hot_key.toml"
STORM = "reliability/incidents/retry_storm.toml"
DAY = "2024-03-19T"
NOTICED = f'{DAY}14:41:00Z\nkind = "noticed"'
ACTION = 'due = 2024-04-30\nclosed = 2024-04-26\nfate = "done"'

WRONG = [
    # what is wrong, file, passage, replacement, what the error must name
    ("length on record", RECORD, "minutes = 94.0", "minutes = 95.0", f"{RECORD}: hot_key.minutes = 95.0: its timestamps say 94, from 2024-03-19 14:02 to 2024-03-19 15:36"),
    ("notice on record", RECORD, "noticed_minutes = 173.0", "noticed_minutes = 181.0", "contract_before_expand.noticed_minutes = 181.0: its timestamps say 173, from 2025-02-11 06:12 to 2025-02-11 09:05"),
    ("end moved", HOT, f"{DAY}15:36:00Z", f"{DAY}15:37:00Z", "hot_key.minutes = 94.0: its timestamps say 95"),
    ("day of another", RECORD, "on = 2024-08-21", "on = 2024-08-22", f"{STORM}: timeline.0.at"),
    ("out of order", HOT, f"{DAY}14:46:00Z", f"{DAY}14:40:00Z", "timeline.2.at"),
    ("before the start", HOT, f"{DAY}14:41:00Z", f"{DAY}14:01:00Z", "from 2024-03-19 14:02 on"),
    ("told before it began", HOT, f"{DAY}14:55:00Z", f"{DAY}13:55:00Z", "told.0.at"),
    ("told out of order", HOT, f"{DAY}15:20:00Z", f"{DAY}14:50:00Z", "told.1.at"),
    ("local time", HOT, f"{DAY}15:36:00Z", f"{DAY}16:36:00+01:00", "must be a time in UTC"),
    ("no zone", HOT, f"{DAY}15:36:00Z", f"{DAY}15:36:00", "must be a time in UTC"),
    ("unknown kind", HOT, NOTICED, NOTICED.replace("noticed", "seen"), "must be one of started, noticed, wrong_fix, right_fix, fresh, note"),
    ("never noticed", HOT, NOTICED, NOTICED.replace("noticed", "note"), "exactly one entry must be 'noticed'"),
    ("noticed twice", HOT, f'{DAY}14:46:00Z\nkind = "note"', f'{DAY}14:46:00Z\nkind = "noticed"', "exactly one entry must be 'noticed'"),
    ("never started", HOT, 'kind = "started"', 'kind = "note"', "exactly one entry must be 'started'"),
    ("never fresh", HOT, 'kind = "fresh"', 'kind = "note"', "exactly one entry must be 'fresh'"),
    ("no word on what we knew", HOT, 'knew = "That the split had done nothing."\n', "", "timeline.4.knew"),
    ("unknown key", HOT, 'knew = "That the split had done nothing."\n', 'new = "x"\n', "timeline.4.new"),
    ("told nobody", HOT, 'to = "all tenants"', 'to = ""', "told.3.to"),
    ("unknown fate", HOT, ACTION, ACTION.replace('"done"', '"closed"'), "must be one of done, done untested, dropped, open"),
    ("open and closed", HOT, ACTION, ACTION.replace('"done"', '"open"'), "actions.0.closed"),
    ("done and never closed", HOT, "closed = 2024-04-26\n", "", "actions.0.closed"),
    ("due before it happened", HOT, "due = 2024-04-15", "due = 2024-03-15", "actions.2.due"),
    ("closed before it happened", HOT, "closed = 2024-04-26", "closed = 2023-04-26", "actions.0.closed"),
    ("unknown region", HOT, 'region = "us"', 'region = "asia"', "must be one of us, eu, all"),
    ("refused more than came", HOT, "refused_events = 5.12e5", "refused_events = 5.12e9", "within its limits"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "named"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_timeline_is_refused_with_file_key_and_reason(
    edited: Edit, file: str, old: str, new: str, named: str
) -> None:
    with pytest.raises(model.DataError, match=re.escape(named)):
        model.load(path=edited(file, old, new))


def test_an_incident_without_a_timeline_is_refused(data: Path) -> None:
    (data / HOT).unlink()
    with pytest.raises(model.DataError, match=re.escape(f"{HOT}: file = None: missing")):
        model.load(path=data)


def test_a_timeline_without_an_incident_is_refused(data: Path) -> None:
    (data / HOT).rename(data / "reliability/incidents/flood.toml")
    with pytest.raises(model.DataError, match="no incident of that name"):
        model.load(path=data)


def test_a_notice_after_the_end_is_refused(edited: Edit) -> None:
    swapped = NOTICED.replace("noticed", "fresh")
    folder = edited(HOT, NOTICED, swapped)
    text = (folder / HOT).read_text("utf-8")
    (folder / HOT).write_text(
        text.replace('15:36:00Z\nkind = "fresh"', '15:36:00Z\nkind = "noticed"'), "utf-8"
    )
    with pytest.raises(model.DataError, match="must not stand before 'noticed'"):
        model.load(path=folder)


# System facts, "Six incidents, by mechanism": the minutes told there, and the clock times that bear them.
TOLD = {
    "hot_key": (94, "14:02", "15:36"),
    "retry_storm": (171, "15:10", "18:01"),
    "contract_before_expand": (386, "06:12", "12:38"),
    "frozen_pods": (214, "05:20", "08:54"),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_timeline_begins_and_ends_as_told(name: str) -> None:
    found = next(each for each in SYSTEM.timelines if each.name == name)
    clock = tuple(f"{found.when(kind):%H:%M}" for kind in ("started", "fresh"))
    assert (found.minutes, *clock) == TOLD[name]


def test_an_action_is_in_time_only_with_a_test_and_by_its_day() -> None:
    due = date(2024, 9, 30)
    closed = model.Action("Audit", "engineer", due, due, "done", "")
    assert closed.in_time
    assert not model.Action("Audit", "engineer", due, due, "done untested", "").in_time
    assert not model.Action("Audit", "engineer", due, date(2024, 10, 1), "done", "").in_time
    assert not model.Action("Audit", "engineer", due, None, "open", "").in_time


def test_the_action_that_led_to_the_fifth_incident_was_closed_untested_before_it() -> None:
    storm = next(each for each in SYSTEM.timelines if each.name == "retry_storm")
    audit = next(action for action in storm.actions if action.text == "Audit the SDKs' defaults")
    again = next(each for each in SYSTEM.incidents if each.name == "hidden_retries")
    assert audit.fate == "done untested"
    assert audit.closed is not None
    assert audit.closed < again.on


def test_a_timeline_names_the_kind_that_it_lacks() -> None:
    frozen = model.Timeline("x", "us", 0.0, 0.0, (), (), ())
    with pytest.raises(ValueError, match="x has no moment of kind 'fresh'"):
        frozen.when("fresh")
