"""Sealing a folder: its seal is written once, whole, and says which bids were there."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vendor_eval.errors import Fault, InputFaults, VendorEvalError
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import SEAL, Seal, opened_seal, seal_json, sealed
from vendor_eval.rules.whole_file import appear
from vendor_eval.tender.entries import misplaced, opened


def standing_seal(folder: Path, rules: Rules) -> Seal | None:
    """The seal that is in a folder already.

    Raises InputFaults where it is none, SealBroken where the rules are not the sealed ones.
    """
    return opened_seal(seal_content(folder), rules)


def seal_content(folder: Path) -> bytes | None:
    """What the seal in a folder holds, None without one; InputFaults where it cannot be read."""
    wrong = misplaced(folder / SEAL, folder, "file")
    if wrong:
        raise InputFaults([Fault(SEAL, wrong)])
    try:
        if not (folder / SEAL).exists():
            return None
        with opened(folder / SEAL) as file:
            return file.read()
    except OSError as error:
        raise InputFaults([Fault(SEAL, f"cannot be read: {error.strerror}")]) from None


def new_seal(folder: Path, rules: Rules, *, on: date, bids: Sequence[str]) -> Seal:
    """The seal of some rules, once it is in the folder, whole.

    Raises VendorEvalError where it cannot be written, or another was written at the same moment.
    """
    fresh = sealed(rules, on=on, bids=bids)
    try:
        appear(folder / SEAL, seal_json(fresh))
    except FileExistsError:
        message = "found another, written at the same moment; it is left as it is"
        raise VendorEvalError(f"{SEAL}: {message}") from None
    except OSError as error:
        raise VendorEvalError(f"{SEAL}: cannot be written: {error.strerror}") from None
    return fresh
