"""Weights drawn near the stated ones, or anywhere on the simplex."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats

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
    top = np.array([tree.at(path) for path in tree.top])
    return Weightings.of(tree, top, lambda random: lambda out: fill_simplex(out, random))


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
