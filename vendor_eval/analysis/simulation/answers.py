"""Answers that are not quite known: ranges and blanks, drawn anew under every weighting."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of, values_among
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.values.function import Floats, ValueFunction

Values = Callable[[Floats], Floats]
"""From uniform numbers in [0, 1), (u, n), which it may overwrite, to values in [0, 1], (r, n)."""


@dataclass(frozen=True, eq=False)
class UncertainLeaf:
    """What is not known on one leaf, for r of the k vendors.

    `known` (r,): what their values are at least; `drawn` gives what is added to it, from one row
    of uniform numbers for each of `cells` (u,).
    """

    leaf: int
    vendors: NDArray[np.intp]
    cells: NDArray[np.intp]
    known: Floats
    drawn: Values


@dataclass(frozen=True, eq=False)
class Answers:
    """The k eligible vendors' values on the m leaves, and what is in doubt about them.

    `values` (k, m): where nothing is in doubt the value in [0, 1], elsewhere what is known of it.
    An answer that several leaves read is one cell: it is drawn once.
    """

    values: Floats
    doubts: tuple[UncertainLeaf, ...]
    cells: int


def likely(evaluation: Evaluation) -> Answers:
    """Every answer at its likely value, and a blank one at the worst, as in the ranking."""
    field = field_of(evaluation)
    return Answers(field.values[field.places(evaluation.ranking)], (), 0)


def uncertain(evaluation: Evaluation, *, times: float = 1.0) -> Answers:
    """`low..high` is uniform between its ends, `low..likely..high` triangular, a blank uniform.

    A blank answer's value is drawn from the whole scale on each leaf that reads it. On a leaf with
    a relative value function, a range in any eligible vendor's answer puts all their values in
    doubt: minimum, maximum and mean are those of each draw. Errors under relative functions are
    drawn `times` as large as the rules state them.
    """
    field = field_of(evaluation)
    best_first = field.places(evaluation.ranking)
    certain, rows = field.values[best_first], field.rows[best_first]
    cells: dict[tuple[str, int], int] = {}
    doubts = []
    for m, leaf in enumerate(field.leaves):
        answers, given = leaf.answers, leaf.given[best_first]
        counts = ~evaluation.knocked_out[rows, m]  # a 0 by a knock-out is certain
        vague = counts & given & (answers.low[rows] < answers.high[rows])

        def cell(vendor: int, name: str) -> int:
            return cells.setdefault((name, vendor), len(cells))

        blank = np.flatnonzero(counts & ~given)
        if len(blank):
            at = np.array([cell(int(v), f"{leaf.path}?") for v in blank])
            doubts.append(UncertainLeaf(m, blank, at, np.zeros(len(blank)), _whole_scale))
        criterion, function = evaluation.tree.criterion(leaf.path), leaf.function
        stated = criterion.error if function.relative and function.numeric else None
        error = stated and times * stated
        if vague.any() or (error and given.any()):
            ranging = np.flatnonzero(vague)
            at = np.array([cell(int(v), str(criterion.reads)) for v in ranging], dtype=np.intp)
            ranges = Ranges.of(answers, rows[ranging])
            if function.relative:
                among = np.flatnonzero(given)
                if error:
                    names = [f"{leaf.path}: error {part}" for part in ("length", "angle")]
                    off = [cell(int(v), name) for name in names for v in among]
                    at = np.concatenate([at, np.array(off, dtype=np.intp)])
                numbers = leaf.numbers[best_first[among]]
                vague_ones = (np.searchsorted(among, ranging), ranges)
                doubts.append(_relative(m, among, at, function, numbers, vague_ones, error))
            else:
                doubts += _absolute(m, ranging, at, function, ranges)
    scaled = [_scaled(doubt, field.scale[best_first]) for doubt in doubts]
    for doubt in scaled:
        certain[doubt.vendors, doubt.leaf] = doubt.known
    return Answers(certain, tuple(scaled), len(cells))


def _scaled(doubt: UncertainLeaf, scale: Floats) -> UncertainLeaf:
    """A doubt on values as they are compared; `scale` (k,) is what each vendor's are times."""
    times = scale[doubt.vendors]
    if (times == 1).all():
        return doubt
    return replace(
        doubt,
        known=times * doubt.known,
        drawn=lambda uniform: times[:, None] * doubt.drawn(uniform),
    )


def _whole_scale(uniform: Floats) -> Floats:
    return uniform


