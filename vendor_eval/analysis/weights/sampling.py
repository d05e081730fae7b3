"""Weights drawn near the stated ones, or anywhere on the simplex."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.criteria import Tree

Floats = NDArray[np.float64]
Draw = Callable[[Floats], None]
"""Fills a block (n, p) with weightings, a row each; the next call goes on where it stopped."""


@dataclass(frozen=True, eq=False)
class Weightings:
    """A way to draw weights of some nodes of a tree, each drawn row summing to 1.

    The p `nodes` are the deepest that vary: they cover every leaf once, and below them shares are
    as stated. `composition` (m, p) says what each node's weight gives to each of the m leaves.
    """

    paths: tuple[str, ...]
    composition: Floats
    begin: Callable[[np.random.Generator], Draw]
    """A new sequence of draws, the same however it is cut into blocks."""

    @classmethod
    def of(
        cls, tree: Tree, nodes: NDArray[np.intp], begin: Callable[[np.random.Generator], Draw]
    ) -> "Weightings":
        """The weightings that draw the weights of these nodes."""
        return cls(tuple(tree.paths[n] for n in nodes), tree.composition[nodes].T, begin)

    def drawn(self, draws: int, *, seed: int) -> Floats:
        """Weights of the nodes, (draws, p), each row summing to 1."""
        weights = np.empty((draws, len(self.paths)))
        self.begin(np.random.default_rng(seed))(weights)
        return weights


def fill_simplex(weights: Floats, random: np.random.Generator) -> None:
    """Fills the rows of (n, p) with weights uniform on the simplex: Dirichlet(1, ..., 1).

    Exponentials divided by their sum (Devroye 1986, ch. XI.4). Uniform numbers divided by their
    sum would not do: they crowd in the middle.
    """
    random.standard_exponential(out=weights)
    _divide_rows(weights)


def _divide_rows(weights: Floats) -> None:
    # a product with ones sums short rows several times faster than `sum` does
    weights /= (weights @ np.ones(weights.shape[1]))[:, None]


def anywhere(tree: Tree) -> Weightings:
    """Top-level weights uniform on their simplex, the shares below as stated."""
    top = families(tree)[-1]
    return Weightings.of(tree, top, lambda random: lambda out: fill_simplex(out, random))


def near(tree: Tree, *, spread: float) -> Weightings:
    """Leaf weights near the stated ones.

    At every node each share is multiplied by an independent uniform draw from
    [1 - spread, 1 + spread] and renormalised among its siblings, so that splitting a criterion
    into identical parts changes nothing above it. Raises VendorEvalError unless 0 <= spread < 1.
    """
    if not 0 <= spread < 1:
        raise VendorEvalError(f"found spread {spread!r}; allowed: at least 0 and below 1")
    low, width = (1 - spread) * tree.shares, 2 * spread * tree.shares
    flat = len(tree.top) == len(tree.paths)

    def begin(random: np.random.Generator) -> Draw:
        def draw(weights: Floats) -> None:
            shares = weights if flat else np.empty((len(weights), len(low)))
            random.random(out=shares)
            shares *= width
            shares += low
            if flat:
                _divide_rows(weights)
            else:
                _fill_leaves(weights, tree, shares)

        return draw

    return Weightings.of(tree, tree.leaf_at, begin)


def _fill_leaves(weights: Floats, tree: Tree, shares: Floats) -> None:
    """Fills leaf weights (n, m) from any positive shares of all nodes, (n, nodes)."""
    whole: dict[int, Floats | float] = {-1: 1.0}
    leaves = {int(node): m for m, node in enumerate(tree.leaf_at)}
    for parent, family in sorted(families(tree).items()):  # a parent stands before its children
        drawn = shares.T[family]
        drawn *= whole[parent] / drawn.sum(axis=0)
        for node, weight in zip(family.tolist(), drawn, strict=True):
            if node in leaves:
                weights[:, leaves[node]] = weight
            else:
                whole[node] = weight


def families(tree: Tree) -> Mapping[int, NDArray[np.intp]]:
    """Positions of each group of siblings, by their parent's; -1 at the top."""
    return {int(tree.parents[family[0]]): family for family in tree.families}


def product(tree: Tree, drawn: Mapping[int, Callable[[np.random.Generator], Draw]]) -> Weightings:
    """Weights from shares drawn in some families, by parent, all others as stated."""
    groups = families(tree)
    # a node varies when its own family does or an ancestor's; the deepest such ones are drawn
    varied = np.zeros(len(tree.paths), dtype=bool)
    for parent, family in groups.items():
        varied[family] = parent in drawn
    holds = np.zeros(len(tree.paths), dtype=bool)
    for node in reversed(range(len(tree.paths))):
        if tree.parents[node] >= 0:
            holds[tree.parents[node]] |= varied[node] | holds[node]
    above = np.array([p < 0 or holds[p] for p in tree.parents])
    nodes = np.flatnonzero(above & ~holds)

    def begin(random: np.random.Generator) -> Draw:
        streams = random.spawn(len(drawn))
        shares = {p: drawn[p](s) for p, s in zip(sorted(drawn), streams, strict=True)}

        def draw(weights: Floats) -> None:
            whole = np.ones((len(weights), len(tree.paths)))
            for parent, family in sorted(groups.items()):
                share: Floats = tree.shares[family]
                if parent in shares:
                    share = np.empty((len(weights), len(family)))
                    shares[parent](share)
                whole[:, family] = share if parent < 0 else whole[:, [parent]] * share
            weights[:] = whole[:, nodes]

        return draw

    return Weightings.of(tree, nodes, begin)
