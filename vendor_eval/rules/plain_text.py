"""Text in the form in which it is compared, and the characters that nobody sees."""

import re
import unicodedata

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of characters, and what turns the order of what is read, so that a
name could pose as another."""


def text(raw: str) -> str:
    """Text trimmed of spaces and no-break spaces, in Unicode NFC: the form that is compared."""
    return unicodedata.normalize("NFC", raw).strip()


def unseen(text: str) -> str | None:
    """The first character that controls how text is shown, line breaks and tabs left out."""
    found = UNSEEN.search(text)
    return found[0] if found else None
