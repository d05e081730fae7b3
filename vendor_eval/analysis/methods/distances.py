"""Methods that measure distances: from the best, the worst or the average answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from vendor_eval.analysis.methods import requirements
from vendor_eval.analysis.methods.panel import METHODS, TIE_DECIMALS, ranking_method
from vendor_eval.analysis.methods.performance_table import (
    Floats,
    PerformanceTable,
    ratio,
    raw,
    scale,
    span,
    vector,
)

Intervals: TypeAlias = Sequence[tuple[float, float]]  # from, to; one a criterion


@METHODS.register("topsis")
@ranking_method(
    about="Relative closeness to the ideal, in [0, 1].",
    scale=vector,
    settings="closeness to the best answers against the worst ones, in Euclidean distance",
    source="Hwang & Yoon 1981",
    needs=(requirements.differences,),
)
def topsis(matrix: Any) -> Floats:
    """Relative closeness to the ideal, in [0, 1]."""
    from skcriteria.agg.topsis import TOPSIS

    return TOPSIS().evaluate(matrix).e_.similarity


@METHODS.register("vikor")
@ranking_method(
    about="VIKOR's Q, in [0, 1], 0 the best.",
    scale=span,
    settings="group utility and worst regret mixed with v = {v}; ranked by Q, without merging the "
    "compromise set",
    source="Opricovic & Tzeng 2004",
    higher_is_better=False,
)
def vikor(matrix: Any, *, v: float = 0.5) -> Floats:
    """VIKOR's Q, in [0, 1], 0 the best."""
    from skcriteria.agg.vikor import VIKOR

    outcome = VIKOR(v=v, use_compromise_set=False).evaluate(matrix).e_
    # The library's own Q stretches float noise between equal regrets to the whole of [0, 1].
    return v * _stretched(outcome.s_k) + (1 - v) * _stretched(outcome.r_k)


def _stretched(distances: Floats) -> Floats:
    """Distances on [0, 1], the smallest 0; all 0 when they do not differ."""
    above = distances - distances.min()
    return above / above.max() if above.max() > 10.0**-TIE_DECIMALS else np.zeros_like(above)


@METHODS.register("codas")
@ranking_method(
    about="Assessment scores; they add up to 0.",
    scale=ratio,
    settings="Euclidean distance from the worst, and taxicab distance too where the Euclidean ones "
    "differ by at least tau = {tau}",
    source="Keshavarz Ghorabaee, Zavadskas, Turskis & Antucheviciene 2016",
    needs=(requirements.ratios,),
)
def codas(matrix: Any, *, tau: float = 0.02) -> Floats:
    """Assessment scores; they add up to 0."""
    from skcriteria.agg.codas import CODAS

    return CODAS(tau=tau).evaluate(matrix).e_.score


@METHODS.register("edas")
@ranking_method(
    about="Appraisal scores, in [0, 1].",
    scale=raw,
    settings="distances above and below the average, in units of the average",
    source="Keshavarz Ghorabaee, Zavadskas, Olfat & Turskis 2015",
    needs=(requirements.positive_average,),
)
def edas(matrix: Any) -> Floats:
    """Appraisal scores, in [0, 1]."""
    from skcriteria.agg.edas import EDAS

    return EDAS().evaluate(matrix).e_.score


@METHODS.register("mabac")
@ranking_method(
    about="Distances from the border, above 0 in the upper area.",
    scale=span,
    settings="distance from the border approximation area",
    source="Pamucar & Cirovic 2015",
)
def mabac(matrix: Any) -> Floats:
    """Distances from the border, above 0 in the upper area."""
    from skcriteria.agg.mabac import MABAC

    return MABAC().evaluate(matrix).e_.score


@scale(span.says)
def span_from_one(table: PerformanceTable) -> PerformanceTable:
    """1 for the worst answer, 2 for the best: MAIRCA scales once more, but refuses a 0."""
    scaled = span(table)
    return replace(scaled, values=1 + scaled.values)


@METHODS.register("mairca")
@ranking_method(
    about="Total gaps, in [0, 1/vendors], 0 the best.",
    scale=span_from_one,
    settings="gap between the ideal and the real rating, every vendor equally likely beforehand",
    source="Pamucar, Vasin & Lukovac 2014; Gigovic, Pamucar, Bajic & Milicevic 2016",
    higher_is_better=False,
)
def mairca(matrix: Any) -> Floats:
    """Total gaps, in [0, 1/vendors], 0 the best."""
    from skcriteria.agg.mairca import MAIRCA

    return MAIRCA().evaluate(matrix).e_["values"]


@METHODS.register("probid")
@ranking_method(
    about="Performance scores, at least 0.",
    scale=vector,
    settings="Euclidean distances from all ideals, best to worst, and from the average",
    source="Wang, Rangaiah & Wang 2021",
    needs=(requirements.differences,),
)
def probid(matrix: Any) -> Floats:
    """Performance scores, at least 0."""
    from skcriteria.agg.probid import PROBID

    return PROBID().evaluate(matrix).e_.score


@METHODS.register("simplified_probid")
@ranking_method(
    about="Performance scores, at least 0.",
    scale=vector,
    settings="Euclidean distances from the worst quarter of ideals divided "
    "by those from the best quarter",
    source="Wang, Rangaiah & Wang 2021",
    needs=(requirements.differences, requirements.something_below_the_best),
)
def simplified_probid(matrix: Any) -> Floats:
    """Performance scores, at least 0."""
    from skcriteria.agg.probid import SimplifiedPROBID

    return SimplifiedPROBID().evaluate(matrix).e_.score


@METHODS.register("rim")
@ranking_method(
    about="Relative closeness to the reference ideal, in [0, 1].",
    scale=span,
    settings="the best answer is the reference ideal, as none is given",
    source="Cables, Lamata & Verdegay 2016",
)
def rim(matrix: Any, *, ideals: Intervals | None = None, ranges: Intervals | None = None) -> Floats:
    """Relative closeness to the reference ideal, in [0, 1]."""
    from skcriteria.agg.rim import RIM

    criteria = matrix.shape[1]
    outcome = RIM().evaluate(
        matrix, ref_ideals=ideals or [(1, 1)] * criteria, ranges=ranges or [(0, 1)] * criteria
    )
    return outcome.e_.score


@METHODS.register("spotis")
@ranking_method(
    about="Weighted distances from the ideal, in [0, 1], 0 the best.",
    scale=span,
    settings="weighted distance from the ideal; the bounds are the vendors' own best and worst "
    "answers",
    source="Dezert, Tchamova, Han & Tacnet 2020",
    higher_is_better=False,
)
def spotis(matrix: Any, *, bounds: Intervals | None = None) -> Floats:
    """Weighted distances from the ideal, in [0, 1], 0 the best."""
    from skcriteria.agg.spotis import SPOTIS

    return SPOTIS().evaluate(matrix, bounds=bounds or [(0, 1)] * matrix.shape[1]).e_.score
