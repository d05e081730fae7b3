"""The seal: what proves that the rules stood before the proposals were opened."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from vendor_eval.errors import Fault, InputFaults, SealBroken
from vendor_eval.rules.robustness import VerdictModel
from vendor_eval.rules.rules import Rules, fingerprint, scenario_fingerprints, section_fingerprints
from vendor_eval.rules.values.function import Typed
from vendor_eval.wording import counted

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
    bids_present: tuple[str, ...] | None = None
    """The files of bids that were in the folder on that day; None where the seal does not say."""
    robustness: VerdictModel | None = None
    """What the verdict was to rest on, defaults included; None in seals of before it was kept."""

    @property
    def bids(self) -> str:
        """The bids that were there when the rules were sealed, in words; "" where there were none.

        A table is named and not counted: the seal does not open it.
        """
        files = self.bids_present or ()
        books = [name for name in files if "/" in name]
        bids = counted(len(books), "bid") if books else ""
        return " and ".join(filter(None, [bids, *(n for n in files if "/" not in n)]))

    def covers(self, rules: Rules, scenario: str) -> bool:
        """Whether a scenario stood, as it stands now, when the rules were sealed."""
        return self.scenarios.get(scenario) == scenario_fingerprints(rules)[scenario]


def sealed(rules: Rules, *, on: date, bids: Sequence[str] = ()) -> Seal:
    """The seal of some rules; `bids` are the files of bids that are in the folder already."""
    return Seal(
        sealed_on=on,
        rules_fingerprint=fingerprint(rules),
        scenarios=scenario_fingerprints(rules),
        sections=section_fingerprints(rules),
        bids_present=tuple(bids),
        robustness=rules.robustness.verdict_model(),
    )


def seal_json(seal: Seal) -> bytes:
    """The seal as it is written to `seal.json`."""
    typed = seal.model_dump(mode="json", by_alias=True, exclude_none=True)
    return (json.dumps(typed, indent=2) + "\n").encode()


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
            f"sealed {seal.rules_fingerprint}, found {fingerprint(rules)}{_parts(seal, rules)}; "
            "to seal other rules on purpose, see 'seal.json' in docs/folder-format.md"
        )
        raise SealBroken([Fault(SEAL, message)])
    return seal


def _parts(seal: Seal, rules: Rules) -> str:
    return f"; {changed(seal, rules)}" if seal.sections else ""


def changed(seal: Seal, rules: Rules) -> str:
    """Which parts of the rules are not as they were sealed, where the seal can say."""
    if not seal.sections:
        return "the seal does not say which parts"
    then, now = seal.sections, section_fingerprints(rules)
    parts = [
        f"{word} {', '.join(map(repr, keys))}"
        for word, keys in (
            ("changed", sorted(key for key in then.keys() & now if then[key] != now[key])),
            ("added", sorted(now.keys() - then)),
            ("removed", sorted(then.keys() - now)),
        )
        if keys
    ]
    return "; ".join(parts) or "the order of criteria or of gates"


def sealing(seal: Seal | None) -> str:
    """Words such as "Rules sealed 24 Nov 2026" and which bids were there already."""
    if seal is None:
        return "Rules not sealed"
    bids = f", with {seal.bids} already in the folder" if seal.bids else ""
    return f"Rules sealed {seal.sealed_on.day} {seal.sealed_on:%b %Y}{bids}"
