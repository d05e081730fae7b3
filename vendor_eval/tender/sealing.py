"""Sealing a folder: its seal is written once, whole, and says which bids were there."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import SEAL, Seal, opened_seal, seal_json, sealed
from vendor_eval.rules.whole_file import appear


def standing_seal(folder: Path, rules: Rules) -> Seal | None:
    """The seal that is in a folder already.

    Raises InputFaults where it is none, SealBroken where the rules are not the sealed ones.
    """
    path = folder / SEAL
    return opened_seal(path.read_bytes(), rules) if path.exists() else None


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
