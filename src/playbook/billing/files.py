"""The files of an export: which there are, and what columns each begins with."""

import csv
import glob
import gzip
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

PARQUET, CSV = "Parquet", "CSV"
SUFFIXES = {".parquet": PARQUET, ".csv": CSV, ".csv.gz": CSV}
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one form and one list of columns, name and type; `delimiter` stands between them in CSV."""

    form: str
    columns: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    delimiter: str = ","


def groups(path: str | os.PathLike[str]) -> tuple[Group, ...]:
    """The files at a path (file, folder with all its folders, or glob), those with equal columns together.

    Raises ValueError where there is none, where Parquet and CSV lie side by side (they may be one export
    twice), and for a file that is not what its name says.
    """
    found = [(file, form) for file in _files(os.fspath(path)) if (form := _form(file))]
    if not found:
        raise ValueError(f"{path} has no .parquet, .csv or .csv.gz file: name a file, a folder or a glob")
    forms = {form for _, form in found}
    if len(forms) > 1:
        raise ValueError(
            f"{path} holds Parquet and CSV, which may be one export twice: name one, as in {path}/*.parquet"
        )
    by_columns: dict[tuple[str, tuple[tuple[str, str], ...], str], list[str]] = {}
    for file, form in found:
        columns, delimiter = _parquet(file) if form == PARQUET else _csv(file)
        by_columns.setdefault((form, columns, delimiter), []).append(str(file))
    return tuple(
        Group(form, columns, tuple(files), delimiter)
        for (form, columns, delimiter), files in by_columns.items()
    )


def _files(path: str) -> list[Path]:
    named = Path(path)
    if named.is_file():
        if _form(named) is None:
            raise ValueError(f"{path} is no export that can be read: needed is .parquet, .csv or .csv.gz")
        return [named]
    if named.is_dir():
        return sorted(file for file in _visible(named.rglob("*"), named) if _form(file))
    if glob.has_magic(path):
        return sorted(file for file in map(Path, glob.glob(path, recursive=True)) if _form(file))  # noqa: PTH207
    raise ValueError(f"{path} does not exist: name a file, a folder or a glob")


def _visible(files: Iterable[Path], folder: Path) -> Iterable[Path]:
    hidden = (".", "_")
    return (
        file
        for file in files
        if file.is_file() and not any(part.startswith(hidden) for part in file.relative_to(folder).parts)
    )


def _form(file: Path) -> str | None:
    name = file.name.lower()
    return next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), None)


def _parquet(file: Path) -> tuple[tuple[tuple[str, str], ...], str]:
    try:
        schema = parquet.read_schema(file)
    except (pa.ArrowInvalid, OSError) as problem:
        raise ValueError(f"{file} is not a Parquet file: {problem}") from problem
    return tuple((field.name, str(field.type)) for field in schema), ""


def _csv(file: Path) -> tuple[tuple[tuple[str, str], ...], str]:
    try:
        opened = gzip.open if file.name.lower().endswith(".gz") else open
        with opened(file, "rt", encoding="utf-8-sig", newline="") as lines:
            header = lines.readline()
    except (UnicodeDecodeError, gzip.BadGzipFile) as problem:
        raise ValueError(f"{file} is no CSV in UTF-8: {problem}") from problem
    delimiter = max(DELIMITERS, key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if not names:
        raise ValueError(f"{file} is empty: needed is a line with the columns of FOCUS")
    return tuple((name, "text") for name in names), delimiter
