import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from playbook import model

Edit = Callable[[str, str, str], Path]
TEAM = "context/team.toml"
STREAM = "architecture/stream.toml"
PRICES = "cost/prices.csv"
EKS = "eks_cluster,EKS,control plane (standard support),us-east-1,hour,0.1,,2025-07-04,"

WRONG = [
    # what is wrong, file, passage, replacement, what the error must name
    ("unknown key", TEAM, "[team.pay_usd_per_year]", "[team.pay_usd_per_month]", "team.pay_usd_per_month"),
    ("bad unit", STREAM, "[stream.retention_hours]", "[stream.retention_days]", "did you mean retention_hours"),
    ("unknown group", TEAM, "[team.pay_usd_per_year]", "[teams.pay_usd_per_year]", "unknown table"),
    ("unknown entry", TEAM, "range = [150000.0,", "rnage = [150000.0,", "rnage"),
    ("missing value", TEAM, "value = 180000.0\n", "", "team.pay_usd_per_year.value"),
    ("wrong type", TEAM, "value = 180000.0", 'value = "180000"', "must be a number"),
    ("truth is no number", TEAM, "value = 180000.0", "value = true", "must be a number"),
    ("fraction of a person", TEAM, "value = 7\n", "value = 7.5\n", "whole number"),
    ("not a number", TEAM, "value = 180000.0", "value = nan", "finite"),
    ("infinite", TEAM, "value = 180000.0", "value = inf", "finite"),
    ("outside its limits", TEAM, "value = 180000.0", "value = 18.0", "30000 to 600000"),
    ("range reversed", TEAM, "range = [150000.0, 220000.0]", "range = [220000.0, 150000.0]", "lower first"),
    ("range too wide", TEAM, "range = [150000.0, 220000.0]", "range = [1.0, 220000.0]", "within its limits"),
    ("range missing", TEAM, "range = [150000.0, 220000.0]\n", "", "5th to 95th"),
    ("range of one", TEAM, "range = [150000.0, 220000.0]", "range = [150000.0]", "two finite numbers"),
    ("limits reversed", TEAM, "limits = [30000.0, 600000.0]", "limits = [6e5, 3e4]", "lower first"),
    ("bad kind", TEAM, '180000.0\nkind = "assumed"', '180000.0\nkind = "guessed"', "sourced, assumed, simulated, given"),
    ("bad date", TEAM, 'on-costs"\nas_of = 2023-11-06', 'on-costs"\nas_of = "November"', "must be a date"),
    ("date with a time", TEAM, 'on-costs"\nas_of = 2023-11-06', 'on-costs"\nas_of = 2023-11-06T00:00:00', "must be a date"),
    ("no source", TEAM, 'source = "budget figure per platform engineer, pay with on-costs"\n', "", "team.pay_usd_per_year.source"),
    ("empty source", TEAM, 'source = "the team, simulated"', 'source = " "', "not empty"),
    ("duplicate table", TEAM, "[team.pay_usd_per_year]", "[team.platform_engineers]", "each table once"),
    ("not TOML", TEAM, "[team.pay_usd_per_year]", "[team.pay_usd_per_year", "must be TOML"),
    ("history after today", TEAM, "until = 2026-02-02", "until = 2027-02-02", "before as_of"),
    ("history out of order", TEAM, "until = 2026-02-02", "until = 2024-02-02", "dates must rise"),
    ("history of two kinds", TEAM, "{ until = 2026-02-02", "{ on = 2026-02-02", "all alike"),
    ("history outside limits", TEAM, "value = 6 }", "value = 600 }", "within its limits"),
    ("given with a range", "context/targets.toml", "limits = [0.001, 1440.0]", "", "x"),
    ("negative price", PRICES, EKS, EKS.replace(",0.1,", ",-0.1,"), "price_usd"),
    ("no price", PRICES, EKS, EKS.replace(",0.1,", ",,"), "must be a number of dollars"),
    ("price of nothing", PRICES, EKS, EKS.replace(",0.1,", ",0,"), "above zero"),
    ("price by the day", PRICES, EKS, EKS.replace(",hour,", ",day,"), "must be hour"),
    ("price undated", PRICES, EKS, EKS.replace("2025-07-04", "soon"), "must be a date"),
    ("price missing", PRICES, EKS, EKS.replace("eks_cluster,", ","), "prices.us.eks_cluster"),
    ("price of what", PRICES, EKS, EKS.replace("eks_cluster,", "eks,"), "unknown"),
    ("price twice", PRICES, EKS, f"{EKS}a,yes\n{EKS}", "priced already"),
    ("price elsewhere", PRICES, EKS, EKS.replace("us-east-1", "mars-1"), "must be of us-east-1"),
    ("price of the past, alone", PRICES, EKS, EKS.replace(",,2025", ",2024-01-01,2025"), "missing"),
    ("past price that outlasts", PRICES, EKS, f"{EKS}a,yes\n{EKS.replace(',,2025', ',2025-08-01,2025')}", "before 2025-07-04"),
    ("past price without a day", PRICES, EKS, EKS.replace(",,2025", ",once,2025"), "until"),
    ("row cut short", PRICES, EKS, EKS.replace("EKS,control", "control"), "must have 10 cells"),
    ("no header", PRICES, "key,service,", "service,", "header"),
    ("no book date", "book.toml", "date = 2026-11-06", "", "book.date"),
    ("eras with a gap", "eras.toml", "start = 2024-05-06", "start = 2024-05-07", "the day the era before ends"),
    ("era that ends early", "eras.toml", "end = 2026-11-06", "end = 2026-10-06", "must end on the book's date"),
    ("late beyond all", "reliability/incidents.toml", "late_events = 1.41e6", "late_events = 1.41e9", "within its limits"),
    ("noticed after the end", "reliability/incidents.toml", "noticed_minutes = 39.0", "noticed_minutes = 390.0", "limits"),
]  # fmt: skip
WRONG = [case for case in WRONG if case[0] != "given with a range"]


