"""What `results.json` says of the questions asked of a ranking."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from vendor_eval.analysis.formulas import PriceFormula
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.analysis.sensitivity.winners import WinnerMap
from vendor_eval.analysis.simulation.acceptability import Simulation
from vendor_eval.analysis.simulation.ranks import MANY
from vendor_eval.analysis.value_of_information.questions import OpenAnswer
from vendor_eval.analysis.weight_effects import EffectiveWeight
from vendor_eval.award.result import Result
from vendor_eval.outputs.plain import answer, computed, money, points, points_or_none, share, shares

RANKS = 10
"""Ranks whose acceptability is written where there are more than `MANY` eligible vendors."""


def methods(result: Result) -> dict[str, Any]:
    """The second opinions, or why one could not be formed."""
    opinions: dict[str, Any] = {}
    for name, opinion in result.opinions.items():
        if opinion.ranks is None or opinion.scores is None:
            opinions[name] = {"error": opinion.error}
        else:
            opinions[name] = {
                vendor: {"rank": int(opinion.ranks[vendor]), "score": share(opinion.scores[vendor])}
                for vendor in opinion.ranks.index
            }
    return opinions


UNWEIGHED = ("to_win", "holds_until", "to_qualify", "unknowns")
"""What would change the winner where the lowest price wins; the rest is about weights."""


def sensitivity(result: Result) -> dict[str, Any]:
    """What would change the winner; what has no meaning under the award rule is left out."""
    record = _sensitivity(result)
    if result.evaluation.rules.lowest_price:
        return _without_points({key: record[key] for key in UNWEIGHED})
    if result.evaluation.rules.per_point:
        del record["effective_weights"]  # every value is divided by price
        record["level_prices"] = {v: money(p) for v, p in sorted(result.level_prices.items())}
    return record


def _without_points(record: Any) -> Any:
    """The same without what a change is worth in points, however deep."""
    if isinstance(record, dict):
        kept = ((k, part) for k, part in record.items() if k != "change_in_value")
        return {key: _without_points(part) for key, part in kept}
    return [_without_points(part) for part in record] if isinstance(record, list) else record


def _sensitivity(result: Result) -> dict[str, Any]:
    intervals, emphasis = result.weight_intervals, result.effective_weights
    return {
        "weight_intervals": {path: [share(i.low), share(i.high)] for path, i in intervals.items()},
        "takes_over": {path: [i.below, i.above] for path, i in intervals.items()},
        "to_win": {vendor: _changes(changes) for vendor, changes in result.to_win.items()},
        "smallest_weight_change": {
            vendor: change
            and {
                "total": share(change.total),
                "weights": shares(change.weights),
                "largest": share(change.largest),
                "evenly": shares(change.evenly),
            }
            for vendor, change in result.weight_changes.items()
        },
        "leads_along": {
            path: [
                {"from": share(o.low), "to": share(o.high), "vendors": list(o.vendors)}
                for o in leads
            ]
            for path, leads in result.leads_along.items()
        },
        "winner_map": result.winner_map and map_record(result.winner_map),
        "potentially_optimal": dict(result.potentially_optimal),
        "holds_until": _changes(result.holds_until),
        "to_qualify": {
            vendor: {
                "gates": {h.gate: {"asks": h.asks, "found": answer(h.found)} for h in q.hurdles},
                "shadow_rank": q.shadow_rank,
                "to_win": _changes(q.to_win),
            }
            for vendor, q in sorted(result.to_qualify.items())
        },
        "effective_weights": _weights(emphasis.top) | _weights(emphasis.leaves),
        **_of_the_price(result),
        "unknowns": [_question(question, result) for question in result.questions],
    }


def map_record(winners: WinnerMap) -> dict[str, Any]:
    """Who wins over two shares; a part is a region's share of the whole map."""
    return {
        "first": winners.first,
        "second": winners.second,
        "regions": [
            {
                "vendors": list(region.vendors),
                "vertices": [[share(x) for x in corner] for corner in region.vertices],
                "part": share(region.part),
            }
            for region in winners.regions
        ],
    }


def _changes(changes: Mapping[str, Change | None]) -> dict[str, Any]:
    return {path: change and _change(change) for path, change in changes.items()}


def _change(change: Change) -> dict[str, Any]:
    record = {
        "change_in_value": points(change.change_in_value),
        "from": answer(change.start),
        "to": computed(change.to),
    }
    return record | ({"beyond": True} if change.open_end else {})


def _weights(weights: Mapping[str, EffectiveWeight]) -> dict[str, Any]:
    return {
        path: {
            "stated": share(w.stated),
            "effective": None if w.effective is None else share(w.effective),
        }
        for path, w in weights.items()
    }


