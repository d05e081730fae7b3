"""Methods that add or multiply normalised answers.

Here and in its sibling modules, a method is one function around scikit-criteria's aggregator: it
takes the library's decision matrix, already on the scale the method's paper prescribes, and gives
the scores. The library costs two seconds, so it is imported when a method first runs.
"""

import contextlib
import io
from typing import Any

from vendor_eval.analysis.methods import requirements
from vendor_eval.analysis.methods.panel import METHODS, ranking_method
from vendor_eval.analysis.methods.performance_table import (
    Floats,
    ratio,
    raw,
    share,
    share_with_ideal,
    span,
)


@METHODS.register("weighted_sum")
@ranking_method(
    about="Weighted sums, in [0, 1].",
    scale=ratio,
    settings="weighted and added",
    source="simple additive weighting, Churchman & Ackoff 1954; Hwang & Yoon 1981",
    needs=(requirements.ratios,),
)
def weighted_sum(matrix: Any) -> Floats:
    """Weighted sums, in [0, 1]."""
    from skcriteria.agg.simple import WeightedSumModel

    return WeightedSumModel().evaluate(matrix).e_.score


@METHODS.register("weighted_product")
@ranking_method(
    about="Decimal logarithms of weighted products, at most 0.",
    scale=ratio,
    settings="raised to its weight and multiplied; the score is the decimal logarithm of the "
    "product",
    source="Bridgman 1922; Miller & Starr 1969",
    needs=(requirements.positive,),
)
def weighted_product(matrix: Any) -> Floats:
    """Decimal logarithms of weighted products, at most 0."""
    from skcriteria.agg.simple import WeightedProductModel

    return WeightedProductModel().evaluate(matrix).e_.score


@METHODS.register("waspas")
@ranking_method(
    about="Mixtures of weighted sum and product, in (0, 1].",
    scale=ratio,
    settings="weighted sum and weighted product mixed with lambda = {lambda_value}",
    source="Zavadskas, Turskis, Antucheviciene & Zakarevicius 2012",
    needs=(requirements.positive,),
)
def waspas(matrix: Any, *, lambda_value: float = 0.5) -> Floats:
    """Mixtures of weighted sum and product, in (0, 1]."""
    from skcriteria.agg.waspas import WASPAS

    return WASPAS(lambda_value=lambda_value).evaluate(matrix).e_.score


@METHODS.register("marcos")
@ranking_method(
    about="Utility functions f(K), above 0.",
    scale=ratio,
    settings="utility between the ideal and the anti-ideal vendor",
    source="Stevic, Pamucar, Puska & Chatterjee 2020",
    needs=(requirements.ratios, requirements.worst_case_above_zero),
)
def marcos(matrix: Any) -> Floats:
    """Utility functions f(K), above 0."""
    from skcriteria.agg.marcos import MARCOS

    with contextlib.redirect_stdout(io.StringIO()):  # it prints its scores
        return MARCOS().evaluate(matrix).e_.utility_scores


@METHODS.register("cocoso")
@ranking_method(
    about="Combined compromise scores, above 0.",
    scale=span,
    settings="weighted sum and sum of weighted powers mixed with lambda = {lambda_value}",
    source="Yazdani, Zarate, Zavadskas & Turskis 2019",
    needs=(requirements.something_above_the_worst,),
)
def cocoso(matrix: Any, *, lambda_value: float = 0.5) -> Floats:
    """Combined compromise scores, above 0."""
    from skcriteria.agg.cocoso import CoCoSo

    return CoCoSo(lambda_value=lambda_value).evaluate(matrix).e_.score


@METHODS.register("copras")
@ranking_method(
    about="Utility degrees, in (0, 100].",
    scale=share,
    settings="the score is the utility degree in per cent of the best vendor's",
    source="Zavadskas, Kaklauskas & Sarka 1994",
    needs=(requirements.shares, requirements.costs),
)
def copras(matrix: Any) -> Floats:
    """Utility degrees, in (0, 100]."""
    from skcriteria.agg.copras import COPRAS

    return COPRAS().evaluate(matrix).e_.score


@METHODS.register("aras")
@ranking_method(
    about="Utility degrees against the ideal vendor, in [0, 1].",
    scale=share_with_ideal,
    settings="weighted sum in units of the ideal vendor's",
    source="Zavadskas & Turskis 2010",
    needs=(requirements.ratios,),
)
def aras(matrix: Any) -> Floats:
    """Utility degrees against the ideal vendor, in [0, 1]."""
    from skcriteria.agg.aras import ARAS

    return ARAS().evaluate(matrix).e_.utility


@METHODS.register("ram")
@ranking_method(
    about="Root assessment indices, from 2^(1/3) to 3^(1/2).",
    scale=share,
    settings="root assessment of weighted benefits and costs",
    source="Sotoudeh-Anvari 2023",
    needs=(requirements.shares,),
)
def ram(matrix: Any) -> Floats:
    """Root assessment indices, from 2^(1/3) to 3^(1/2)."""
    from skcriteria.agg.ram import RAM

    return RAM().evaluate(matrix).e_.score


@METHODS.register("ocra")
@ranking_method(
    about="Total preference ratings, 0 for the worst.",
    scale=raw,
    settings="distances from the largest cost and the smallest benefit, in units of the smallest "
    "answer on the criterion",
    source="Parkan 1994; Madic, Antucheviciene, Radovanovic & Petkovic 2015",
    needs=(requirements.positive,),
)
def ocra(matrix: Any) -> Floats:
    """Total preference ratings, 0 for the worst."""
    from skcriteria.agg.ocra import OCRA

    return OCRA().evaluate(matrix).e_.performance
