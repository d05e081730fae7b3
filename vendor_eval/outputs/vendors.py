"""What `results.json` says of each vendor."""

from typing import Any

from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.plain import answer, money, points, share
from vendor_eval.rules.criteria import Measurement


def vendor_record(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    """One vendor's status, ranks, score, price, faults, gates and criteria."""
    scored = vendor in evaluation.scores.index
    passages = evaluation.screening.passages[vendor]
    excluded = evaluation.screening.excluded
    ranks = rank_range(evaluation, vendor)
    return {
        "status": evaluation.status(vendor),
        **({"ground": excluded[vendor]} if vendor in excluded else {}),
        "rank": evaluation.ranks.get(vendor),
        "shadow_rank": evaluation.shadow_ranks.get(vendor),
        "rank_range": list(ranks) if ranks else None,
        **_score(evaluation, vendor, scored),
        **_knocked_out(evaluation, vendor),
        **({} if evaluation.rules.price is None else {"price": money(evaluation.price(vendor))}),
        "faults": [fault.as_json() for fault in evaluation.faults.get(vendor, ())],
        "gates": {
            gate.id: {
                "state": passages[gate.id].state,
                "found": answer(passages[gate.id].found),
                **({"blank": list(blank)} if (blank := passages[gate.id].blank) else {}),
                **_origin(evaluation, vendor, gate.reads, gate.measure),
            }
            for gate in evaluation.rules.gates
        },
        **_weighed(evaluation, vendor, scored),
    }


def _score(evaluation: Evaluation, vendor: str, scored: bool) -> dict[str, Any]:
    """The score, as it ranks where the rules round, and the price of a point where that ranks.

    Nothing where the lowest price wins.
    """
    if evaluation.rules.lowest_price:
        return {}
    record = {"score": points(100 * evaluation.scores[vendor]) if scored else None}
    if evaluation.rules.rounding is not None:
        record["rounded_score"] = evaluation.points.get(vendor)
    if evaluation.rules.per_point:
        each = evaluation.price_per_point(vendor) if scored else None
        record["price_per_point"] = money(each)
    return record


def _weighed(evaluation: Evaluation, vendor: str, scored: bool) -> dict[str, Any]:
    """The criteria by path; nothing where the lowest price wins."""
    if evaluation.rules.lowest_price:
        return {}
    return {"criteria": _criteria(evaluation, vendor, scored)}


def _knocked_out(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    """The criteria that count 0 for it, with its points on them; nothing where none does."""
    met = {path: points(given) for path, given in evaluation.knock_outs(vendor).items()}
    return {"knocked_out": met} if met else {}


def _origin(
    evaluation: Evaluation, vendor: str, column: str | None, measure: Measurement | None
) -> dict[str, Any]:
    """The cells of a workbook that an answer was found in, by which measure, and if corrected."""
    proposals = evaluation.proposals
    origin = proposals.origins.get((vendor, str(column)))
    cells = list(proposals.places(vendor, str(column)))
    own = proposals.place(vendor, str(column))
    corrected = not proposals.corrected.isdisjoint([*cells, own])
    mark: dict[str, Any] = {"corrected": True} if corrected else {}
    if origin is None:
        return mark
    taken = {} if measure is None else {"measure": measure.column}
    return taken | {"from": cells} | mark


def _criteria(evaluation: Evaluation, vendor: str, scored: bool) -> dict[str, Any]:
    row = evaluation.proposals.rows[vendor]
    tree = evaluation.tree
    values = evaluation.values.loc[vendor].to_numpy() if scored else None
    weights = tree.weights.tolist()
    record: dict[str, dict[str, Any]] = {}
    for node, (path, criterion) in enumerate(zip(tree.paths, tree.criteria, strict=True)):
        weight = weights[node]
        record[path] = {"weight": share(weight), "share": share(tree.shares[node])}
        if criterion.is_leaf and criterion.value is not None:
            record[path] |= {
                "performance": answer(evaluation.performance[path].shown(row)),
                "unit": criterion.unit,
                "relative": criterion.value.relative,
                **_origin(evaluation, vendor, criterion.reads, criterion.measure),
            }
        value = None if values is None else 100 * float(values[node])
        record[path] |= {
            "value": None if value is None else points(value),
            "contribution": None if value is None else points(weight * value),
        }
    return record
