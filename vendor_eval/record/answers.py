"""What `results.json` says of the questions asked of a ranking."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vendor_eval.award import Assessment
from vendor_eval.effective_weights import EffectiveWeight
from vendor_eval.negotiation import Change
from vendor_eval.price_formulas import PriceFormula
from vendor_eval.record.plain import short
from vendor_eval.robustness import MANY, Simulation
from vendor_eval.sensitivity import WinnerMap
from vendor_eval.unknowns import Question

RANKS = 10
"""Ranks whose acceptability is written where there are more than `MANY` eligible vendors."""


def methods(assessment: Assessment) -> dict[str, Any]:
    """The second opinions, or why one could not be formed."""
    told: dict[str, Any] = {}
    for name, opinion in assessment.opinions.items():
        if opinion.ranks is None or opinion.scores is None:
            told[name] = {"error": opinion.error}
        else:
            told[name] = {
                vendor: {"rank": int(opinion.ranks[vendor]), "score": float(opinion.scores[vendor])}
                for vendor in opinion.ranks.index
            }
    return told


def sensitivity(assessment: Assessment) -> dict[str, Any]:
    """What would change the winner."""
    intervals, emphasis = assessment.weight_intervals, assessment.effective_weights
    return {
        "weight_intervals": {path: [i.low, i.high] for path, i in intervals.items()},
        "takes_over": {path: [i.below, i.above] for path, i in intervals.items()},
        "to_win": {vendor: _changes(told) for vendor, told in assessment.to_win.items()},
        "smallest_weight_change": {
            vendor: change
            and {
                "total": change.total,
                "weights": dict(change.weights),
                "largest": change.largest,
                "evenly": dict(change.evenly),
            }
            for vendor, change in assessment.weight_changes.items()
        },
        "leads_along": {
            path: [{"from": o.low, "to": o.high, "vendors": list(o.vendors)} for o in leads]
            for path, leads in assessment.leads_along.items()
        },
        "winner_map": _map(assessment.winner_map),
        "potentially_optimal": dict(assessment.potentially_optimal),
        "holds_until": _changes(assessment.holds_until),
        "to_qualify": {
            vendor: {
                "gates": {h.gate: {"asks": h.asks, "found": short(h.found)} for h in q.hurdles},
                "shadow_rank": q.shadow_rank,
                "to_win": _changes(q.to_win),
            }
            for vendor, q in sorted(assessment.to_qualify.items())
        },
        "effective_weights": _weights(emphasis.top) | _weights(emphasis.leaves),
        "point_price": _point_price(assessment),
        "price_formulas": {n: _formula(f) for n, f in assessment.price_formulas.items()},
        "unknowns": [_question(question) for question in assessment.questions],
    }


def _map(told: WinnerMap | None) -> dict[str, Any] | None:
    """Who wins over two shares; a part is a region's share of the whole map."""
    if told is None:
        return None
    return {
        "first": told.first,
        "second": told.second,
        "regions": [
            {
                "vendors": list(region.vendors),
                "vertices": [list(corner) for corner in region.vertices],
                "part": region.part,
            }
            for region in told.regions
        ],
    }


def _changes(told: Mapping[str, Change | None]) -> dict[str, Any]:
    return {path: change and _change(change) for path, change in told.items()}


def _change(change: Change) -> dict[str, Any]:
    told = {
        "change_in_value": change.change_in_value,
        "from": short(change.start),
        "to": short(change.to),
    }
    return told | ({"beyond": True} if change.open_end else {})


def _weights(told: Mapping[str, EffectiveWeight]) -> dict[str, Any]:
    return {path: {"stated": w.stated, "effective": w.effective} for path, w in told.items()}


def _point_price(assessment: Assessment) -> dict[str, Any] | None:
    price = assessment.point_price
    return None if price is None else {"cheaper": price.cheaper, "dearer": price.dearer}


def _formula(formula: PriceFormula) -> dict[str, Any]:
    if formula.error is not None:
        return {"error": formula.error}
    return {
        "winner": formula.winner,
        "changes_winner": formula.changes_winner,
        "scores": dict(sorted(formula.scores.items())),
        "reversals": dict(sorted(formula.reversals.items())),
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "vendor": question.vendor,
        "kind": question.kind,
        "about": list(question.about),
        "found": question.found,
        "presumes": list(question.presumes),
        "could_change_winner": question.could_change,
        "to": list(question.to),
        "turns_at": short(question.turns_at),
        "evpi": question.evpi,
        "expected_loss": question.expected_loss,
        "gain_if_passed": question.gain_if_passed,
    }


def robustness(assessment: Assessment) -> dict[str, Any]:
    """How sure the ranking is; what grows with the square of the vendors is abridged where many."""
    near, anywhere = assessment.near_weights, assessment.any_weights
    alone = assessment.weights_alone
    abridged = {
        "rank_acceptability": f"ranks 1 to {RANKS} alone",
        "pairwise": f"left out above {MANY} eligible vendors",
    }
    return {
        "draws": near.draws,
        "seed": near.seed,
        **({"abridged": abridged} if len(near.vendors) > MANY else {}),
        "near_weights": {"spread": near.spread} | _simulation(near),
        "weights_alone": alone and {"rank_acceptability": _rows(alone.rank_acceptability)},
        "any_weights": _simulation(anywhere),
    }


def _simulation(simulation: Simulation) -> dict[str, Any]:
    return {
        "rank_acceptability": _rows(simulation.rank_acceptability),
        "central_weights": simulation.central_weights.T.to_dict(),
        "confidence_factor": simulation.confidence_factor.to_dict(),
        "pairwise": simulation.pairwise.T.to_dict(),
        "expected_rank": simulation.expected_rank.to_dict(),
        "standard_error": {
            "rank_acceptability": _rows(simulation.rank_acceptability_error),
            "expected_rank": simulation.expected_rank_error.to_dict(),
            "central_weights": simulation.central_weights_error.T.to_dict(),
            "confidence_factor": simulation.confidence_factor_error.to_dict(),
            "pairwise": simulation.pairwise_error.T.to_dict(),
        },
    }


def _rows(frame: pd.DataFrame) -> dict[str, list[float]]:
    """A frame of vendors x ranks; of many vendors the first ranks alone."""
    ranks = RANKS if len(frame) > MANY else len(frame)
    return {
        str(vendor): list(map(float, row[:ranks]))
        for vendor, row in zip(frame.index, frame.to_numpy(), strict=True)
    }
