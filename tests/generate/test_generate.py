import shutil
from pathlib import Path

import pandas as pd
import pytest

from playbook import generate, model
from playbook.generate import frames

SYSTEM = model.load()


def test_the_committed_record_is_what_its_generators_write() -> None:
    assert generate.stale(SYSTEM, model.data_folder()) == ()


@pytest.mark.parametrize("name", generate.TEXTS)
def test_a_record_that_was_edited_is_found_and_written_again(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(model.data_folder(), tmp_path / "data"))
    near = generate.TEXTS
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole.replace(b"1", b"2", 1))
    assert generate.stale(SYSTEM, folder, among=near) == (name,)
    assert generate.write(SYSTEM, folder, among=near) == (name,)
    assert (folder / name).read_bytes() == whole


def test_telemetry_that_was_edited_is_found_and_written_again(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(model.data_folder(), tmp_path / "data"))
    name = "reliability/telemetry/hot_key.parquet"
    near = generate.telemetry.FRAMES
    whole = pd.read_parquet(folder / name)
    edited = whole.copy()
    edited.loc[7, "due"] += 1
    edited.to_parquet(folder / name)
    assert generate.stale(SYSTEM, folder, among=near) == (name,)
    assert generate.write(SYSTEM, folder, among=near) == (name,)
    pd.testing.assert_frame_equal(pd.read_parquet(folder / name), whole)


def test_telemetry_is_compared_by_its_values_and_not_by_its_bytes(tmp_path: Path) -> None:
    frame = pd.read_parquet(model.data_folder() / "reliability/telemetry/hot_key.parquet")
    frame.to_parquet(tmp_path / "other.parquet", compression="gzip")
    assert frames.holds(tmp_path / "other.parquet", frame)
    (tmp_path / "other.parquet").write_bytes(b"no Parquet")
    assert not frames.holds(tmp_path / "other.parquet", frame)
    assert not frames.holds(tmp_path / "absent.parquet", frame)


def test_the_ledger_adds_up_to_the_teams_hours_every_month() -> None:
    for month in {line.month for line in SYSTEM.ledger}:
        team = model.at(SYSTEM, month).team
        spent = sum(line.hours for line in SYSTEM.ledger if line.month == month)
        # Each of eight causes is rounded to half an hour.
        assert spent == pytest.approx(team.platform_engineers * team.hours_per_engineer_month, abs=2.0)


def test_an_incidents_month_costs_more_than_the_month_before() -> None:
    hours = {line.month: line.hours for line in SYSTEM.ledger if line.cause == "incidents"}
    for incident in SYSTEM.incidents:
        month = incident.on.replace(day=1)
        before = (month.replace(day=1) - month.resolution).replace(day=1)
        assert hours[month] > hours[before]
