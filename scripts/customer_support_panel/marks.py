"""The levels that four evaluators gave, what they changed, and what the meeting agreed."""

from customer_support_panel.bids import PATHS

VENDORS = (
    "Aurora Service",
    "Borealis Contact",
    "Cygnus Assist",
    "Dorado Dialogue",
    "Eridanus Care",
    "Fornax Response",
)
GIVEN = {
    ("ops", "quality.approach"): (3, 3, 4, 1, 3, 2),
    ("sec", "quality.approach"): (3, 3, 3, 1, 4, 2),
    ("hr", "quality.approach"): (3, 2, 3, 1, 3, 2),
    ("fin", "quality.approach"): (3, 3, 3, 1, 3, 2),
    ("ops", "quality.security"): (3, 3, 2, 1, 4, 1),
    ("sec", "quality.security"): (3, 2, 2, 1, 4, 1),
    ("fin", "quality.security"): (3, 3, 2, 1, 3, 1),
    ("ops", "quality.people"): (2, 2, 3, 1, 3, 2),
    ("hr", "quality.people"): (3, 2, 3, 1, 3, 1),
    ("fin", "quality.people"): (2, 2, 4, 1, 3, 2),
    ("ops", "quality.continuity"): (3, 3, 2, 1, 3, 1),
    ("sec", "quality.continuity"): (3, 2, 2, 1, 3, 1),
    ("hr", "quality.continuity"): (4, 3, 2, 1, 4, 1),
    ("fin", "quality.continuity"): (3, 3, 2, 0, 3, 1),
}
"""By evaluator and criterion, a level for each vendor in the order of their names."""
AGREED = {
    "quality.approach": (3, 3, 3, 1, 3, 2),
    "quality.security": (3, 3, 2, 1, 4, 1),
    "quality.people": (2, 2, 3, 1, 3, 2),
    "quality.continuity": (3, 3, 2, 1, 3, 1),
}
LATE = ("sec", "Borealis Contact", "quality.security", 3)
"""The late change: who, whose, on what, and the new level; it was 2."""
LATE_REASON = "I had missed the exercise of May on page 15; it shows that a breach is noticed."
COPIED = ("fin", "quality.security", "Eridanus Care", "Cygnus Assist")
"""The copied comment: this evaluator gave the first vendor's comment to the second as well."""
EVALUATORS = ("ops", "sec", "hr", "fin")


def at(path: str) -> int:
    """Where a criterion stands among the questions."""
    return PATHS.index(path)
