"""What of a name says who it is: without its legal form, its version and its date."""

import re
from functools import cache

from vendor_eval.bids.proposal import as_seen
from vendor_eval.reference.tables import rows
from vendor_eval.rules.plain_text import unaccented

VERSION = re.compile(
    r"v\d+[a-z]?|(?:version|ver|rev|revision|issue|rc)\d*[a-z]?|final|draft|copy|clean|new|old"
    r"|updated|signed|latest|revised|corrected|resubmitted|resubmission"
)
"""Words that distinguish versions of a document."""
NUMBERED = re.compile(r"(?:v|version|ver|rev|revision|issue|rc)")
"""Words whose number or letter may stand apart from them, as in "rev B"."""
DATE = re.compile(
    r"\b(?:\d{4}[-_./ ]?\d{2}[-_./ ]?\d{2}|\d{1,2}[-_./ ]\d{1,2}[-_./ ]\d{4}"
    r"|\d{1,2}[-_./ ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_./ ]?\d{4})"
    r"(?!\d)",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\(\s*\d{1,3}\s*\)")
"""What a browser adds to the name of a second download."""
GENERIC = frozenset(
    {
        *("answer", "answers", "bid", "form", "offer", "proposal", "questionnaire", "response"),
        *("responses", "rfi", "rfp", "rfq", "submission", "template", "tender"),
        *("completed", "filled", "our", "the", "to", "supplier", "vendor"),
    }
)
"""What a file may be called regardless of who sent it."""
LONGEST = 7
"""Words that a legal form may have, as "S. de R. L. de C. V." does."""


@cache
def legal_forms() -> frozenset[str]:
    """Legal forms of companies, in small letters and digits alone, as `spzoo`."""
    return frozenset("".join(_words(row["form"])) for row in rows("legal_forms"))


def base_name(name: str) -> str:
    """A vendor's name without legal form, version words and dates; all of it where nothing is left.

    Two names of one base may be one vendor: "Delphi v1" and "DELPHI Ltd. (2) FINAL".
    """
    words = _words(DATE.sub(" ", COUNTED.sub(" ", _plain(name))))
    left = _without_forms(_without_versions(words))
    return " ".join(left) or as_seen(name)


def base_file(file: str) -> str:
    """What a file's name says of who sent it; "" where it says nothing, as `response (2).xlsx`."""
    stem = file.rpartition(".")[0] or file
    words = _words(DATE.sub(" ", COUNTED.sub(" ", _plain(stem).replace("_", " "))))
    left = _without_forms(_without_versions(words))
    telling = [word for word in left if word not in GENERIC and not word.isdigit()]
    return " ".join(left) if telling else ""


def _plain(name: str) -> str:
    """A name in small letters without accents, as far as letters have any."""
    return unaccented(as_seen(name)).replace("\u0142", "l")


def _words(name: str) -> list[str]:
    """The words of a name; full stops and strokes within a word are no part of it: S.p.A., A/S."""
    plain = re.sub(r"(?<=\w)[./:](?=\w)", "", _plain(name))
    return re.sub(r"[^\w&]|_", " ", plain).split()


def _without_versions(words: list[str]) -> list[str]:
    """Words without those of a version, from the end on and "copy of" from the start."""
    left = list(words)
    if left[:2] == ["copy", "of"]:
        left = left[2:]
    while left:
        if VERSION.fullmatch(left[-1]):
            left = left[:-1]
        elif len(left) > 1 and NUMBERED.fullmatch(left[-2]) and len(left[-1]) <= 2:
            left = left[:-2]
        else:
            break
    return left


def _without_forms(words: list[str]) -> list[str]:
    """Words without legal forms at the end or the start, and versions before them."""
    left = list(words)
    while len(left) > 1:
        end = _form(left[::-1], backwards=True) or (left[-1] in ("&", "and", "und"))
        start = _form(left)
        if end:
            left = _without_versions(left[: -int(end)]) or left[:1]
        elif start and start < len(left):
            left = left[start:]
        else:
            break
    return left


def _form(words: list[str], *, backwards: bool = False) -> int:
    """How many words, from the first on, make the longest legal form; 0 where none do.

    `backwards`: whether the words come last first. One word at least is always left.
    """
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        taken = words[:count][::-1] if backwards else words[:count]
        if "".join(taken) in legal_forms():
            return count
    return 0
