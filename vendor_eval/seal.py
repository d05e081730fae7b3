"""The seal: what proves that the rules stood before the proposals were opened."""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from vendor_eval.errors import Fault, InputFaults, SealBroken
from vendor_eval.rules import Rules, fingerprint, scenario_fingerprints, section_fingerprints
from vendor_eval.values import Typed

SEAL = "seal.json"
Fingerprint = Annotated[str, Field(pattern=r"\Asha256:[0-9a-f]{64}\z")]


class Seal(Typed):
    """The rules' fingerprint, each scenario's, and the day (UTC) on which they were sealed."""

    schema_: Annotated[Literal["vendor-eval-seal/1"], Field(alias="schema")] = "vendor-eval-seal/1"
    sealed_on: date
    rules_fingerprint: Fingerprint
    scenarios: dict[str, Fingerprint]
    sections: dict[str, Fingerprint] = Field(default_factory=dict)
    """Each part's, to say what was changed; seals of the first kind hold none."""

    def covers(self, rules: Rules, scenario: str) -> bool:
        """Whether a scenario stood, as it stands now, when the rules were sealed."""
        return self.scenarios.get(scenario) == scenario_fingerprints(rules)[scenario]


def sealed(rules: Rules, *, on: date) -> Seal:
    """The seal of some rules."""
    return Seal(
        sealed_on=on,
        rules_fingerprint=fingerprint(rules),
        scenarios=scenario_fingerprints(rules),
        sections=section_fingerprints(rules),
    )


def seal_json(seal: Seal) -> bytes:
    """The seal as it is written to `seal.json`."""
    return (json.dumps(seal.model_dump(mode="json", by_alias=True), indent=2) + "\n").encode()


def opened_seal(content: bytes | None, rules: Rules | None) -> Seal | None:
    """The seal in `content`, when there is one.

    Raises InputFaults where it is not a seal, SealBroken where the rules are not the sealed ones.
    """
    if content is None:
        return None
    try:
        seal = Seal.model_validate_json(content)
    except ValidationError as error:
        message = "; ".join(f"{'.'.join(map(str, d['loc']))}: {d['msg']}" for d in error.errors())
        raise InputFaults(
            [Fault(SEAL, f"not a seal written by 'vendor-eval seal': {message}")]
        ) from None
    if rules is not None and seal.rules_fingerprint != fingerprint(rules):
        message = (
            f"the rules were changed after they were sealed on {seal.sealed_on}: "
            f"sealed {seal.rules_fingerprint}, found {fingerprint(rules)}{_changed(seal, rules)}; "
            "to seal other rules on purpose, see 'seal.json' in docs/folder-format.md"
        )
        raise SealBroken([Fault(SEAL, message)])
    return seal


def _changed(seal: Seal, rules: Rules) -> str:
    """Which parts of the rules are not as they were sealed, where the seal can tell."""
    if not seal.sections:
        return ""
    then, now = seal.sections, section_fingerprints(rules)
    told = [
        f"{word} {', '.join(map(repr, parts))}"
        for word, parts in (
            ("changed", sorted(key for key in then.keys() & now if then[key] != now[key])),
            ("added", sorted(now.keys() - then)),
            ("removed", sorted(then.keys() - now)),
        )
        if parts
    ]
    return f"; {'; '.join(told) or 'the order of criteria or of gates'}"
