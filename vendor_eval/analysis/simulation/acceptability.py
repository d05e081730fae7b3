"""What a simulation says: rank acceptability, central weights and the rest, with their errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vendor_eval.analysis.simulation.ranks import RankCounts
from vendor_eval.errors import UnknownName, nearest
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class Simulation(ShortRepr):
    """Stochastic multicriteria acceptability of k vendors, SMAA-2 (Lahdelma & Salminen 2001).

    `vendors` stand best first under the stated weights; `paths` are the p criteria whose weights
    were drawn. Every `..._error` is a standard error of what it is named after, from the number of
    draws alone. No frame holds a vendor it has no number for.
    """

    vendors: tuple[str, ...]
    paths: tuple[str, ...]
    draws: int
    seed: int
    tally: RankCounts
    confident: Floats
    """Confidence factor of each vendor, in [0, 1], 0 for one that is never first; (k,)."""
    confident_draws: int
    """How many draws of the answers that comes from; 1 where every answer is certain."""
    exact: Floats | None = None
    """Pairwise winning indices where they are known exactly; (k, k)."""

    def first(self, vendor: str) -> float:
        """Share of the draws, in [0, 1], in which a vendor is first."""
        if vendor not in self.vendors:
            raise UnknownName(f"unknown vendor {vendor!r}{nearest(vendor, self.vendors)}")
        return float(self._ranks[self.vendors.index(vendor), 0])

    def among(self, vendor: str, ranks: Sequence[int]) -> tuple[float, float]:
        """Share of the draws, in [0, 1], that give a vendor one of some ranks, and its error."""
        row = self._ranks[self.vendors.index(vendor)]
        share = min(float(sum(row[rank - 1] for rank in ranks)), 1.0)
        return share, 0.0 if self._ranks_exact else float(_binomial(np.array(share), self.draws))

    @property
    def _ranks_exact(self) -> bool:
        return self.exact is not None and len(self.vendors) <= 2

    @cached_property
    def _ranks(self) -> Floats:
        if self.exact is not None and len(self.vendors) == 2:
            # two vendors: who wins is first, and what neither wins is shared
            wins = self.exact[[0, 1], [1, 0]]
            first = wins + (1 - wins.sum()) / 2
            return np.column_stack([first, 1 - first])
        # what is left of a split rank's rounding is not a share
        return np.round(self.tally.ranks / self.draws, 12) + 0.0

    @cached_property
    def rank_acceptability(self) -> pd.DataFrame:
        """Share of draws, in [0, 1], that give each vendor each rank; k vendors x ranks 1 ... k."""
        return self._by_rank(self._ranks)

    @cached_property
    def rank_acceptability_error(self) -> pd.DataFrame:
        """Binomial standard errors of the rank acceptabilities; k vendors x ranks 1 to k."""
        error = _binomial(self._ranks, self.draws)
        return self._by_rank(np.zeros_like(error) if self._ranks_exact else error)

    def _by_rank(self, shares: Floats) -> pd.DataFrame:
        return pd.DataFrame(shares, _index(self.vendors), range(1, len(self.vendors) + 1))

    @cached_property
    def central_weights(self) -> pd.DataFrame:
        """Mean weights under which a vendor is first, rows summing to 1; vendors x p criteria.

        Only the vendors that are first in some draw. Draws with a tie for first count in part.
        """
        return self._by_path(self.tally.weights, self._leading)

    @cached_property
    def central_weights_error(self) -> pd.DataFrame:
        """Standard errors of the central weights; vendors x p criteria."""
        number = np.maximum(self.tally.first, 1e-300)[:, None]
        mean = self.tally.weights / number
        variance = np.maximum(self.tally.squares / number - mean**2, 0.0)
        return self._by_path(np.sqrt(variance * number), self._leading)

    def _by_path(self, sums: Floats, rows: NDArray[np.bool_]) -> pd.DataFrame:
        names = [v for v, leads in zip(self.vendors, rows, strict=True) if leads]
        return pd.DataFrame(
            sums[rows] / self.tally.first[rows, None], _index(names), list(self.paths)
        )

    @property
    def _leading(self) -> NDArray[np.bool_]:
        return np.asarray(self.tally.first > 0)

    @cached_property
    def confidence_factor(self) -> pd.Series:
        """Probability, in [0, 1], of being first at one's own central weights; vendors ever first.

        It is over the answers alone: 1 or 0 where they are certain, in between where vendors tie.
        """
        return self._of_leading(np.round(self.confident, 12) + 0.0)

    @cached_property
    def confidence_factor_error(self) -> pd.Series:
        """Binomial standard errors of the confidence factors, given the central weights."""
        error = _binomial(self.confident, self.confident_draws)
        return self._of_leading(np.zeros_like(error) if self.confident_draws == 1 else error)

    def _of_leading(self, numbers: Floats) -> pd.Series:
        return pd.Series(numbers, _index(self.vendors))[self._leading]

    @cached_property
    def pairwise(self) -> pd.DataFrame:
        """Share of the draws, in [0, 1], in which the row's vendor ranks above the column's; k x k.

        Where the two tie, neither does (Leskinen et al. 2006). Empty above `ranks.MANY` vendors.
        """
        return self._by_vendor(self._pairwise)

    @cached_property
    def pairwise_error(self) -> pd.DataFrame:
        """Binomial standard errors of the pairwise winning indices, 0 where exact; k x k."""
        won = self._pairwise
        error = None if won is None else _binomial(won, self.draws) * (self.exact is None)
        return self._by_vendor(error)

    @property
    def _pairwise(self) -> Floats | None:
        if self.exact is not None:
            return self.exact
        return None if self.tally.wins is None else self.tally.wins / self.draws

    def _by_vendor(self, shares: Floats | None) -> pd.DataFrame:
        names = () if shares is None else self.vendors
        return pd.DataFrame(shares, _index(names), list(names))

    @cached_property
    def expected_rank(self) -> pd.Series:
        """Mean rank, in [1, k], 1 the best; vendors that tie have the mean of their ranks."""
        won = self._pairwise
        if won is None:
            # who ties takes an equal part of the ranks shared, which has the same mean
            ranks = np.arange(1.0, len(self.vendors) + 1)
            return pd.Series(self._ranks @ ranks, _index(self.vendors))
        # a rank is 1 + those ahead + half of those alike, and so is its mean
        ahead, alike = won.T, 1 - won - won.T
        np.fill_diagonal(alike, 0.0)
        return pd.Series(1 + (ahead + alike / 2).sum(axis=1), _index(self.vendors))

    @cached_property
    def expected_rank_error(self) -> pd.Series:
        """Standard errors of the expected ranks."""
        ranks = np.arange(1, len(self.vendors) + 1)
        mean = self._ranks @ ranks
        variance = np.maximum(self._ranks @ ranks**2 - mean**2, 0.0)
        error = np.sqrt(variance / self.draws) * (self.exact is None)
        return pd.Series(error, _index(self.vendors))


@dataclass(frozen=True, eq=False, kw_only=True)
class NearWeights(Simulation):
    """What a simulation says under weights near the agreed ones; `paths` are the leaves.

    Under all weights that fit what is stated of them `paths` are the top-level criteria.
    """

    concentration: float | None
    """Of the drawn weights around the agreed ones; infinite where they are not drawn, None where
    all that fit are equally likely."""
    judgement_error: float
    """Standard deviation of judged points; 0 where none is drawn."""

    @cached_property
    def ahead(self) -> pd.Series:
        """Share of draws, in [0, 1], in which the first vendor beats each rival alone; (k - 1,)."""
        return pd.Series(self.tally.ahead / self.draws, _index(self.vendors[1:]))


def _binomial(shares: Floats, draws: int) -> Floats:
    return np.sqrt(np.maximum(shares * (1 - shares), 0.0) / draws)


def _index(names: Sequence[str]) -> pd.Index:
    return pd.Index(names, dtype=object)
