"""The cumulative sum: sees a small shift that lasts, where a limit on single values sees a large one."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.laws import domain


def first_above(scores: ArrayLike, *, slack: float, limit: float) -> NDArray[np.int64]:
    """Index of the first score at which the upper sum passes the limit, for each row; -1 where none does.

    ``scores`` are standard deviations away from what is expected, shape ``(rows, times)`` or ``(times,)``.
    The sum gains each score less ``slack`` and never falls below nothing. With a slack of 0.5 and a limit
    of 5 scores without a shift pass it once in about 930, with a shift of one after about 10.

    Reference: E. Page, Continuous Inspection Schemes, Biometrika 41 (1954); D. Montgomery, Introduction to
    Statistical Quality Control, table 9.3, for the run lengths. Raises ValueError for a negative slack and
    a limit that is not positive.
    """
    domain.require_non_negative(slack=slack)
    domain.require_positive(limit=limit)
    rows = np.atleast_2d(np.asarray(scores, dtype=np.float64))
    total, found = np.zeros(len(rows)), np.full(len(rows), -1)
    for time in range(rows.shape[1]):
        total = np.maximum(0.0, total + rows[:, time] - slack)
        found[(found < 0) & (total > limit)] = time
    return found
