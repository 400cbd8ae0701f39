import re
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook import model
from playbook.model import objectives

Edit = Callable[[str, str, str], Path]
DELIVERY, READS, QUALITY, LEDGER = (
    f"{objectives.FOLDER}/{name}.toml" for name in ("delivery", "reads", "enrichment", "ledger")
)
BY_PATH = 'objective = "targets.availability_fraction"'
GOOD, TOTAL = 'good = "events_fresh_total"', 'total = "events_due_total"'

WRONG = [
    # what is wrong, file, passage, replacement, key, what the error must say
    ("objective 100 %", READS, "objective = 0.99", "objective = 1.0", "slis.reads.objective", "no budget"),
    ("objective in per cent", READS, "objective = 0.99", "objective = 99.0", "slis.reads.objective", "between 0 and 1"),
    ("objective 0", READS, "objective = 0.99", "objective = 0", "slis.reads.objective", "between 0 and 1"),
    ("objective of nothing", DELIVERY, BY_PATH, 'objective = "targets.nines"', "slis.fresh.objective", "path of an assumption"),
    ("objective a truth", READS, "objective = 0.99", "objective = true", "slis.reads.objective", "must be a number"),
    ("window 0", READS, 'window_days = "alerts.window_days"', "window_days = 0", "slis.reads.window_days", "above 0"),
    ("window backwards", READS, 'window_days = "alerts.window_days"', "window_days = -30", "slis.reads.window_days", "above 0"),
    ("unknown kind", DELIVERY, 'kind = "events"', 'kind = "latency"', "slis.fresh.kind", "requests, events, sample"),
    ("PromQL cut off", DELIVERY, GOOD, "good = 'events_fresh_total{region='", "slis.fresh.good", "PromQL selector"),
    ("PromQL unquoted", DELIVERY, GOOD, "good = 'events_fresh_total{region=us}'", "slis.fresh.good", "PromQL selector"),
    ("PromQL of two metrics", DELIVERY, TOTAL, "total = 'events_due_total or x'", "slis.fresh.total", "PromQL selector"),
    ("PromQL that starts with a figure", DELIVERY, TOTAL, "total = '2xx_total'", "slis.fresh.total", "PromQL selector"),
    ("saturation of no metric", DELIVERY, 'limit = "delivery_slots"', 'limit = "all of them"', "saturation.limit", "PromQL selector"),
    ("out of reach, fast", DELIVERY, BY_PATH, "objective = 0.93", "slis.fresh.objective", "above 101% errors, which cannot be"),
    ("out of reach, at the edge", READS, "objective = 0.99", "objective = 0.8333333333333334", "slis.reads.objective", "cannot be"),
    ("good and bad", READS, 'good = "reads_good_total"', "good = 'x'\nbad = 'y'", "slis.reads.good", "either good or bad"),
    ("unknown key", DELIVERY, GOOD, f"{GOOD}\nrunbook = 'x'", "slis.fresh.runbook", "unknown key"),
    ("unknown table", DELIVERY, "[saturation]", "[limits]", "limits", "unknown key"),
    ("doubled key", DELIVERY, GOOD, f"{GOOD}\n{GOOD}", "file", "must be TOML"),
    ("missing owner", DELIVERY, 'owner = "platform engineer on call"\n', "", "service.owner", "missing"),
    ("no good and no bad", DELIVERY, f"{GOOD}\n", "", "slis.fresh.good", "either good or bad"),
    ("alert in small letters", DELIVERY, '"FreshBurn"', '"fresh-burn"', "slis.fresh.alert", "in capitals"),
    ("alert of another service", LEDGER, '"CorrectBurn"', '"FreshBurn"', "slis.correct.alert", "stands already in reliability/slos/delivery.toml"),
    ("indicator of another service", LEDGER, "[slis.correct]", "[slis.fresh]", "slis.fresh", "stands already in reliability/slos/delivery.toml"),
    ("sample without a test", QUALITY, "false_alarm_fraction = 0.05\n", "", "slis.quality.false_alarm_fraction", "how it is tested"),
    ("test without a sample", READS, "minimum_events = 500.0", "minimum_events = 500.0\nfalse_alarm_fraction = 0.05", "slis.reads.false_alarm_fraction", "only of kind sample"),
    ("no events at the least", READS, "minimum_events = 500.0", "minimum_events = 0.0", "slis.reads.minimum_events", "limits"),
    ("no date", READS, "as_of = 2023-12-11", "as_of = 'then'", "slis.reads.as_of", "must be a date"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "said"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG]
)
def test_a_wrong_objective_is_refused_with_file_key_value_and_reason(
    edited: Edit, file: str, old: str, new: str, key: str, said: str
) -> None:
    with pytest.raises(model.DataError, match=re.escape(said)) as caught:
        model.load(path=edited(file, old, new))
    assert (caught.value.file, caught.value.key) == (file, key)


@pytest.mark.parametrize(
    "selector",
    ["up", "a:b:c", 'x{a="b"}', 'x{a="b",c!="d",}', 'x{ a =~ "2.." }', "x{}", r'x{a="\"}"}'],
)
def test_a_selector_of_promql_is_taken_as_it_is(edited: Edit, selector: str) -> None:
    system = model.load(path=edited(DELIVERY, GOOD, f"good = '{selector}'"))
    assert next(s for s in system.objectives if s.name == "delivery").indicators[0].good == selector


def test_an_objective_just_within_reach_is_taken(edited: Edit) -> None:
    # The fast page burns at 14.4: at 0.94 it needs 86.4 % errors.
    system = model.load(path=edited(DELIVERY, BY_PATH, "objective = 0.94"))
    assert system.objectives[0].indicators[0].objective == 0.94


def test_a_target_that_no_alert_could_reach_is_refused_where_it_is_used(edited: Edit) -> None:
    folder = edited("context/targets.toml", "value = 0.9995", "value = 0.9")
    with pytest.raises(model.DataError, match="144% errors") as caught:
        model.load(path=folder)
    assert caught.value.file == DELIVERY


def test_a_book_without_objectives_is_refused(data: Path) -> None:
    for file in (data / objectives.FOLDER).glob("*.toml"):
        file.unlink()
    with pytest.raises(model.DataError, match="one for each service"):
        model.load(path=data)
