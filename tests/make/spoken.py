"""Sentences read back: counts as a reader takes them, and slips that nobody should say."""

import re

NOUNS = (
    "vendor answer question method scenario criterion proposal bid way workbook cell check "
    "weighting draw stakeholder combination time file gate month"
)
PLURALS = "|".join({"criterion": "criteria"}.get(n, f"{n}s") for n in NOUNS.split())
SINGULARS = "|".join(NOUNS.split())
SLIPS = {
    "one of many": rf"(?<![.,\d])1 (?:\w+ )?(?:{PLURALS})\b",
    "many of one": rf"(?<![.,\d])(?:0|[2-9]|\d\d+) (?:other |open |blank )?(?:{SINGULARS})\b",
    "a one that is counted out": r"\b(?:the|all|of) 1 (?!\d)",
    "none of one": r"\b[Nn]one of the 1\b|\b0 of (?!100\b)",
    "a sign before words": r"[+\u2212]\s*(?:less|more|about)",
    "a gap": r"  |\s[.,;:]|\(\s|\s\)",
    "two stops": r"[.,;:]{2}|\.\)\.",
    "Python": r"\b(?:nan|inf|None(?! of the)|True|False)\b|[{}]",
    "a verb that disagrees": r"\b1 (?:pass|fail|are|have)\b|\b[2-9] (?:passes|fails|is|has)\b",
}


def slips(text: str) -> list[str]:
    """What is wrong with a text as English, by name and place."""
    found = [
        f"{what}: {match[0]!r} in {text!r}"
        for what, pattern in SLIPS.items()
        for match in re.finditer(pattern, text)
    ]
    if text and not text.endswith((".", "?", "\u2026")):
        found.append(f"no end: {text!r}")
    if text and text[0] != text[0].upper():
        found.append(f"no capital: {text!r}")
    return found


def part(text: str, noun: str) -> tuple[int, int]:
    """How many of how many: "none of the 3 bids", "both bids", "the one bid", "2 of 5 bids"."""
    words = [
        (rf"\b[Nn]o {noun}\b", lambda m: (0, 1)),
        (rf"\b[Nn]one of the (\d+) {noun}s\b", lambda m: (0, int(m[1]))),
        (rf"\b[Tt]he one {noun}\b", lambda m: (1, 1)),
        (rf"\b[Bb]oth {noun}s\b", lambda m: (2, 2)),
        (rf"\b[Aa]ll (\d+) {noun}s\b", lambda m: (int(m[1]), int(m[1]))),
        (rf"\b(\d+) of (\d+) {noun}s\b", lambda m: (int(m[1]), int(m[2]))),
    ]
    for pattern, read in words:
        if match := re.search(pattern, text):
            return read(match)
    raise AssertionError(f"no part of some {noun}s in {text!r}")


def number(pattern: str, text: str) -> int:
    """The count that a pattern finds in a text, "none" being 0."""
    match = re.search(pattern, text)
    assert match, f"{pattern!r} is not in {text!r}"
    return 0 if match[1] == "none" else int(match[1].replace(",", ""))
