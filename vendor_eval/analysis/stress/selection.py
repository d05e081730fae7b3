"""Leaves that score what a bidder is or has done, or where the work is done without a purpose."""

import re

from vendor_eval.measures.expertise.references import Referring
from vendor_eval.measures.location.site_measure import SiteMeasure
from vendor_eval.measures.measure import MEASURES
from vendor_eval.measures.security.certificates import Held
from vendor_eval.rules.criteria import Criterion

# Directive 2014/24/EU, articles 58 and 67: what a bidder is, owns or has done decides on its
# admission; staff assigned to the contract may be an award criterion.
STANDING = re.compile(
    r"\b(references?|referees?|track record|turnover|revenues?|solvency|creditworthiness"
    r"|credit rating|financial (standing|strength|stability|capacity)|annual accounts"
    r"|years (in|of) (business|trading)|company size|market share"
    r"|certificates?|certifications?|certified|accreditations?|accredited"
    r"|iso ?\d{4,5}|soc ?[12])\b",
    re.IGNORECASE,
)
EXPERIENCE = re.compile(r"\b(experience[ds]?|sector years|similar (projects|contracts))\b", re.I)
STAFF = re.compile(r"\b(agents?|staff|team|teams|personnel|employees|people|manager)\b", re.I)
PLACE = re.compile(r"\b(onshore|nearshore|offshore|shoring|shore|local presence)\b", re.I)


def selects(leaf: Criterion) -> bool:
    """Whether a leaf looks like a selection criterion, by its measure or its words."""
    if leaf.measure is not None and issubclass(MEASURES[leaf.measure.name], Held | Referring):
        return True
    words = _words(leaf)
    past = EXPERIENCE.search(words) and not STAFF.search(words)
    return bool(STANDING.search(words) or past)


def places(leaf: Criterion) -> bool:
    """Whether a leaf scores where the work is done, by its measure or its words."""
    if leaf.measure is not None:
        return issubclass(MEASURES[leaf.measure.name], SiteMeasure)
    return bool(PLACE.search(_words(leaf)))


def _words(leaf: Criterion) -> str:
    return f"{leaf.label} {leaf.id} {leaf.reads}".replace("_", " ")
