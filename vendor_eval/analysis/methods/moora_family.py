"""The MOORA family: ratio system, reference point, multiplicative form, and the three together."""

from typing import Any

import numpy as np

from vendor_eval.analysis.methods import requirements
from vendor_eval.analysis.methods.panel import METHODS, TIE_DECIMALS, ranking_method
from vendor_eval.analysis.methods.performance_table import Floats, raw, vector


@METHODS.register("moora")
@ranking_method(
    about="Ratio-system scores, in [-1, 1].",
    scale=vector,
    settings="weighted benefits less weighted costs (the ratio system)",
    source="Brauers & Zavadskas 2006",
)
def moora(matrix: Any) -> Floats:
    """Ratio-system scores, in [-1, 1]."""
    from skcriteria.agg.moora import RatioMOORA

    return RatioMOORA().evaluate(matrix).e_.score


@METHODS.register("moora_reference_point")
@ranking_method(
    about="Largest weighted distances, in [0, 2], 0 the best.",
    scale=vector,
    settings="the largest weighted distance from the best answer on any criterion",
    source="Brauers & Zavadskas 2006",
    higher_is_better=False,
)
def moora_reference_point(matrix: Any) -> Floats:
    """Largest weighted distances, in [0, 2], 0 the best."""
    from skcriteria.agg.moora import ReferencePointMOORA

    return ReferencePointMOORA().evaluate(matrix).e_.score


@METHODS.register("full_multiplicative_form")
@ranking_method(
    about="Natural logarithms of the products.",
    scale=raw,
    settings="benefits multiplied and divided by costs, without any weights "
    "(each is a factor all vendors share); the score is the natural logarithm",
    source="Brauers & Zavadskas 2010",
    needs=(requirements.positive,),
)
def full_multiplicative_form(matrix: Any) -> Floats:
    """Natural logarithms of the products."""
    from skcriteria.agg.moora import FullMultiplicativeForm

    return FullMultiplicativeForm().evaluate(matrix).e_.score


@METHODS.register("multimoora")
@ranking_method(
    about="Rivals beaten, in [0, vendors-1].",
    scale=vector,
    settings="ranked by the number of rivals beaten in more of the three "
    "MOORA rankings (ratio system, reference point, unweighted multiplicative form) than lost to",
    source="Brauers & Zavadskas 2010 and 2011",
    needs=(requirements.positive,),
)
def multimoora(matrix: Any) -> Floats:
    """Rivals beaten, in [0, vendors-1]."""
    # The library's own count skips every pair with a tie in one of the three, which can put a
    # dominated vendor first, and takes float noise for a difference.
    parts = (moora, moora_reference_point, full_multiplicative_form)
    signed = [(1 if m.higher_is_better else -1) * m.aggregate(matrix) for m in parts]
    scores = np.round(signed, TIE_DECIMALS)
    won = np.sign(scores[:, :, None] - scores[:, None, :]).sum(axis=0)
    return (won > 0).sum(axis=1).astype(float)
