"""`judgements.yaml`: what stakeholders judged, or every fault in it with its line."""

import json
from typing import Any

from pydantic import ValidationError

from vendor_eval.errors import Fault, InputFaults, VendorEvalError
from vendor_eval.rules.judgements import Judgements, misjudgements
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.well_formed import typing_faults
from vendor_eval.rules.yaml_lines import decoded, yaml_document
from vendor_eval.tender.tender import Tender

JUDGEMENTS = "judgements.yaml"


def read_judgements_file(
    content: bytes, rules: Rules | None, name: str = JUDGEMENTS
) -> tuple[Judgements | None, list[Fault]]:
    """The judgements, unless they are too faulty to be built, and their faults."""
    try:
        typed, lines = yaml_document(decoded(content, name), name)
    except InputFaults as error:
        return None, list(error.faults)
    if not isinstance(typed, dict):
        return None, [Fault(f"{name}:1", "found no keys; allowed: 'stakeholders' and 'notice'")]
    judgements = None
    try:
        judgements = Judgements.model_validate(typed)
        misfits = list(misjudgements(judgements, rules.criteria)) if rules else []
    except ValidationError as error:
        misfits = list(typing_faults(error, Judgements))
    misfits.sort(key=lambda fault: lines.line(fault[0]))
    return judgements, list(dict.fromkeys(lines.fault(at, message) for at, message in misfits))


def judgements_text(judgements: Judgements) -> str:
    """The judgements as they would be typed into `judgements.yaml`."""
    import io

    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.default_flow_style = None  # collections of plain values on one line each
    yaml.width = 100
    out = io.StringIO()
    yaml.dump(_as_typed(judgements.model_dump(mode="json", exclude_defaults=True)), out)
    return out.getvalue()


def _as_typed(plain: Any) -> Any:
    """The same without decimals that nobody types."""
    if isinstance(plain, dict):
        return {key: _as_typed(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_as_typed(item) for item in plain]
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain


def judgements_of(tender: Tender, given: dict[str, Any]) -> Judgements | None:
    """The judgements given as plain values, or else those of the folder, if there are any.

    Raises InputFaults with every fault in what was given, and VendorEvalError where the lowest
    price wins, so that there are no weights to ask for.
    """
    if tender.rules.lowest_price:
        raise VendorEvalError(
            "award_rule: found 'lowest_price', under which there are no weights to ask for; "
            "allowed: another notebook, such as 'vendor_selection'"
        )
    if not given:
        return tender.judgements
    content = json.dumps(given, ensure_ascii=False).encode()  # JSON is YAML too
    judgements, faults = read_judgements_file(content, tender.rules, "judgements")
    if faults:
        raise InputFaults(faults)
    return judgements
