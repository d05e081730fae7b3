"""Ranges of volumes in the text of a price line, such as "0-25,000", as numbers."""

import re

from vendor_eval.measures.costs.item_words import plain_item

NUMBER = r"(\d{1,3}(?:[ .,'\u2019]\d{3})+|\d+)\s?(k|thousand)?\b(?!\s?%)"
OPEN = r"and\s+(?:more|above|over|up(?:wards)?)|or\s+(?:more|above)|\+|upwards?|onwards?"
FROM = r"above|over|more than|beyond|exceeding|from|>=?|\u2265|at least|starting at"
UP_TO = r"up to|below|under|less than|until|first|<=?|\u2264|at most|max(?:\.|imum)?"
RANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d:/.])(?P<low>{NUMBER})\s?(?:-|\u2013|\u2014|to|until|\.\.\.?)\s?(?P<high>{NUMBER})(?![:/\d])",
        rf"(?<![\d:/.])(?P<low>{NUMBER})\s?(?:{OPEN})",
        rf"(?:{FROM})\s?(?P<low>{NUMBER})(?![:/\d])",
        rf"(?:{UP_TO})\s?(?P<high>{NUMBER})(?![:/\d])",
    )
)
"""Where a range has no end that is written, it has none that is compared."""
NOT_VOLUMES = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s?(?:-|\u2013|to)\s?\d{1,2}(?::\d\d)?\s?(?:h(?:ou)?rs?|o'clock|h)\b|"
    r"\b(?:19|20)\d\d\s?(?:-|\u2013|to|/)\s?(?:19|20)?\d\d\b",
    re.IGNORECASE,
)
"""Hours of a day and years."""


def volume_range(item: str) -> tuple[float | None, float | None] | None:
    """The least and the most of a range of volumes that an item speaks of; None where it does not.

    An end that it does not state is None.
    """
    text = NOT_VOLUMES.sub(" ", plain_item(item))
    for pattern in RANGES:
        if match := pattern.search(text):
            ends = match.groupdict()
            low, high = (_number(ends[end]) if ends.get(end) else None for end in ("low", "high"))
            if low and high and low * 1000 <= high and low < 1000:
                # the unit is that of both, as in "25-40k"
                low *= 1000 if _thousands(ends["high"]) and not _thousands(ends["low"]) else 1
            return low, high
    return None


def _number(text: str) -> float:
    return float(re.sub(r"\D", "", text)) * (1000 if _thousands(text) else 1)


def _thousands(text: str) -> bool:
    return re.search(r"k|thousand", text, re.IGNORECASE) is not None
