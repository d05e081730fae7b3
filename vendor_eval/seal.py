"""The seal: what proves that the rules stood before the proposals were opened."""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from vendor_eval.errors import Fault, InputFaults, SealBroken
from vendor_eval.rules import Rules, fingerprint, scenario_fingerprints
from vendor_eval.values import Typed

SEAL = "seal.json"
Fingerprint = Annotated[str, Field(pattern=r"\Asha256:[0-9a-f]{64}\z")]


class Seal(Typed):
    """The rules' fingerprint, each scenario's, and the day (UTC) on which they were sealed."""

    schema_: Annotated[Literal["vendor-eval-seal/1"], Field(alias="schema")] = "vendor-eval-seal/1"
    sealed_on: date
    rules_fingerprint: Fingerprint
    scenarios: dict[str, Fingerprint]

    def covers(self, rules: Rules, scenario: str) -> bool:
        """Whether a scenario stood, as it stands now, when the rules were sealed."""
        return self.scenarios.get(scenario) == scenario_fingerprints(rules)[scenario]


def sealed(rules: Rules, *, on: date) -> Seal:
    """The seal of some rules."""
    return Seal(
        sealed_on=on,
        rules_fingerprint=fingerprint(rules),
        scenarios=scenario_fingerprints(rules),
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
        raise SealBroken(
            f"{SEAL}: the rules were changed after they were sealed on {seal.sealed_on}: "
            f"sealed {seal.rules_fingerprint}, found {fingerprint(rules)}"
        )
    return seal
