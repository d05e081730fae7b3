"""What `results.json` says of each vendor."""

from typing import Any

from vendor_eval.evaluation import Evaluation
from vendor_eval.record.plain import short


def vendor_record(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    """One vendor's status, ranks, score, price, gates and criteria."""
    scored = vendor in evaluation.scores.index
    passages = evaluation.screening.passages[vendor]
    return {
        "status": evaluation.status(vendor),
        "rank": evaluation.ranks.get(vendor),
        "shadow_rank": evaluation.shadow_ranks.get(vendor),
        "score": 100 * float(evaluation.scores[vendor]) if scored else None,
        "price": short(evaluation.price(vendor)),
        "gates": {g: {"state": p.state, "found": short(p.found)} for g, p in passages.items()},
        "criteria": _criteria(evaluation, vendor, scored),
    }


def _criteria(evaluation: Evaluation, vendor: str, scored: bool) -> dict[str, Any]:
    row = evaluation.proposals.rows[vendor]
    tree = evaluation.tree
    values = evaluation.values.loc[vendor].to_numpy() if scored else None
    told: dict[str, dict[str, Any]] = {}
    for node, (path, criterion) in enumerate(zip(tree.paths, tree.criteria, strict=True)):
        weight = float(tree.weights[node])
        told[path] = {"weight": weight, "share": float(tree.shares[node])}
        if criterion.is_leaf and criterion.value is not None:
            told[path] |= {
                "performance": short(evaluation.performance[path].shown(row)),
                "unit": criterion.unit,
                "relative": criterion.value.relative,
            }
        value = None if values is None else 100 * float(values[node])
        told[path] |= {
            "value": value,
            "contribution": None if value is None else weight * value,
        }
    return told
