"""Constructed tenders whose true points and weights are known, evaluated by the package."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

EVEN = 5.0
"""Stated weights come from Dirichlet(EVEN, ..., EVEN) among siblings."""
AREAS, LOW, HIGH = 5, 20.0, 80.0
"""True points of five areas are uniform between these ..."""
APART = 15.0
"""... and where an area has several leaves, each is at most so far from it."""


@dataclass(frozen=True)
class Layout:
    """What a tender weighs: branches of leaves, or leaves alone; three in five are judged."""

    name: str
    branches: int
    leaves: int
    """In each branch."""

    @property
    def judged(self) -> Bools:
        """Which leaves are judged, (m,): those of the last three branches in five."""
        return np.repeat(np.arange(self.branches) >= 2 * self.branches / 5, self.leaves)

    def weights(self, random: np.random.Generator) -> tuple[Floats, Floats]:
        """Stated weights of the branches (b,), and shares of the leaves within them (b, l)."""
        top = random.dirichlet(np.full(self.branches, EVEN))
        return top, random.dirichlet(np.full(self.leaves, EVEN), self.branches)


FIVE, NESTED, FLAT = Layout("5", 5, 1), Layout("5 x 5", 5, 5), Layout("25", 25, 1)


@dataclass(frozen=True)
class Errors:
    """What a bid's judged points are truly off by, and what the rules say, in points."""

    true: float
    stated: float

    def __str__(self) -> str:
        stated = "stated" if self.true == self.stated else f"stated as {self.stated:g}"
        return f"{self.true:g}, {stated}"


ERRORS = (Errors(3, 3), Errors(5, 5), Errors(5, 3))

Truth = Callable[[np.random.Generator, Floats, Floats, float], Floats]
"""True weights of the leaves, from stated ones of branches, shares within, and a concentration."""


def lognormal(deviation: float, *, top: bool) -> Truth:
    """Stated weights of branches, or of leaves, each times a lognormal number, then as shares."""

    def truth(random: np.random.Generator, stated: Floats, within: Floats, _: float) -> Floats:
        leaves = stated[:, None] * within
        size = (len(stated), 1) if top else leaves.shape
        drawn: Floats = (leaves * random.lognormal(0, deviation, size)).ravel()
        return drawn / drawn.sum()

    return truth


def as_drawn(random: np.random.Generator, stated: Floats, within: Floats, c: float) -> Floats:
    """True weights from the very distribution that the model draws from."""
    return random.dirichlet(c * (stated[:, None] * within).ravel())


FLAT_TRUTHS: Mapping[str, Truth] = {
    "as the model": as_drawn,
    "lognormal 0.3": lognormal(0.3, top=True),
    "lognormal 0.5": lognormal(0.5, top=True),
}
NESTED_TRUTHS: Mapping[str, Truth] = {
    "as the model": as_drawn,
    "lognormal 0.3, top": lognormal(0.3, top=True),
    "lognormal 0.5, top": lognormal(0.5, top=True),
    "lognormal 0.3, leaves": lognormal(0.3, top=False),
    "lognormal 0.5, leaves": lognormal(0.5, top=False),
}


@dataclass(frozen=True)
class Cell:
    """Random tenders of one kind; its place among the cells is its seed."""

    layout: Layout
    vendors: int
    errors: Errors
    seed: int

    @property
    def truths(self) -> Mapping[str, Truth]:
        """Ways in which true weights differ from stated ones."""
        return NESTED_TRUTHS if self.layout is NESTED else FLAT_TRUTHS

    @property
    def name(self) -> tuple[object, ...]:
        """How its rows begin."""
        return self.layout.name, self.vendors, self.errors


KINDS = ((FIVE, 4), (FIVE, 6), (FIVE, 8), (NESTED, 6), (FLAT, 6))
CELLS = tuple(
    Cell(layout, vendors, errors, seed)
    for seed, (layout, vendors, errors) in enumerate(
        (layout, vendors, errors) for layout, vendors in KINDS for errors in ERRORS
    )
)


def tender(cell: Cell, top: Floats, within: Floats, points: Floats) -> Evaluation:
    """The evaluation of these points, vendors x leaves, under stated weights.

    Judged leaves are read by `identity`; the others, of which the first is the price, are linear.
    """
    kinds = np.where(cell.layout.judged, "identity", "linear").tolist()
    linear: Any = {"linear": {"worst": 0, "best": 100}}
    leaves = [
        {"id": f"c{n}", "label": "c", "answer": f"c{n}", "weight": weight}
        | {"value": linear if kind == "linear" else "identity"}
        for n, (weight, kind) in enumerate(zip(within.ravel().tolist(), kinds, strict=True))
    ]
    size = cell.layout.leaves
    if size > 1:
        criteria = [
            {"id": f"b{b}", "label": "b", "weight": w}
            | {"criteria": tuple(leaves[b * size : (b + 1) * size])}
            for b, w in enumerate(top.tolist())
        ]
    else:
        criteria = [leaf | {"weight": w} for leaf, w in zip(leaves, top.tolist(), strict=True)]
    typed: dict[str, Any] = {"title": "t", "decision": "d", "currency": "EUR", "price": "c0"}
    typed |= {"criteria": tuple(criteria)}
    typed |= {"robustness": {"judgement_error": cell.errors.stated}}
    bids = {
        f"V{v}": {f"c{n}": f"{x:.6f}" for n, x in enumerate(row)}
        for v, row in enumerate(points.tolist())
    }
    return evaluate(Rules.model_validate(typed), proposals(bids))


def points(cell: Cell, random: np.random.Generator) -> Floats:
    """True points of the vendors on the leaves, (k, m)."""
    each = len(cell.layout.judged) // AREAS
    true = np.repeat(random.uniform(LOW, HIGH, (cell.vendors, AREAS)), each, axis=1)
    return true + random.uniform(-APART, APART, true.shape) if each > 1 else true