@pytest.mark.parametrize(("file", "old", "new", "named"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_entry_is_refused_with_its_file_and_what_is_allowed(
    edited: Edit, file: str, old: str, new: str, named: str
) -> None:
    with pytest.raises(model.DataError, match=re.escape(named)) as caught:
        model.load(path=edited(file, old, new))
    assert caught.value.file in (file, "eras.toml")
    assert str(caught.value).startswith(f"{caught.value.file}: {caught.value.key}")


def test_a_target_as_received_has_no_range(edited: Edit) -> None:
    folder = edited(
        "context/targets.toml", 'source = "MTTD < 5 min"', 'source = "MTTD < 5 min"\nrange = [4.0, 6.0]'
    )
    with pytest.raises(model.DataError, match="a target as received has no range"):
        model.load(path=folder)


def test_a_group_in_two_files_is_refused(data: Path) -> None:
    (data / "context" / "zz.toml").write_text((data / TEAM).read_text("utf-8"), "utf-8")
    with pytest.raises(model.DataError, match=r"stands already in context/team\.toml"):
        model.load(path=data)


def test_a_file_that_is_not_utf_8_is_refused(data: Path) -> None:
    (data / TEAM).write_bytes((data / TEAM).read_bytes().replace(b"pay with", b"pay \xff with"))
    with pytest.raises(model.DataError, match="must be UTF-8 text"):
        model.load(path=data)


@pytest.mark.parametrize("file", ["book.toml", "eras.toml", TEAM, PRICES, "reliability/incidents.toml"])
def test_a_missing_file_is_named(data: Path, file: str) -> None:
    (data / file).unlink()
    with pytest.raises(model.DataError, match="missing"):
        model.load(path=data)


def test_the_book_speaks_on_its_own_date() -> None:
    assert model.load().as_of == date(2026, 11, 6)


@pytest.mark.parametrize("day", [date(2023, 5, 5), date(2026, 11, 7)])
def test_a_day_outside_the_eras_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match=f"as_of {day} must lie between 2023-05-06"):
        model.load(as_of=day)


def test_every_group_is_read_from_the_section_that_answers_for_it() -> None:
    files = {a.file for a in model.load().assumptions.values()}
    assert {file.split("/")[0] for file in files} <= {
        "context", "architecture", "infrastructure", "platform", "delivery", "reliability", "security", "cost",
    }  # fmt: skip


def test_an_unconfirmed_price_keeps_its_mark_and_a_range_of_half_to_double() -> None:
    unconfirmed = [a for a in model.load().assumptions.values() if not a.confirmed]
    assert unconfirmed
    assert all(a.range == (a.value / 2, a.value * 2) for a in unconfirmed)
    assert all(
        a.range is None
        for a in model.load().assumptions.values()
        if a.path.startswith("prices.") and a.confirmed
    )


def test_no_price_that_the_sources_leave_open_was_laundered(data: Path) -> None:
    rows = (data / PRICES).read_text("utf-8").splitlines()
    doubted = [row for row in rows if "from memory" in row or "to be had" in row or "not confirmed" in row]
    assert doubted
    assert not [row for row in doubted if row.endswith((",yes", ",derived"))]
