import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook import model

Edit = Callable[[str, str, str], Path]
FILE = "cost/carbon.csv"
PUE = "pue,pue,AWS all regions,ratio,1.135,1.07,1.25,2021-12-31,"
EBS = "replication_volume,replication,EBS,factor,2,,,"

WRONG = [
    ("no number", PUE, PUE.replace("1.135", "some"), "must be a number"),
    ("nothing", PUE, PUE.replace("1.135", "0"), "above zero"),
    ("negative", PUE, PUE.replace("1.135", "-1"), "above zero"),
    ("in another unit", PUE, PUE.replace("ratio", "%"), "must be ratio"),
    ("undated", PUE, PUE.replace("2021-12-31", "2021"), "must be a date"),
    ("of what", PUE, PUE.replace("pue,pue", "pie,pue"), "unknown"),
    ("missing", PUE, PUE.replace("pue,pue", ",pue"), "coefficients.pue"),
    ("twice", PUE, f"{PUE}a,b,c\n{PUE}", "given already"),
    ("range without the value", PUE, PUE.replace("1.25", "1.10"), "must hold the value"),
    ("range of one end", PUE, PUE.replace("1.07", ""), "must be a number"),
    ("range reversed", PUE, PUE.replace("1.07,1.25", "1.25,1.07"), "must hold the value"),
    ("range beyond belief", EBS, EBS.replace(",,,", ",1,99,"), "within ten times"),
    ("no source", EBS, f"{EBS}2024-03-25,,b,c\n{EBS}", "not empty"),
    ("cut short", EBS, EBS.replace("EBS,", ""), "must have 11 cells"),
    ("header", "key,kind,subject", "kind,subject", "header"),
]


@pytest.mark.parametrize(("old", "new", "named"), [c[1:] for c in WRONG], ids=[c[0] for c in WRONG])
def test_a_wrong_coefficient_is_refused(edited: Edit, old: str, new: str, named: str) -> None:
    with pytest.raises(model.DataError, match=re.escape(named)) as caught:
        model.load(path=edited(FILE, old, new))
    assert caught.value.file == FILE


def test_a_coefficient_in_toml_is_refused(data: Path) -> None:
    (data / "cost" / "more.toml").write_text("[coefficients.pue]\nvalue = 1.0\n", "utf-8")
    with pytest.raises(model.DataError, match="unknown table"):
        model.load(path=data)


def test_the_outlier_is_kept_for_reference_and_not_used() -> None:
    with (model.data_folder() / FILE).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    (outlier,) = [row for row in rows if not row["key"]]
    assert outlier["subject"] == "EPYC 5th Gen"
    assert "OUTLIER" in outlier["note"]
    assert float(outlier["value"]) > 4 * model.load().coefficients.min_watts


def test_every_coefficient_names_a_licence_and_can_be_asked_otherwise() -> None:
    system = model.load()
    found = [a for path, a in system.assumptions.items() if path.startswith("coefficients.")]
    assert all("Apache-2.0" in a.source for a in found)
    assert model.what_if(system, {"coefficients.pue": 1.3}).coefficients.pue == 1.3
