from datetime import date
from pathlib import Path

import pytest

from playbook import model

FILE = "cost/planted.toml"
LEAK = next(one for one in model.load().planted if one.name == "orphaned_parts")


def test_a_leak_grows_by_the_same_every_day_and_ends() -> None:
    assert LEAK.quantity(date(2025, 12, 7)) == 0
    assert LEAK.quantity(date(2025, 12, 8)) == pytest.approx(3.2)
    assert LEAK.quantity(date(2025, 12, 17)) == pytest.approx(32)
    assert LEAK.quantity(LEAK.end) == 0


WRONG = [
    ("unknown kind", 'kind = "leak"', 'kind = "drip"', "orphaned_parts.kind"),
    ("unknown key", "grows = true", "swells = true", "orphaned_parts.swells"),
    ("no quantity", "per_day = 144.0", "", "doubled_hours.per_day"),
    ("a credit that costs", "usd = -45.0", "usd = 45.0", "streaming_credit.usd"),
    ("an empty stretch", "end = 2025-09-06", "end = 2025-09-02", "debug_logging.start"),
    (
        "corrects nothing",
        'corrects = "doubled_hours"',
        'corrects = "tripled_hours"',
        "doubled_hours_corrected.corrects",
    ),
    ("out of order", "start = 2025-12-08", "start = 2024-12-08", "orphaned_parts.start"),
    ("no item", 'item = "shards"', "", "streaming_credit.item"),
]


@pytest.mark.parametrize(
    ("old", "new", "named"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_wrong_entry_is_refused_by_its_name(data: Path, old: str, new: str, named: str) -> None:
    whole = (data / FILE).read_text("utf-8")
    assert whole.count(old) == 1
    (data / FILE).write_text(whole.replace(old, new), "utf-8")
    with pytest.raises(model.DataError, match=named):
        model.load(path=data)
