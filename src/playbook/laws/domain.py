"""What a law accepts: each check names the value, the limit and the way out.

NaN fails every check, because it compares false with every limit.
"""

import math
from collections.abc import Sized
from typing import SupportsIndex


def require_fractions(**values: float) -> None:
    """Raise ValueError for the first value outside 0 to 1."""
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} {value} is outside 0 to 1: write 99.95 % as 0.9995")


def require_inner_fractions(**values: float) -> None:
    """Raise ValueError for the first value that is not strictly between 0 and 1."""
    for name, value in values.items():
        if not 0 < value < 1:
            raise ValueError(f"{name} {value} is not between 0 and 1, ends excluded: write 5 % as 0.05")


def require_non_negative(**values: float) -> None:
    """Raise ValueError for the first value that is negative or not finite."""
    for name, value in values.items():
        if not 0 <= value < math.inf:
            raise ValueError(f"{name} {value} is outside the finite numbers from 0 up: check sign and unit")


def require_positive(**values: float) -> None:
    """Raise ValueError for the first value that is zero, negative or not finite."""
    for name, value in values.items():
        if not 0 < value < math.inf:
            raise ValueError(f"{name} {value} is outside the finite numbers above 0: check sign and unit")


def require_counts(minimum: int, /, **values: float) -> None:
    """Raise ValueError for the first value that is no integer or is below `minimum`."""
    for name, value in values.items():
        if not isinstance(value, SupportsIndex) or value < minimum:
            raise ValueError(f"{name} {value} is not an int of at least {minimum}: round up, or check it")


def require_some(**collections: Sized) -> None:
    """Raise ValueError for the first collection without elements."""
    for name, collection in collections.items():
        if len(collection) == 0:
            raise ValueError(f"{name} has 0 elements, needs at least 1: leave the call out if there are none")
