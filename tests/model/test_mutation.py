"""Every data file, damaged at random: the same values, the values that the file now states, or one clear error."""

import csv
import shutil
import tomllib
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import model

FILES = sorted(
    p.relative_to(model.data_folder()).as_posix()
    for p in model.data_folder().rglob("*.*")
    if p.suffix in (".toml", ".csv")
)
BITS = [
    "",
    "\n",
    '"',
    "[",
    "]",
    "=",
    "#",
    ",",
    "-",
    "0",
    "9",
    "e9",
    "nan",
    "true",
    "value",
    "\x00",
    "é",
    "[x]\n",
    "1979-05-27",
]


def stated(folder: Path) -> dict[str, float]:
    """What the files say, read without the model."""
    found: dict[str, float] = {}
    for file in folder.glob("*/*.toml"):
        if file.name not in ("incidents.toml", "planted.toml"):
            for group, tables in tomllib.loads(file.read_text("utf-8")).items():
                found |= {f"{group}.{key}": float(table["value"]) for key, table in tables.items()}
    with (folder / "cost" / "prices.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for region in row["region"].split("|") if row["key"] and not row["until"] else ():
                code = {"us-east-1": "us", "eu-west-1": "eu"}[region]
                found[f"prices.{code}.{row['key']}"] = float(row["price_usd"])
    with (folder / "cost" / "carbon.csv").open(encoding="utf-8", newline="") as rows:
        found |= {
            f"coefficients.{row['key']}": float(row["value"]) for row in csv.DictReader(rows) if row["key"]
        }
    return found


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    file=st.sampled_from(FILES), place=st.floats(0, 1), length=st.integers(0, 40), bit=st.sampled_from(BITS)
)
def test_a_damaged_file_is_read_as_it_stands_or_refused(
    tmp_path: Path, file: str, place: float, length: int, bit: str
) -> None:
    folder = tmp_path / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(model.data_folder(), folder)
    text = (folder / file).read_text("utf-8")
    start = round(place * len(text))
    (folder / file).write_text(text[:start] + bit + text[start + length :], "utf-8", newline="")
    read = outcome(folder)
    if isinstance(read, model.DataError):
        assert read.file
        assert read.key
        assert "\n" not in str(read)
    else:
        assert {path: float(a.value) for path, a in read.assumptions.items()} == stated(folder)


def outcome(folder: Path) -> model.System | model.DataError:
    try:
        return model.load(path=folder)
    except model.DataError as error:
        return error


def test_an_untouched_folder_states_what_the_model_holds() -> None:
    assert {path: float(a.value) for path, a in model.load().assumptions.items()} == stated(
        model.data_folder()
    )
