"""What a run leaves behind for pipelines and for finance."""

import json
from pathlib import Path
from typing import Any

from vendor_eval import __version__
from vendor_eval.award.award import Assessment
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.letters import write_letters
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.answers import methods, robustness, sensitivity
from vendor_eval.outputs.plain import points_or_none
from vendor_eval.outputs.vendors import vendor_record
from vendor_eval.outputs.warnings import warnings
from vendor_eval.rules.rules import fingerprint
from vendor_eval.tender.corrections import effect
from vendor_eval.tender.tender import Case, inputs_hash

SCHEMA = "vendor-eval/2"
RESULTS, SCORECARD, CLARIFICATIONS = "results.json", "scorecard.xlsx", "clarifications"


def write(case: Case, assessment: Assessment, directory: str | Path) -> None:
    """Writes `results.json`, `scorecard.xlsx` and the letters in `clarifications`."""
    from vendor_eval.outputs.scorecard import (
        scorecard,
    )  # openpyxl costs 0.2 s, and `score` writes no workbook

    directory = Path(directory)
    (directory / RESULTS).write_bytes(results_json(case, assessment))
    (directory / SCORECARD).write_bytes(scorecard(case, assessment))
    write_letters(every_letter(case, assessment.evaluation), directory / CLARIFICATIONS)


def results_json(case: Case, assessment: Assessment) -> bytes:
    """`results.json`: the same bytes for the same inputs, parameters and seed."""
    plain = results(case, assessment)
    return (json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def results(case: Case, assessment: Assessment) -> dict[str, Any]:
    """Everything that was computed, as plain values; `results.schema.json` says of which kinds."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    return {
        "schema": SCHEMA,
        "tool": {"name": "vendor-eval", "version": __version__},
        "inputs_hash": f"sha256:{inputs_hash(case.hashes)}",
        "title": case.rules.title,
        "procedure": case.rules.procedure,
        "scenario": evaluation.scenario,
        "rules_fingerprint": fingerprint(case.rules),
        "sealed": case.seal is not None,
        "warnings": list(warnings(case, assessment)),
        "ranking": list(evaluation.ranking),
        "vendors": {v: vendor_record(evaluation, v) for v in sorted(evaluation.vendors)},
        "recommendation": {
            "vendor": award.vendor,
            "runner_up": award.runner_up,
            "margin": points_or_none(award.margin),
            "verdict": award.verdict,
            "sentence": sentence(assessment),
            "open": [
                {
                    "vendor": entry.vendor,
                    "kind": entry.kind,
                    "about": list(entry.about),
                    "says": open_entry(assessment, entry),
                    "to": list(entry.to),
                }
                for entry in award.open
            ],
        },
        **_replaced(case),
        **_corrections(case, evaluation),
        "methods": methods(assessment),
        "sensitivity": sensitivity(assessment),
        "robustness": robustness(assessment),
    }


def _replaced(case: Case) -> dict[str, Any]:
    """The bids that are not read because another stands for them; nothing without any."""
    told = [
        each.decision.model_dump(mode="json", include={"by", "on", "reason", "approved_by"})
        | {"vendor": each.gone.vendor, "at": each.gone.source}
        | {"stands": each.stands.vendor, "stands_at": each.stands.source}
        for each in case.replaced
    ]
    return {"replaced": told} if told else {}


def _corrections(case: Case, evaluation: Evaluation) -> dict[str, Any]:
    """The buyer's corrections of cells, and the ranking without them; nothing without any."""
    corrected = effect(case, evaluation)
    if corrected is None:
        return {}
    entered = [c.model_dump(mode="json", exclude={"kind"}) for c in corrected.corrections]
    told = [e | {"found": c.holds} for e, c in zip(entered, corrected.corrections, strict=True)]
    return {"corrections": told, "ranking_without_corrections": list(corrected.without)}
