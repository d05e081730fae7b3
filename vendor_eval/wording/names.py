"""Names as readers see them: cut, capitalised, or by the proper name."""

import re

METHOD_NAMES = {
    "cocoso": "CoCoSo",
    "electre2": "ELECTRE II",
    "moora_reference_point": "MOORA reference point",
    "promethee2": "PROMETHEE II",
    "simplified_probid": "Simplified PROBID",
}
"""Proper names that their registered names do not give."""


def brief(name: str, most: int) -> str:
    """A name of at most so many characters, cut after a word where it is longer."""
    if len(name) <= most:
        return name
    cut = name[:most]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:-1]).rstrip(" ,;:&-") + "\u2026"


def ended(text: str) -> str:
    """Sentences in which a name that ends with a stop, or was cut, brings no second one."""
    return re.sub(r"(?<=[^\W\d_])\.\.(?=\s|$)", ".", text.replace("\u2026.", "\u2026"))


def begun(text: str) -> str:
    """A sentence with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def titled(name: str) -> str:
    """A name entered in the rules, in words: "experts_first" as "Experts first"."""
    return begun(name.replace("_", " "))


def method_name(name: str) -> str:
    """A ranking method by its proper name, as "TOPSIS" or "PROMETHEE II"."""
    # what the field calls by its letters is registered in one word, the rest in several
    return METHOD_NAMES.get(name) or (titled(name) if "_" in name else name.upper())