@dataclass(frozen=True, eq=False)
class Ranges:
    """Ranges of r answers; `peak` (r, 1) says where in a range the likely number lies, in [0, 1].

    A range without a likely number has no peak, and `peaked` (r,) says so.
    """

    low: Floats
    high: Floats
    peak: Floats
    peaked: NDArray[np.bool_]

    @classmethod
    def of(cls, answers: Performance, rows: NDArray[np.intp]) -> "Ranges":
        """The ranges that some vendors gave."""
        low, likely, high = answers.low[rows], answers.likely[rows], answers.high[rows]
        width = high / 2 - low / 2  # halves, so that no huge range overflows
        return cls(low, high, ((likely / 2 - low / 2) / width)[:, None], answers.peaked[rows])

    def only(self, kept: NDArray[np.bool_]) -> "Ranges":
        """Some of these ranges."""
        return Ranges(self.low[kept], self.high[kept], self.peak[kept], self.peaked[kept])

    def places(self, uniform: Floats) -> Floats:
        """Places within the ranges, in [0, 1], (r, n): triangular where there is a peak."""
        if not self.peaked.any():
            return uniform
        # the inverse distribution function of the triangle from 0 to 1
        left = np.sqrt(uniform * self.peak)
        right = 1 - np.sqrt((1 - uniform) * (1 - self.peak))
        triangular = np.where(uniform < self.peak, left, right)
        return np.where(self.peaked[:, None], triangular, uniform)

    def numbers(self, uniform: Floats) -> Floats:
        """Answers drawn from the ranges, (r, n)."""
        places = self.places(uniform)
        return self.low[:, None] * (1 - places) + self.high[:, None] * places


def _absolute(
    leaf: int,
    vendors: NDArray[np.intp],
    cells: NDArray[np.intp],
    function: ValueFunction,
    ranges: Ranges,
) -> Iterator[UncertainLeaf]:
    """Doubts on an absolute leaf; where the value is a straight line it needs no function call."""
    ends = zip(ranges.low, ranges.high, strict=True)
    straight = np.array([_is_straight(function, low, high) for low, high in ends])
    if straight.any():
        lines = ranges.only(straight)
        low = function(lines.low)
        # just short of a step's end, where the next one begins
        rise = (function(np.nextafter(lines.high, lines.low)) - low)[:, None]

        def along(uniform: Floats) -> Floats:
            return np.multiply(lines.places(uniform), rise, out=uniform)

        yield UncertainLeaf(leaf, vendors[straight], cells[straight], low, along)
    if not straight.all():
        bent = ranges.only(~straight)
        none = np.zeros(len(bent.low))
        yield UncertainLeaf(
            leaf, vendors[~straight], cells[~straight], none, lambda u: function(bent.numbers(u))
        )


def _is_straight(function: ValueFunction, low: float, high: float) -> bool:
    """Whether the value is known to be one straight line over a whole range of answers."""
    return not function.sampled and any(
        start <= low and high <= end for start, _, end, _ in function.pieces
    )


def _relative(
    leaf: int,
    vendors: NDArray[np.intp],
    cells: NDArray[np.intp],
    function: ValueFunction,
    numbers: Floats,
    vague: tuple[NDArray[np.intp], Ranges],
    error: float | None,
) -> UncertainLeaf:
    """The doubt on a relative leaf: every value depends on the answers of all who gave one.

    `error` is the standard deviation of each answer, in its own unit. A function that needs answers
    above 0 gets none below a thousandth of what was entered.
    """
    where, ranges = vague

    def drawn(uniform: Floats) -> Floats:
        answers = np.repeat(numbers[None, :], uniform.shape[1], axis=0)
        answers[:, where] = ranges.numbers(uniform[: len(where)]).T
        if error:
            answers += error * _normals(uniform[len(where) :]).T
            if function.positive:
                np.maximum(answers, numbers / 1000, out=answers)
        return values_among(function, answers).T.copy()

    return UncertainLeaf(leaf, vendors, cells, np.zeros(len(vendors)), drawn)


def _normals(uniform: Floats) -> Floats:
    """Standard normal numbers (r, n) from uniform ones (2 r, n) (Box & Muller 1958)."""
    lengths, angles = np.split(uniform, 2)
    return np.sqrt(-2 * np.log1p(-lengths)) * np.cos(2 * np.pi * angles)


class Uniforms:
    """Uniform numbers in [0, 1) of every cell and draw, the same for every size of block."""

    def __init__(self, random: np.random.Generator, draws: int) -> None:
        self._source = random.bit_generator
        self._random = random
        self._begin = random.bit_generator.state
        self._draws = draws
        self._room = np.empty((0, 0))

    def block(self, cells: NDArray[np.intp], start: int, n: int) -> Floats:
        """The numbers of some cells (u,) in n draws from `start`, (u, n), valid until the next."""
        if self._room.shape != (len(cells), n):
            self._room = np.empty((len(cells), n))
        numbers = self._room
        self._source.state = self._begin
        at = 0
        for row, cell in zip(numbers, cells.tolist(), strict=True):
            # a cell's numbers follow on the last cell's, one step of the generator each
            self._source.advance(cell * self._draws + start - at)  # type: ignore[attr-defined]
            self._random.random(out=row)
            at = cell * self._draws + start + n
        return numbers
