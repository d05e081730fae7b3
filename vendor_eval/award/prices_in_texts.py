"""Other vendors' prices in what somebody entered for a letter."""

import re
from collections.abc import Iterator

from vendor_eval.award.letter_case import LetterCase
from vendor_eval.wording import grouped

NUMBER = re.compile(r"\d+(?:[.,'\u2019 \u00a0\u202f]\d+)*")
LEAST = 100
"""Smaller numbers are too common to be taken for a price."""


def stated_prices(case: LetterCase) -> Iterator[str]:
    """Each entered text of a letter that states the price of a vendor it may not name."""
    evaluation = case.evaluation
    known = {evaluation.price(vendor) for vendor in (case.vendor, case.winner) if vendor}
    asked = {
        vendor: price
        for vendor in sorted(case.strangers)
        if vendor in evaluation.proposals.rows
        and (price := evaluation.price(vendor)) is not None
        and price >= LEAST
        and price not in known
    }
    for place, text in _entered(case):
        numbers = {number for digits in NUMBER.findall(text) for number in readings(digits)}
        for vendor, price in asked.items():
            if round(price, 2) in numbers or round(price) in numbers:
                shown = grouped(round(price, 2))
                yield f"{place} states {shown}, the price of {vendor}; remove it"


def readings(digits: str) -> Iterator[float]:
    """A number with every separator as one of thousands, and with the last as a decimal point."""
    parts = re.split(r"\D", digits)
    yield float("".join(parts))
    if len(parts) > 1:
        yield float(f"{''.join(parts[:-1])}.{parts[-1]}")


def _entered(case: LetterCase) -> Iterator[tuple[str, str]]:
    """What people entered that the letter may hold, with its place."""
    file, winner = case.file, case.winner or ""
    if case.vendor in file.why_not:
        yield f"why_not.{case.vendor} in letters.yaml", file.why_not[case.vendor]
    of = [("reasons", case.vendor), ("next", case.vendor)]
    of += [(key, winner) for key in ("reasons", "reasons_to_others") if not case.wins]
    for key, vendor in of:
        for path, text in getattr(file, key).get(vendor, {}).items():
            yield f"{key}.{vendor}.{path} in letters.yaml", text
    shown = case.own if case.wins else (*case.own, *case.theirs)
    for each in shown:
        if each.reason:
            yield f"the agreed reason on {each.path}", each.full_reason
