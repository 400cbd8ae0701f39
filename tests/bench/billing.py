"""Eight questions to an hourly export: Ibis on DuckDB against hand-written SQL, pandas and Spark, each in its own process."""

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
from pyarrow import parquet

from playbook import billing
from playbook.billing import engines

from .measurement import Measurement, Memory

ROOT = Path(__file__).parents[2]
DAILY = ROOT / "data/cost/export/daily.parquet"
SIZES = (1_000_000, 10_000_000)
DAYS, HOURS = 92, 24
QUERIES = (
    "by_service",
    "by_tenant",
    "untagged",
    "commitments",
    "movers",
    "savings",
    "anomalies",
    "unit_cost",
)
NAMES = {
    "ibis": "Ibis on DuckDB",
    "sql": "hand-written DuckDB SQL",
    "pandas": "pandas",
    "spark": "Spark, local",
}
# What pandas has to read: the columns that the questions need, and no other.
COLUMNS = [
    "BilledCost", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargePeriodEnd", "ChargePeriodStart",
    "CommitmentDiscountId", "CommitmentDiscountStatus", "EffectiveCost", "ListCost", "ServiceName", "Tags",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One engine's answers: CPU time of reading and asking, peak memory, and a sum of each answer."""

    seconds: float
    megabytes: float
    sums: Mapping[str, float]


def measurements() -> Iterator[Measurement | Memory]:
    """Yield time and memory of ours against each other engine, at each size."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            file = exported(Path(folder), size)
            runs = {engine: run(engine, file) for engine in NAMES}
        ours = runs.pop("ibis")
        for engine, other in runs.items():
            check(engine, ours, other)
            what = f"eight FOCUS queries, {size:,} charges"
            yield Measurement(what, ours.seconds, NAMES[engine], other.seconds)
            yield Memory(what, ours.megabytes, NAMES[engine], other.megabytes)


def exported(folder: Path, size: int) -> Path:
    """An hourly export of `size` charges: the daily one of the book hour by hour, and again for each quarter before.

    Each hour costs a day's 24th, give or take a tenth. All columns are kept, in row groups as DuckDB writes them.
    """
    file = folder / "hourly.parquet"
    opened = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)})
    opened.execute("SET TimeZone = 'UTC'")
    opened.execute(
        f"""
        COPY (
          SELECT * EXCLUDE (back, hour, share) REPLACE (
              date_trunc('month', BillingPeriodStart - back) AS BillingPeriodStart,
              date_trunc('month', BillingPeriodStart - back) + INTERVAL 1 MONTH AS BillingPeriodEnd,
              ChargePeriodStart - back + to_hours(hour) AS ChargePeriodStart,
              ChargePeriodStart - back + to_hours(hour + 1) AS ChargePeriodEnd,
              BilledCost * share AS BilledCost, EffectiveCost * share AS EffectiveCost, ListCost * share AS ListCost
          )
          FROM (
            SELECT *, to_days(quarter.n * {DAYS}) AS back, hour.n AS hour,
                   (0.9 + 0.2 * (hash(ResourceId, SkuId, ChargePeriodStart, hour.n, quarter.n) % 1000) / 999) / {HOURS} AS share
            FROM read_parquet('{DAILY}') AS charges,
                 range({HOURS}) AS hour(n), range({quarters(size)}) AS quarter(n)
          ) LIMIT {size}
        ) TO '{file}' (FORMAT PARQUET)
        """
    )
    opened.close()
    return file


def quarters(size: int) -> int:
    """How many quarters of hours hold that many charges."""
    rows: int = parquet.read_metadata(DAILY).num_rows
    return math.ceil(size / (rows * HOURS))


def run(engine: str, file: Path) -> Run:
    """All questions to one engine, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.billing", engine, str(file)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def check(engine: str, ours: Run, other: Run) -> None:
    """Raise ValueError where an engine answers otherwise: faster and wrong is no measurement."""
    for query, value in ours.sums.items():
        if not math.isclose(value, other.sums[query], rel_tol=1e-6):
            raise ValueError(
                f"{query}: {value} by Ibis, {other.sums[query]} by {NAMES[engine]}: one of them is wrong"
            )


def by_ibis(file: Path) -> Iterator[pd.DataFrame]:
    """Our answers."""
    yield from _asked(file, "duckdb")


def by_spark(file: Path) -> Iterator[pd.DataFrame]:
    """The same expressions on Spark."""
    yield from _asked(file, "spark")


def _asked(file: Path, engine: str) -> Iterator[pd.DataFrame]:
    charges = billing.read(file, engine=engine)
    for query in QUERIES:
        asked = getattr(billing, query)
        table = asked(charges, _usage()) if query == "unit_cost" else asked(charges)
        yield table.to_pyarrow().to_pandas()


def by_sql(file: Path) -> Iterator[pd.DataFrame]:
    """DuckDB without Ibis, with the memory that ours has."""
    text = Path(__file__).with_suffix(".sql").read_text("utf-8")
    queries = dict(re.findall(r"^-- (\w+)\n(.*?);$", text, re.DOTALL | re.MULTILINE))
    opened = duckdb.connect(config={"memory_limit": "640MB", "preserve_insertion_order": "false"})
    opened.execute("SET TimeZone = 'UTC'")
    opened.register("usage", _usage())
    # As ours does: the cast of a zoned time would take most of the time.
    times = ", ".join(f"make_timestamp(epoch_us({name})) AS {name}" for name in COLUMNS if "Period" in name)
    opened.execute(f"CREATE VIEW charges AS SELECT * REPLACE ({times}) FROM read_parquet('{file}')")
    for query in QUERIES:
        yield opened.execute(queries[query]).df()


def by_pandas(file: Path) -> Iterator[pd.DataFrame]:
    """Data frames, one read for all."""
    from tests.billing import opinion  # only here: the others are measured without it

    charges = opinion.frame(pd.read_parquet(file, columns=COLUMNS))
    for query in QUERIES:
        asked = getattr(opinion, query)
        yield asked(charges, _usage()) if query == "unit_cost" else asked(charges)


def _usage() -> pd.DataFrame:
    return pd.read_parquet(ROOT / "data/cost/usage/monthly.parquet", columns=["usage_date", "events"])


OPENED = {"ibis": "duckdb", "spark": "spark"}
ENGINES: Mapping[str, Callable[[Path], Iterator[pd.DataFrame]]] = {
    "ibis": by_ibis,
    "sql": by_sql,
    "pandas": by_pandas,
    "spark": by_spark,
}


def main(engine: str, file: Path) -> None:
    """Print what one engine took, as JSON."""
    if engine in OPENED:
        engines.connection(OPENED[engine])  # imported and started before the clock, like pandas
    before, _ = consumed()
    sums = {
        query: float(answer.select_dtypes("number").sum().sum())
        for query, answer in zip(QUERIES, ENGINES[engine](file), strict=True)
    }
    seconds, megabytes = consumed()
    print(json.dumps({"seconds": seconds - before, "megabytes": megabytes, "sums": sums}))


def consumed() -> tuple[float, float]:
    """CPU seconds so far and peak resident megabytes of this process and of the Java machine below it."""
    seconds, kilobytes = time.process_time(), 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(") ")[2].split()
            status = (process / "status").read_text()
        except OSError:
            continue
        below = int(fields[1]) == os.getpid()
        if below or process.name == str(os.getpid()):
            # Not ru_maxrss, which a process inherits from the one that started it.
            kilobytes += float(re.findall(r"VmHWM:\s+(\d+)", status)[0])
        if below:
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds, kilobytes / 1024


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
