"""Who is asked about the same blank, in one sentence each."""

from collections.abc import Sequence

from vendor_eval import wording
from vendor_eval.clarifications.equal import Blank

SHOWN = 12
"""Vendors named before the rest is counted."""


def equal_sentences(blanks: Sequence[Blank]) -> tuple[str, ...]:
    """For every answer that several left blank, or one and is not asked: who is asked, who not."""
    return tuple(_asked(blank) for blank in blanks if blank.worth_saying)


def _asked(blank: Blank) -> str:
    of = _of(len(blank.asked), len(blank.vendors))
    where = f"with a blank in \u201c{blank.label}\u201d ({blank.column})"
    asked = wording.listed(list(blank.asked), at_most=SHOWN)
    whom = f": {asked}" if blank.asked else ""
    reasons = [f"{vendor} ({why})" for vendor, why in blank.unasked.items()]
    rest = f"; not asked: {wording.listed(reasons, at_most=SHOWN)}" if reasons else ""
    return f"asked {of} {where}{whom}{rest}"


def _of(asked: int, blank: int) -> str:
    """How many of the vendors are asked, as "2 of the 3 vendors"."""
    if asked == blank:
        return {1: "the only vendor", 2: "both vendors"}.get(blank, f"all {blank} vendors")
    return "no vendor" if blank == 1 else f"{asked or 'none'} of the {blank} vendors"
