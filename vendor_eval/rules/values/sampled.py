"""A graph of straight pieces for a function that states none: read where it is asked for, refined.

Answers may have any size from 1e-15 to 1e15. The function is read at a few numbers in each power of
ten, at the numbers that are its parameters, and halfway between where a straight line would miss
its values. So a jump is found to the last digit; what shows itself at none of these numbers is
missed.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np

from vendor_eval.rules.values.shape import Floats, Piece

TOLERANCE = 1e-6
"""How far a straight piece may be from the function's value, in [0, 1]."""
DECADES = (-15, 15)
LARGEST = 10.0 ** DECADES[1]
IN_A_DECADE = 8
WITHIN = (0.29, 0.5, 0.83)
"""Where between two numbers the straight line is tried; not symmetric, as functions may be."""

Values = Callable[[Floats], Floats]
"""From answers (n,) to values in [0, 1], (n, k)."""


def readings(
    values: Values, at: Iterable[float], taken: Callable[[float], bool]
) -> tuple[Floats, Floats]:
    """Answers (n,), ascending, and the values (n, k) there, of which straight lines miss nothing.

    `at` are answers at which the function may bend; `taken` says which answers it takes, one
    interval of them. Two neighbouring floats are left where the value jumps between them. Raises
    ValueError where a value is no number, or no answer is taken.
    """
    x = _first(at, taken)
    y = values(x)
    if not np.isfinite(y).all():
        [bad, *_] = x[~np.isfinite(y).all(axis=1)]
        raise ValueError(f"found no value at {bad:g}; allowed: a value from 0 to 1, or a refusal")
    open_ = np.ones(len(x) - 1, dtype=bool)
    while open_.any():
        left, right = np.flatnonzero(open_), np.flatnonzero(open_) + 1
        missed = np.zeros(len(left), dtype=bool)
        for share in WITHIN:
            between = x[left] + share * (x[right] - x[left])
            line = y[left] + share * (y[right] - y[left])
            missed |= np.abs(values(between) - line).max(axis=1) > TOLERANCE
        middle = x[left] / 2 + x[right] / 2
        split = missed & (middle > x[left]) & (middle < x[right])
        new, after = middle[split], right[split]
        open_[left[~split]] = False
        if not len(new):
            break
        x, y = np.insert(x, after, new), np.insert(y, after, values(new), axis=0)
        open_ = np.insert(open_, after, True)  # both halves are tried again
    return x, y


def _first(at: Iterable[float], taken: Callable[[float], bool]) -> Floats:
    """Where a function is read before anything is known of it, ascending; its ends included."""
    steps = np.arange(DECADES[0] * IN_A_DECADE, DECADES[1] * IN_A_DECADE + 1)
    sizes = 10.0 ** (steps / IN_A_DECADE)
    named = np.unique(np.array(list(at), dtype=float))
    halves = (named[1:] + named[:-1]) / 2
    every = np.unique(np.concatenate([-sizes, [0.0], sizes, named, halves]))
    inside = np.flatnonzero([taken(x) for x in every.tolist()])
    if not len(inside):
        raise ValueError("found no number that the value function takes; allowed: an interval")
    first, last = inside[[0, -1]].tolist()
    ends = [
        _end(float(every[inner]), float(every[outer]), taken)
        for inner, outer in ((first, first - 1), (last, last + 1))
        if 0 <= outer < len(every)
    ]
    return np.unique([*every[inside], *ends])


def _end(inner: float, outer: float, taken: Callable[[float], bool]) -> float:
    """The last number that is taken on the way from one that is to one that is not."""
    while (middle := inner / 2 + outer / 2) not in (inner, outer):
        inner, outer = (middle, outer) if taken(middle) else (inner, middle)
    return inner


def straight_pieces(x: Floats, y: Floats) -> tuple[Piece, ...]:
    """Straight pieces through readings of one value, y (n,).

    The first and the last value are held beyond, where the function takes answers of any size.
    """
    low, high = float(x[0]), float(x[-1])
    ends = ([-np.inf] if low == -LARGEST else []), ([np.inf] if high == LARGEST else [])
    knots = [*((end, float(y[0])) for end in ends[0]), *zip(x.tolist(), y.tolist(), strict=True)]
    knots += [(end, float(y[-1])) for end in ends[1]]
    lines: list[Piece] = []
    for (x0, y0), (x1, y1) in pairwise(knots):
        level = bool(lines) and y0 == y1 == lines[-1][1] == lines[-1][3]
        jumps = abs(y1 - y0) > TOLERANCE and x1 == np.nextafter(x0, np.inf)
        if lines and (level or jumps):
            lines[-1] = (*lines[-1][:2], x1, y0)
        else:
            lines.append((x0, y0, x1, y1))
    return tuple(lines)
