"""Ask Spark all the questions: ``python -m tests.billing.spark EXPORTS ANSWERS``, two folders."""

import json
import sys
from pathlib import Path

from playbook import billing
from tests.billing.sample import CHARGES, FORMS, QUERIES

# Everything of one form; of the others what reads their tags.
ASKED = [
    *((query, FORMS[0]) for query in QUERIES),
    *((query, form) for form in FORMS[1:] for query in ("by_tenant", "untagged")),
]
REFUSED = {"EffectiveCost": "1d", "ChargePeriodStart": "2026"}


def main(exports: Path, answers: Path) -> None:
    """Write each answer as Parquet, and what Spark says to the exports that it must refuse."""
    tables = {form: billing.read(exports / form, engine="spark") for form in FORMS}
    for query, form in ASKED:
        QUERIES[query](tables[form]).to_pyarrow().to_pandas().to_parquet(answers / f"{query}.{form}.answer")
    (answers / "refused.json").write_text(
        json.dumps(dict(refusal(answers, column) for column in REFUSED)), "utf-8"
    )


def refusal(folder: Path, column: str) -> tuple[str, str]:
    """What `read` says to a column that holds what DuckDB would not take."""
    file = folder / f"{column}.csv"
    CHARGES.head(3).astype(str).assign(**{column: REFUSED[column]}).to_csv(file, index=False)
    try:
        billing.read(file, engine="spark")
    except ValueError as problem:
        return column, str(problem)
    return column, "nothing"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
