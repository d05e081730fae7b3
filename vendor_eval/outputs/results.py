"""What a run leaves behind for pipelines and for finance."""

import json
import math
from pathlib import Path
from typing import Any

from vendor_eval import __version__
from vendor_eval.award.contract import contract_amounts
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry
from vendor_eval.award.result import Result
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.letters import write_letters
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.answers import methods, robustness, sensitivity
from vendor_eval.outputs.panel_items import panel_results
from vendor_eval.outputs.plain import money, points_or_none
from vendor_eval.outputs.vendors import vendor_record
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.rules.rules import Rules, fingerprint, section_fingerprints
from vendor_eval.rules.values.named import typed_form
from vendor_eval.tender.corrections import effect
from vendor_eval.tender.tender import Tender, inputs_hash

SCHEMA = "vendor-eval/2"
RESULTS, SCORECARD, CLARIFICATIONS = "results.json", "scorecard.xlsx", "clarifications"


def write(tender: Tender, result: Result, directory: str | Path) -> None:
    """Writes `results.json`, `scorecard.xlsx` and the letters in `clarifications`."""
    from vendor_eval.outputs.scorecard import (
        scorecard_workbook,
    )  # openpyxl costs 0.2 s, and `score` writes no workbook

    directory = Path(directory)
    (directory / RESULTS).write_bytes(results_json(tender, result))
    (directory / SCORECARD).write_bytes(scorecard_workbook(tender, result))
    write_letters(every_letter(tender, result.evaluation), directory / CLARIFICATIONS)


def results_json(tender: Tender, result: Result) -> bytes:
    """`results.json`: the same bytes for the same inputs, parameters and seed."""
    plain = results_record(tender, result)
    return (json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def results_record(tender: Tender, result: Result) -> dict[str, Any]:
    """Everything that was computed, as plain values; `results.schema.json` says of which kinds."""
    evaluation, award = result.evaluation, result.recommendation
    return {
        "schema": SCHEMA,
        "tool": {"name": "vendor-eval", "version": __version__},
        "inputs_hash": f"sha256:{inputs_hash(tender.hashes)}",
        "title": tender.rules.title,
        "procedure": tender.rules.procedure,
        **_award_rule(tender.rules),
        "scenario": evaluation.scenario,
        "rules_fingerprint": fingerprint(tender.rules),
        "rules": _rules(tender.rules, evaluation),
        "sealed": tender.seal is not None,
        "warnings": list(every_warning(tender, result)),
        "ranking": list(evaluation.ranking),
        "vendors": {v: vendor_record(evaluation, v) for v in sorted(evaluation.vendors)},
        "recommendation": {
            "vendor": award.vendor,
            "runner_up": award.runner_up,
            **_margin(tender.rules, award.margin),
            "verdict": award.verdict,
            "rivals_not_told_apart": list(award.rivals_not_told_apart),
            "checks": [{"kind": c.kind, "ok": c.ok, "says": c.says} for c in award.checks],
            **_amounts(tender, evaluation, award.vendor),
            "sentence": sentence(result),
            "open": [
                {
                    "vendor": entry.vendor,
                    "kind": entry.kind,
                    "about": list(entry.about),
                    "says": open_entry(result, entry),
                    "to": list(entry.to),
                }
                for entry in award.open
            ],
        },
        **_replaced(tender),
        **_corrections(tender, evaluation),
        **panel_results(result),
        "methods": methods(result),
        "sensitivity": sensitivity(result),
        "robustness": robustness(result),
    }


def _award_rule(rules: Rules) -> dict[str, str]:
    """What wins, where it is not the highest score."""
    form = rules.award_rule.form
    return {} if form == "highest_score" else {"award_rule": form}


def _margin(rules: Rules, margin: float | None) -> dict[str, Any]:
    """How far the first is ahead of the second, in points or in money, as the award rule ranks."""
    if rules.award_rule.form == "highest_score":
        return {"margin": points_or_none(margin)}
    known = margin is not None and math.isfinite(margin)
    return {"margin": None, "price_margin": money(margin) if known else None}


def _rules(rules: Rules, evaluation: Evaluation) -> dict[str, Any]:
    """What it takes to compare two results: each part's sha256, each leaf's value function."""
    tree = evaluation.tree
    functions = {
        path: json.dumps(typed_form(leaf.value), ensure_ascii=False)
        for path, leaf in zip(tree.paths, tree.criteria, strict=True)
        if leaf.value is not None and not rules.lowest_price
    }
    return {"sections": section_fingerprints(rules), "functions": functions}


def _amounts(tender: Tender, evaluation: Evaluation, vendor: str | None) -> dict[str, Any]:
    """What the contract comes to, and our own costs alongside; null where it is not known.

    Nothing where no price is asked.
    """
    if evaluation.rules.price is None:
        return {}
    amounts = contract_amounts(tender, evaluation, vendor)
    return {"contract_value": money(amounts.value), "own_costs": money(amounts.own_costs)}


def _replaced(tender: Tender) -> dict[str, Any]:
    """The bids that are not read because another stands for them; nothing without any."""
    replaced = [
        each.decision.model_dump(mode="json", include={"by", "on", "reason", "approved_by"})
        | {"vendor": each.replaced.vendor, "at": each.replaced.source}
        | {"stands": each.stands.vendor, "stands_at": each.stands.source}
        for each in tender.replaced
    ]
    return {"replaced": replaced} if replaced else {}


def _corrections(tender: Tender, evaluation: Evaluation) -> dict[str, Any]:
    """The buyer's corrections of cells, and the ranking without them; nothing without any."""
    corrected = effect(tender, evaluation)
    if corrected is None:
        return {}
    entered = [c.model_dump(mode="json", exclude={"kind"}) for c in corrected.corrections]
    corrections = [
        e | {"found": c.holds} for e, c in zip(entered, corrected.corrections, strict=True)
    ]
    return {"corrections": corrections, "ranking_without_corrections": list(corrected.without)}
