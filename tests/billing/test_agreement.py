"""One export of some thousand charges: DuckDB, Spark and pandas give the same answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from playbook import billing
from playbook.billing import engines
from tests.billing import opinion
from tests.billing.sample import CHARGES, FORMS, QUERIES, USAGE, write
from tests.billing.spark import ASKED, REFUSED


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("exports")
    for form in FORMS:
        write(made / form)
    return made


@pytest.fixture(scope="module")
def answered(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Spark answers, in a process of its own: its sockets outlive it, and each would be a warning here."""
    if missing := engines.without_spark():
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    answers = tmp_path_factory.mktemp("answers")
    command = [sys.executable, "-m", "tests.billing.spark", str(folder), str(answers)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4_000:]
    return answers


def agree(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Equal rows, whatever their order; numbers to 1e-9, since sums are taken in another order."""
    keys = [name for name in ("month", "day", "service", "tenant", "commitment") if name in found]
    parts = []
    for part in (found, expected):
        for name in ("month", "day"):
            if name in part:
                part = part.assign(**{name: pd.to_datetime(part[name])})
        texts = {
            name: part[name].astype(object).where(part[name].notna(), "")
            for name in keys
            if name not in ("month", "day")
        }
        parts.append(part.assign(**texts).sort_values(keys).reset_index(drop=True))
    assert len(expected) > 0
    pd.testing.assert_frame_equal(*parts, check_dtype=False, rtol=1e-9, atol=1e-9)


def expected(query: str) -> pd.DataFrame:
    """What pandas says."""
    answer = getattr(opinion, query)
    table = opinion.frame(CHARGES)
    return pd.DataFrame(answer(table, USAGE) if query == "unit_cost" else answer(table))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", QUERIES)
def test_duckdb_agrees_with_pandas(folder: Path, query: str, form: str) -> None:
    agree(QUERIES[query](billing.read(folder / form)).to_pyarrow().to_pandas(), expected(query))


@pytest.mark.parametrize(("query", "form"), ASKED)
def test_spark_agrees_with_pandas(answered: Path, query: str, form: str) -> None:
    agree(pd.read_parquet(answered / f"{query}.{form}.answer"), expected(query))


@pytest.mark.parametrize("column", REFUSED)
def test_spark_refuses_what_duckdb_refuses(answered: Path, tmp_path: Path, column: str) -> None:
    file = tmp_path / f"{column}.csv"
    CHARGES.head(3).astype(str).assign(**{column: REFUSED[column]}).to_csv(file, index=False)
    with pytest.raises(ValueError, match=f"{column}: 3 of 3 .*like '{REFUSED[column]}'") as refused:
        billing.read(file)
    told = json.loads((answered / "refused.json").read_text("utf-8"))[column]
    assert told.partition(" cannot ")[2] == str(refused.value).partition(" cannot ")[2]
