"""Text in the form in which it is compared, and the characters that nobody sees."""

import re
import unicodedata

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of characters, and what turns the order of what is read, so that a
name could pose as another."""


def text(raw: str) -> str:
    """Text trimmed of spaces and no-break spaces, in Unicode NFC: the form that is compared."""
    return unicodedata.normalize("NFC", raw).strip()


def folded(text: str) -> str:
    """Text without case and surplus spaces: "Chat" and " chat " are the same."""
    return " ".join(text.split()).casefold()


def unaccented(text: str) -> str:
    """Text without accents, case and surplus spaces: "Kraków" and "KRAKOW " are the same."""
    letters = unicodedata.normalize("NFKD", text)
    return folded("".join(c for c in letters if not unicodedata.combining(c)))


def place_key(name: str) -> str:
    """What of a place's name counts: no accents, case, spaces and punctuation.

    "Cluj-Napoca" and "cluj napoca" are one city, and "Los_Angeles" names the zone of Los Angeles.
    """
    return "".join(c for c in unaccented(name) if unicodedata.category(c)[0] not in "PZ")


def unseen(text: str) -> str | None:
    """The first character that controls how text is shown, line breaks and tabs left out."""
    hidden = UNSEEN.search(text)
    return hidden[0] if hidden else None
