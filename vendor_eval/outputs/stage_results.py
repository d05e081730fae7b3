"""`results.json` of the first envelope alone: who stands where by it, and nothing recommended."""

import json
from typing import Any

from vendor_eval import __version__
from vendor_eval.outputs.results import SCHEMA
from vendor_eval.outputs.vendors import vendor_record
from vendor_eval.rules.rules import fingerprint
from vendor_eval.tender.tender import Tender, inputs_hash


def stage_json(tender: Tender) -> bytes:
    """`results.json` of one envelope; raises NotReady before it is locked."""
    plain = stage_record(tender.ready())
    return (json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def stage_record(tender: Tender) -> dict[str, Any]:
    """What the first envelope shows, as plain values; what rests on the price is null."""
    evaluation = tender.evaluation
    return {
        "schema": SCHEMA,
        "tool": {"name": "vendor-eval", "version": __version__},
        "inputs_hash": f"sha256:{inputs_hash(tender.hashes)}",
        "title": tender.rules.title,
        "procedure": tender.rules.procedure,
        "scenario": None,
        "envelope": tender.rules.stage,
        "rules_fingerprint": fingerprint(tender.rules),
        "sealed": tender.seal is not None,
        "warnings": list(tender.warnings),
        "ranking": list(evaluation.ranking),
        "vendors": {v: vendor_record(evaluation, v) for v in sorted(evaluation.vendors)},
        "recommendation": None,
        "methods": {},
        "sensitivity": None,
        "robustness": None,
    }