def _of_the_price(result: Result) -> dict[str, Any]:
    """What a point costs, and other price formulas; nothing where no price is weighed."""
    rules = result.evaluation.rules
    if rules.price is None or rules.award_rule.form != "highest_score":
        return {}
    formulas = {name: _formula(f) for name, f in result.price_formulas.items()}
    return {"point_price": _point_price(result), "price_formulas": formulas}


def _point_price(result: Result) -> dict[str, Any] | None:
    price = result.point_price
    return (
        None if price is None else {"cheaper": money(price.cheaper), "dearer": money(price.dearer)}
    )


def _formula(formula: PriceFormula) -> dict[str, Any]:
    if formula.error is not None:
        return {"error": formula.error}
    return {
        "winner": formula.winner,
        "changes_winner": formula.changes_winner,
        "scores": {vendor: points(x) for vendor, x in sorted(formula.scores.items())},
        "reversals": dict(sorted(formula.reversals.items())),
    }


def _question(question: OpenAnswer, result: Result) -> dict[str, Any]:
    """One unknown; without points where the lowest price wins."""
    at_stake = {
        "evpi": points_or_none(question.evpi),
        "expected_loss": points_or_none(question.expected_loss),
        "gain_if_passed": points_or_none(question.gain_if_passed),
    }
    if result.evaluation.rules.lowest_price:
        at_stake = dict.fromkeys(at_stake)
    return {
        "vendor": question.vendor,
        "kind": question.kind,
        "about": list(question.about),
        "found": question.found,
        "presumes": list(question.presumes),
        "could_change_winner": question.could_change,
        "to": list(question.to),
        "turns_at": computed(question.turns_at),
        **at_stake,
    }


def robustness(result: Result) -> dict[str, Any]:
    """How firm the ranking is; what grows with the square of the vendors is abridged where many.

    Where the lowest price wins no weights are drawn, only open answers.
    """
    if result.evaluation.rules.lowest_price:
        ahead = result.reruns and shares(result.reruns.ahead.to_dict())
        return {"draws": result.draws, "seed": result.seed, "stays_ahead": ahead}
    near, anywhere = result.near_weights, result.any_weights
    alone, published, reruns = result.weights_alone, result.published_weights, result.reruns
    abridged = {
        "rank_acceptability": f"ranks 1 to {RANKS} alone",
        "pairwise": f"left out above {MANY} eligible vendors",
    }
    error = result.judgement_error
    return {
        "draws": near.draws,
        "seed": near.seed,
        "weights": _drawn_weights(result),
        "judgement_error": {"points": points(error.points), "from": error.said_by},
        "stays_ahead": reruns and shares(reruns.ahead.to_dict()),
        "withstands": {
            name: float(f"{factor:.2g}") if isinstance(factor, float) else factor
            for name, factor in result.withstands.items()
        }
        or None,
        **({"abridged": abridged} if len(near.vendors) > MANY else {}),
        "near_weights": _simulation(near),
        "weights_alone": alone and {"rank_acceptability": _rows(alone.rank_acceptability)},
        "published_weights": published
        and {"rank_acceptability": _rows(published.rank_acceptability)},
        "any_weights": _simulation(anywhere),
    }


def _drawn_weights(result: Result) -> dict[str, Any]:
    """How weights are drawn: around the agreed ones, or all alike that fit what is stated."""
    rules, information = result.evaluation.rules.robustness, result.information
    if information is None:
        concentration = share(rules.concentration)
        return {"model": "dirichlet", "preset": rules.preset, "concentration": concentration}
    stated = information.model_dump(mode="json")
    return {"model": "uniform", "preset": None, "concentration": None, "stated": stated}


def _simulation(simulation: Simulation) -> dict[str, Any]:
    return {
        "rank_acceptability": _rows(simulation.rank_acceptability),
        "central_weights": _by_vendor(simulation.central_weights),
        "confidence_factor": shares(simulation.confidence_factor.to_dict()),
        "pairwise": _by_vendor(simulation.pairwise),
        "expected_rank": shares(simulation.expected_rank.to_dict()),
        "standard_error": {
            "rank_acceptability": _rows(simulation.rank_acceptability_error),
            "expected_rank": shares(simulation.expected_rank_error.to_dict()),
            "central_weights": _by_vendor(simulation.central_weights_error),
            "confidence_factor": shares(simulation.confidence_factor_error.to_dict()),
            "pairwise": _by_vendor(simulation.pairwise_error),
        },
    }


def _by_vendor(frame: pd.DataFrame) -> dict[str, dict[str, float]]:
    """A frame of vendors by anything, row by row."""
    return {str(vendor): shares(row) for vendor, row in frame.T.to_dict().items()}


def _rows(frame: pd.DataFrame) -> dict[str, list[float]]:
    """A frame of vendors x ranks; of many vendors the first ranks alone."""
    ranks = RANKS if len(frame) > MANY else len(frame)
    return {
        str(vendor): [share(x) for x in row[:ranks]]
        for vendor, row in zip(frame.index, frame.to_numpy(), strict=True)
    }
