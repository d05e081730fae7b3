"""Second opinions: how other ranking methods order the same vendors, and how far they agree."""

import contextlib
import inspect
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from vendor_eval.analysis.methods.performance_table import (
    Floats,
    PerformanceTable,
    Scale,
    decision_matrix,
)
from vendor_eval.analysis.methods.requirements import EVERY_METHOD, Need, usable
from vendor_eval.errors import one_line, quoted
from vendor_eval.evaluation.ranks import competition_ranks
from vendor_eval.registry import Registry
from vendor_eval.wording.short_repr import ShortRepr

TIE_DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Opinion(ShortRepr):
    """One method's ranking of the vendors, or in `error` why it has none.

    `settings` is one sentence: the normalisation, every default, the source. `ranks` are
    competition ranks, 1 the best; `scores` are the method's own, as it defines them.
    """

    method: str
    settings: str
    ranks: pd.Series | None
    scores: pd.Series | None
    higher_is_better: bool
    error: str | None = None


@dataclass(frozen=True)
class Method:
    """A ranking method: what its own paper prescribes, around scikit-criteria's aggregator.

    `aggregate` takes scikit-criteria's decision matrix, already on `scale`, and the method's own
    parameters, and gives the scores; `needs` say which tables it cannot rank.
    """

    aggregate: Callable[..., Floats]
    about: str
    """What its scores are, in a sentence."""
    scale: Scale
    settings: str
    source: str
    needs: tuple[Need, ...] = ()
    higher_is_better: bool = True

    def described(self) -> str:
        """One sentence: the normalisation, every default, and the paper they come from."""
        parameters = inspect.signature(self.aggregate).parameters.values()
        defaults = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
        return f"{self.scale.says}; {self.settings.format(**defaults)} ({self.source})."

    def scores(
        self, table: PerformanceTable, *, scale: Scale | None = None, **parameters: Any
    ) -> Floats:
        """The method's scores, (vendors,), with weights as given in `table`; nothing is checked."""
        with quiet():
            matrix = decision_matrix((scale or self.scale)(table))
            return np.asarray(self.aggregate(matrix, **parameters), dtype=float)

    def opinion(self, name: str, table: PerformanceTable) -> Opinion:
        """What the method says about these vendors; `error` reports anything that goes wrong."""
        with quiet():
            scores, error = self.scores_or_reason(table)
            if scores is None:
                return Opinion(name, self.described(), None, None, self.higher_is_better, error)
            series = pd.Series(scores, index=list(table.vendors), name=name)
            ranks = ranks_by_score(series, higher_is_better=self.higher_is_better)
            return Opinion(name, self.described(), ranks, series, self.higher_is_better)

    def scores_or_reason(self, table: PerformanceTable) -> tuple[Floats, None] | tuple[None, str]:
        """The scores, every one a usable number, or why there are none."""
        for need in (*EVERY_METHOD, *self.needs):
            if reason := need(table):
                return None, reason
        try:
            scores = self.scores(table)
        # A second opinion never costs the run: any failure of the library is reported.
        except Exception as failure:  # noqa: BLE001
            return None, f"scikit-criteria could not rank this table: {one_line(str(failure))}"
        bad = [v for v, score in zip(table.vendors, scores, strict=True) if not usable(score)]
        if bad:
            return None, f"it divides by zero, or nearly so, and has no score for {quoted(bad)}"
        return scores, None


METHODS: Registry[Method] = Registry("method")


def ranking_method(
    *,
    about: str,
    scale: Scale,
    settings: str,
    source: str,
    needs: tuple[Need, ...] = (),
    higher_is_better: bool = True,
) -> Callable[[Callable[..., Floats]], Method]:
    """A decorator that makes a method of the function which gives its scores."""

    def made(aggregate: Callable[..., Floats]) -> Method:
        return Method(aggregate, about, scale, settings, source, needs, higher_is_better)

    return made


def second_opinions(
    performance: pd.DataFrame,
    *,
    weights: pd.Series,
    directions: pd.Series,
    names: Sequence[str],
) -> dict[str, Opinion]:
    """How each method of `names` ranks the vendors, in the order asked; a failing one says why.

    `performance` is vendors x criteria, raw numbers; `weights` and `directions` ("max" or "min")
    are by criterion. Weights are taken as shares, and criteria that carry none are left out.
    """
    asked = {name: METHODS[name] for name in names}
    if not asked:
        return {}
    table = PerformanceTable.of(performance, weights=weights, directions=directions)
    return {name: method.opinion(name, table) for name, method in asked.items()}


def ranks_by_score(scores: pd.Series, *, higher_is_better: bool) -> pd.Series:
    """Ranks from 1, the best; scores equal to 9 decimals share a rank, and the next one skips."""
    rounded = scores.round(TIE_DECIMALS)
    ranks = competition_ranks((rounded if higher_is_better else -rounded).tolist())
    return pd.Series(ranks, index=scores.index, name=scores.name)


def agreement(ranks: pd.DataFrame) -> pd.DataFrame:
    """Kendall's tau-b between each two columns of ranks, in [-1, 1]; 1 is the same order.

    Methods x methods, of Python floats. Where tau-b is not defined, because one of the two ties
    all vendors or there are fewer than two, the cell is None, never nan (Kendall 1945).
    """
    from scipy.stats import kendalltau

    names = list(ranks.columns)
    taus = pd.DataFrame(index=names, columns=names, dtype=object)
    taus[:] = None
    for one, other in [*combinations(range(len(names)), 2), *((i, i) for i in range(len(names)))]:
        first, second = ranks.iloc[:, one], ranks.iloc[:, other]
        if first.nunique() > 1 and second.nunique() > 1:
            tau = float(kendalltau(first, second, variant="b").statistic)
            taus.iat[one, other] = taus.iat[other, one] = tau
    return taus


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No warnings from the library: what it warns of is checked and reported here."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield
