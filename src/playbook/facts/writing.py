"""How a value becomes text."""

import math
import re
from datetime import date

from playbook.answer import Value

FIELD = re.compile(r"\{:([^{}]*)\}")
NEVER = "never"
STEPS = ((1e9, "B"), (1e6, "M"), (1e3, "K"))


def written(value: Value, template: str, *, spec: str = "") -> str:
    """``value`` by a template with one field, such as ``${:,.0f}``; "never" for None and infinity.

    ``spec`` replaces the field's format, or the whole template if it has a field itself. The format
    ``~3`` writes a number in three figures with K, M or B. Raises ``ValueError`` for a format that does
    not fit the value.
    """
    if FIELD.search(spec):
        template, spec = spec, ""
    field = FIELD.search(template)
    if field is None:
        raise ValueError(f"format {template!r} must have one field such as {{:,.0f}}")
    if value is None or (isinstance(value, float) and math.isinf(value)):
        return NEVER
    number = not isinstance(value, str | date)
    digits = _digits(abs(value) if number else value, spec or field[1])  # type: ignore[arg-type]  # a number
    text = template[: field.start()] + digits + template[field.end() :]
    below = number and value < 0 and any(c in "123456789" for c in digits)  # type: ignore[operator]  # a number
    return f"−{text}" if below else text


def _digits(value: float | int | str | date, spec: str) -> str:
    if spec.startswith("~") and isinstance(value, int | float):
        return _short(float(value), int(spec[1:] or 3))
    try:
        return format(value, spec)
    except ValueError as error:
        raise ValueError(f"format {spec!r} does not fit {value!r}: {error}") from None


def _short(value: float, figures: int) -> str:
    rounded = float(f"{value:.{figures}g}")
    size, letter = next((step for step in STEPS if rounded >= step[0]), (1.0, ""))
    scaled = rounded / size
    decimals = max(0, figures - 1 - math.floor(math.log10(scaled))) if scaled else 0
    shown = f"{scaled:,.{decimals}f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + letter
