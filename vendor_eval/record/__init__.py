"""What a run leaves behind for pipelines and for finance."""

import json
from pathlib import Path
from typing import Any

from vendor_eval import sentences
from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.clarifications import clarifications
from vendor_eval.record.answers import methods, robustness, sensitivity
from vendor_eval.record.letters import letters, write_letters
from vendor_eval.record.plain import rounded
from vendor_eval.record.vendors import vendor_record
from vendor_eval.record.warnings import warnings
from vendor_eval.rules import fingerprint
from vendor_eval.summary import sentence

__all__ = ["results", "results_json", "warnings", "write"]

SCHEMA = "vendor-eval/1"
RESULTS, SCORECARD, CLARIFICATIONS = "results.json", "scorecard.xlsx", "clarifications"


def write(case: Case, assessment: Assessment, directory: str | Path) -> None:
    """Writes `results.json`, `scorecard.xlsx` and the letters in `clarifications`."""
    from vendor_eval.excel import scorecard  # openpyxl costs 0.2 s, and `score` writes no workbook

    directory = Path(directory)
    (directory / RESULTS).write_bytes(results_json(case, assessment))
    (directory / SCORECARD).write_bytes(scorecard(case, assessment))
    asked = clarifications(case, assessment.evaluation)
    write_letters(letters(case.rules, asked), directory / CLARIFICATIONS)


def results_json(case: Case, assessment: Assessment) -> bytes:
    """`results.json`: the same bytes for the same inputs, parameters and seed."""
    plain = rounded(results(case, assessment))
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
        "vendors": {v: vendor_record(evaluation, v) for v in sorted(evaluation.vendors)},
        "recommendation": {
            "vendor": award.vendor,
            "runner_up": award.runner_up,
            "margin": award.margin,
            "verdict": award.verdict,
            "sentence": sentence(assessment),
            "open": [
                {
                    "vendor": entry.vendor,
                    "kind": entry.kind,
                    "about": list(entry.about),
                    "says": sentences.open_entry(assessment, entry),
                    "to": list(entry.to),
                }
                for entry in award.open
            ],
        },
        "methods": methods(assessment),
        "sensitivity": sensitivity(assessment),
        "robustness": robustness(assessment),
    }
