"""What `results.json` says of each vendor."""

from typing import Any

from vendor_eval.criteria import Measurement
from vendor_eval.evaluation import Evaluation
from vendor_eval.incomplete import rank_range
from vendor_eval.record.plain import short


def vendor_record(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    """One vendor's status, ranks, score, price, faults, gates and criteria."""
    scored = vendor in evaluation.scores.index
    passages = evaluation.screening.passages[vendor]
    ranks = rank_range(evaluation, vendor)
    return {
        "status": evaluation.status(vendor),
        "rank": evaluation.ranks.get(vendor),
        "shadow_rank": evaluation.shadow_ranks.get(vendor),
        "rank_range": list(ranks) if ranks else None,
        "score": 100 * float(evaluation.scores[vendor]) if scored else None,
        "price": short(evaluation.price(vendor)),
        "faults": [fault.as_json() for fault in evaluation.faults.get(vendor, ())],
        "gates": {
            gate.id: {
                "state": passages[gate.id].state,
                "found": short(passages[gate.id].found),
                **_origin(evaluation, vendor, gate.reads, gate.measure),
            }
            for gate in evaluation.rules.gates
        },
        "criteria": _criteria(evaluation, vendor, scored),
    }


def _origin(
    evaluation: Evaluation, vendor: str, column: str | None, measure: Measurement | None
) -> dict[str, Any]:
    """The cells that an answer from a workbook was found in, and by which measure."""
    origin = evaluation.proposals.origins.get((vendor, str(column)))
    if origin is None:
        return {}
    taken = {} if measure is None else {"measure": measure.column}
    return taken | {"from": [place for place, _ in origin.cells]}


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
                **_origin(evaluation, vendor, criterion.reads, criterion.measure),
            }
        value = None if values is None else 100 * float(values[node])
        told[path] |= {
            "value": value,
            "contribution": None if value is None else weight * value,
        }
    return told
