"""The attribution notebook on a reader's own export, from the reader's own folder."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from tests.billing import clean

NOTEBOOK = "notebooks/07-cost/attribution.ipynb"


def tables(root: Path, folder: Path, **given: str) -> str:
    """All that the notebook shows when papermill runs it from `folder` with parameters."""
    parameters = [word for name, value in given.items() for word in ("-p", name, value)]
    command = [
        sys.executable,
        "-m",
        "papermill",
        "--no-progress-bar",
        str(root / NOTEBOOK),
        "out.ipynb",
        *parameters,
    ]
    environment = os.environ | {"IPYTHONDIR": str(folder / "ipython")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    cells = nbformat.read(folder / "out.ipynb", as_version=4).cells
    outputs = (output for cell in cells if cell.cell_type == "code" for output in cell.outputs)
    return "\n".join(output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Another provider, in euros, as a CSV with the dirt of real ones; no meters; one bad day."""
    frame = clean.export().drop(columns=["SkuMeter", "PublisherName"])
    for column in frame.columns[frame.columns.str.contains("Period")]:
        frame[column] = frame[column].str.replace("T", " ").str.replace("Z", "")
    frame = frame.assign(BillingCurrency="EUR", ProviderName="Other Cloud", x_Team="NULL")
    frame.loc[frame.index[0], "ListCost"] = 60.0
    path = tmp_path / "dirty.csv"
    frame.to_csv(path, index=False, na_rep="NULL", sep=";", encoding="utf-8-sig")
    return path


def test_a_dirty_csv_of_another_provider_runs_and_says_what_cannot_be_computed(
    root: Path, dirty: Path
) -> None:
    shown = tables(root, dirty.parent, export=dirty.name)
    assert "| column SkuMeter | caused cost, which goes by meter |" in shown
    assert "| usage by tenant |" in shown
    assert (
        "| violated | ListCost is ListUnitPrice × PricingQuantity | 1 | 2026-01-01 00:00, ServiceName Compute Cloud"
        in shown
    )
    assert "all, EUR" in shown
    assert "| 2026-01 | 279.00 | 0.00 | 0.00 | 421.00 | 700.00 | 39.9% |" in shown


def test_a_folder_of_parquet_files_with_usage_and_drivers_is_attributed(root: Path, tmp_path: Path) -> None:
    """By hand: storage 31 is caused, the plan's 310 is placed, support 100 and the credit of 20 are nobody's."""
    frame, folder = clean.export(), tmp_path / "export"
    folder.mkdir()
    for number in range(3):
        frame.iloc[number::3].to_parquet(folder / f"part-{number}.parquet", index=False)
    used = pd.DataFrame(
        {"usage_date": ["2026-01-31"] * 2, "tenant_id": ["a", "b"], "events": [2, 1], "gigabytes": [3.0, 1.0]}
    )
    used.assign(usage_date=pd.to_datetime(used.usage_date).dt.date).to_parquet(
        tmp_path / "usage.parquet", index=False
    )
    causes = [("Object Storage", "storage", "gigabytes"), ("Compute Cloud", "hours", None)]
    pd.DataFrame(causes, columns=["ServiceName", "SkuMeter", "driver"]).to_csv(
        tmp_path / "drivers.csv", index=False
    )
    shown = tables(
        root, tmp_path, export="export", usage="usage.parquet", drivers="drivers.csv", rule="events"
    )
    assert "| 2026-01 | 279.00 | 31.00 | 310.00 | 80.00 | 700.00 | 88.6% |" in shown
    # a: 186 + 31 × 3/4 + 310 × 2/3, by events; b: 93 + 31/4 + 310/3.
    assert "| a | 364.25 | 364.25 | 415.92 |" in shown
    assert "| b | 255.75 | 255.75 | 204.08 |" in shown
