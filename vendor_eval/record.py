"""What a run leaves behind for pipelines and for finance."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.evaluation import Evaluation
from vendor_eval.rules import fingerprint
from vendor_eval.summary import sentence

SCHEMA = "vendor-eval/1"
RESULTS, SCORECARD = "results.json", "scorecard.xlsx"


def write(case: Case, assessment: Assessment, directory: str | Path) -> None:
    """Writes `results.json` and `scorecard.xlsx` into a directory."""
    from vendor_eval.excel import scorecard  # openpyxl costs 0.2 s, and `score` writes no workbook

    directory = Path(directory)
    (directory / RESULTS).write_bytes(results_json(case, assessment))
    (directory / SCORECARD).write_bytes(scorecard(case, assessment))


def results_json(case: Case, assessment: Assessment) -> bytes:
    """`results.json`: the same bytes for the same inputs, parameters and seed."""
    plain = _rounded(results(case, assessment))
    return (json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def results(case: Case, assessment: Assessment) -> dict[str, Any]:
    """Everything that was computed, as plain values in the order of the schema."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    return {
        "schema": SCHEMA,
        "title": case.rules.title,
        "scenario": evaluation.scenario,
        "rules_fingerprint": fingerprint(case.rules),
        "sealed": case.seal is not None,
        "warnings": list(warnings(case, assessment)),
        "ranking": list(evaluation.ranking),
        "vendors": {v: _vendor(evaluation, v) for v in sorted(evaluation.vendors)},
        "recommendation": {
            "vendor": award.vendor,
            "runner_up": award.runner_up,
            "margin": award.margin,
            "verdict": award.verdict,
            "sentence": sentence(assessment),
        },
        "methods": _methods(assessment),
        "sensitivity": _sensitivity(assessment),
        "robustness": _robustness(assessment),
    }


def warnings(case: Case, assessment: Assessment) -> tuple[str, ...]:
    """What a reader of the results should know, in whole sentences."""
    evaluation = assessment.evaluation
    told = list(case.warnings)

    def label(path: str) -> str:
        return f"\u201c{evaluation.tree.criterion(path).label}\u201d ({path})"

    scenario = evaluation.scenario
    if scenario and case.seal and not case.seal.covers(case.rules, scenario):
        told.append(f"The scenario {scenario} was added after sealing.")
    for path in _relative_leaves(evaluation):
        told.append(f"The value of {label(path)} depends on who else bid.")
    for bid, new in assessment.reversals.items():
        outcome = f"changes the winner to {new}" if new else "leaves no single winner"
        told.append(f"Withdrawing the losing bid of {bid} {outcome}.")
    for group in evaluation.ties_broken:
        told.append(f"Equal scores, put in this order by the tie-break: {', '.join(group)}.")
    for vendor, path in evaluation.missing:
        told.append(f"{vendor} left {label(path)} blank; it is scored as the worst answer.")
    return tuple(told)


def _relative_leaves(evaluation: Evaluation) -> list[str]:
    tree = evaluation.tree
    pairs = zip(tree.paths, tree.criteria, strict=True)
    return [path for path, leaf in pairs if leaf.value is not None and leaf.value.relative]


def _vendor(evaluation: Evaluation, vendor: str) -> dict[str, Any]:
    scored = vendor in evaluation.scores.index
    passages = evaluation.screening.passages[vendor]
    return {
        "status": evaluation.status(vendor),
        "rank": evaluation.ranks.get(vendor),
        "shadow_rank": evaluation.shadow_ranks.get(vendor),
        "score": 100 * float(evaluation.scores[vendor]) if scored else None,
        "price": _short(evaluation.price(vendor)),
        "gates": {g: {"state": p.state, "found": _short(p.found)} for g, p in passages.items()},
        "criteria": _criteria(evaluation, vendor, scored),
    }


def _criteria(evaluation: Evaluation, vendor: str, scored: bool) -> dict[str, Any]:
    row = evaluation.vendors.index(vendor)
    tree = evaluation.tree
    values = evaluation.values.loc[vendor].to_numpy() if scored else None
    told: dict[str, dict[str, Any]] = {}
    for node, (path, criterion) in enumerate(zip(tree.paths, tree.criteria, strict=True)):
        weight = float(tree.weights[node])
        told[path] = {"weight": weight, "share": float(tree.shares[node])}
        if criterion.is_leaf and criterion.value is not None:
            told[path] |= {
                "performance": _short(evaluation.performance[path].shown(row)),
                "unit": criterion.unit,
                "relative": criterion.value.relative,
            }
        value = None if values is None else 100 * float(values[node])
        told[path] |= {
            "value": value,
            "contribution": None if value is None else weight * value,
        }
    return told


def _methods(assessment: Assessment) -> dict[str, Any]:
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


def _sensitivity(assessment: Assessment) -> dict[str, Any]:
    intervals = assessment.weight_intervals
    return {
        "weight_intervals": {path: [i.low, i.high] for path, i in intervals.items()},
        "takes_over": {path: [i.below, i.above] for path, i in intervals.items()},
    }


def _robustness(assessment: Assessment) -> dict[str, Any]:
    near = assessment.near_weights
    acceptability: Mapping[str, list[float]] = {
        vendor: list(map(float, row))
        for vendor, row in zip(
            near.rank_acceptability.index, near.rank_acceptability.to_numpy(), strict=True
        )
    }
    return {
        "draws": near.draws,
        "seed": near.seed,
        "near_weights": {"spread": near.spread, "rank_acceptability": acceptability},
    }


def _short(found: float | str | None) -> float | int | str | None:
    """A whole number without its `.0`, as it was most likely typed."""
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return int(found)
    return found


def _rounded(plain: Any) -> Any:
    """Plain values with every float to 12 significant digits."""
    if isinstance(plain, float):
        return float(f"{plain:.12g}") + 0.0
    if isinstance(plain, dict):
        return {key: _rounded(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_rounded(item) for item in plain]
    return plain
