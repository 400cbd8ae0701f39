"""The front matter of a page, read without a library, so that a browser can."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast


class RecordError(ValueError):
    """A record is wrong: names the file, the field, and why."""

    def __init__(self, file: str, field: str, why: str) -> None:
        super().__init__(f"{file}: {field}: {why}")
        self.file, self.field, self.why = file, field, why


def front_matter(file: Path) -> Mapping[str, object]:
    """The front matter of a page: one ``key: value`` a line, the value a JSON value, a date or plain text.

    A key without a value takes the lines below it that begin with ``-``, one item each. That much of YAML
    needs no library, so a browser can read it; a test holds it equal to a YAML reader's.
    """
    text = file.read_text("utf-8")
    match = re.match(r"---\n(.*?)\n---\n", text, re.S)
    if match is None:
        raise RecordError(file.name, "front matter", "must stand first, between two lines of ---")
    found: dict[str, object] = {}
    key = ""
    for line in match[1].splitlines():
        item = re.fullmatch(r"  - (.+)", line)
        entry = re.fullmatch(r"([a-z_]+):(?: (.+))?", line)
        if item and isinstance(found.get(key), list):
            cast("list[object]", found[key]).append(_value(item[1], file.name, key))
        elif entry:
            key = entry[1]
            if key in found:
                raise RecordError(file.name, key, "stands twice")
            found[key] = [] if entry[2] is None else _value(entry[2], file.name, key)
        else:
            raise RecordError(file.name, key or "front matter", f"cannot read the line {line!r}")
    return found


def _value(text: str, file: str, key: str) -> object:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise RecordError(file, key, f"{text} is no day of the calendar") from None
    if text[0] in '"[{' or re.fullmatch(r"-?\d.*", text):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise RecordError(file, key, f"{text!r} must be JSON: {error.msg}") from None
    return text
