"""What is in an evaluation folder, as far as it can be read."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from vendor_eval.errors import Fault, InputFaults, SealBroken
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules import starter
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.seal import Seal, opened_seal
from vendor_eval.tender.bid_files import bid_names
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.rules_file import RULES
from vendor_eval.tender.sealing import seal_content
from vendor_eval.tender.tender import Tender


@dataclass(frozen=True, eq=False)
class Situation:
    """What is in a folder, as far as it could be read."""

    folder: Path
    called: str
    """What the user calls the folder."""
    rules: Rules | None
    seal: Seal | None
    bids: tuple[str, ...]
    """Names of the files that hold bids, or may."""
    tender: Tender | None
    rules_faults: tuple[Fault, ...]
    """What keeps the rules, or their seal, from being read."""
    bids_faults: tuple[Fault, ...]
    """What then keeps all bids from being read."""

    @property
    def evaluation(self) -> Evaluation | None:
        """The bids under the rules; None while they cannot be read."""
        return self.tender.evaluation if self.tender else None

    @property
    def broken(self) -> bool:
        """Whether the rules are not the sealed ones."""
        return (
            self.rules is not None
            and self.seal is not None
            and self.seal.rules_fingerprint != fingerprint(self.rules)
        )

    def command(self, name: str, *options: str) -> str:
        """A command on this folder, as it is entered."""
        return shlex.join(["vendor-eval", name, self.called, *options])

    def unchanged(self, name: str) -> bool:
        """Whether a file is as `vendor-eval new` made it."""
        made, here = starter.TEMPLATE / name, self.folder / name
        return here.is_file() and here.read_bytes() == made.read_bytes()


def situation_in(place: str | Path, *, called: str | None = None) -> Situation:
    """What is in a folder; raises InputFaults where it is no evaluation folder."""
    place = Path(place)
    rules, faults = None, tuple[Fault, ...]()
    try:
        rules = read_rules(place)
    except InputFaults as error:
        if not (place / RULES).is_file():
            raise
        faults = error.faults
    seal, met = _seal(place)
    faults += met
    bids = bid_names(place, rules)
    tender, unread = _case(place) if bids and not faults else (None, ())
    return Situation(place, called or str(place), rules, seal, bids, tender, faults, unread)


def _seal(place: Path) -> tuple[Seal | None, tuple[Fault, ...]]:
    """The seal in a folder, whether or not the rules still fit it."""
    try:
        return opened_seal(seal_content(place), None), ()
    except InputFaults as error:
        return None, error.faults


def _case(place: Path) -> tuple[Tender | None, tuple[Fault, ...]]:
    """The case where the bids can be read, or what keeps them from it."""
    try:
        return read(place), ()
    except SealBroken:
        return None, ()  # the situation says so itself
    except InputFaults as error:
        return None, error.faults
