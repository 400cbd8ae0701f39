"""Numbers and lines as the register, the tips and the tables write them."""

from decimal import Decimal
from typing import SupportsFloat


def plain(value: float | int) -> str:
    """A number in full, without exponent: ``10,000,000``, ``0.9995``."""
    text = f"{Decimal(repr(value)):,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def rounded(value: SupportsFloat, spec: str = "") -> str:
    """A number in four figures, or by a d3 format that Python happens to share."""
    number = float(value)
    if spec:
        dollars = spec.startswith("$")
        try:
            return ("$" if dollars else "") + format(number, spec.removeprefix("$")).replace("-", "−")
        except ValueError:
            pass
    if number and abs(number) < 1000:
        return plain(float(f"{number:.4g}"))
    return f"{number:,.0f}".replace("-", "−")


def shortened(text: str, width: int) -> str:
    """The text, cut with an ellipsis beyond ``width`` characters."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
