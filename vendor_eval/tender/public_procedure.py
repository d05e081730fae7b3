"""What the rules of a public procedure may be challenged for: warnings, never faults."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vendor_eval.measures.expertise.references import Referring
from vendor_eval.measures.location.site_measure import SiteMeasure
from vendor_eval.measures.measure import MEASURES
from vendor_eval.measures.security.certificates import Held
from vendor_eval.rules.criteria import Criterion, walk
from vendor_eval.rules.rules import Rules

RULES = "evaluation.yaml"

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


@dataclass(frozen=True)
class Concern:
    """One thing in the rules that a bidder may challenge, and what to do before they are sealed."""

    place: str
    says: str
    remedy: str


def concerns(rules: Rules) -> tuple[Concern, ...]:
    """What a public procedure's rules may be challenged for; nothing in a private procedure."""
    if rules.procedure == "private":
        return ()
    return (*_ties(rules), *_leaves(rules))


def warnings(rules: Rules, *, sealed: bool) -> tuple[str, ...]:
    """A line for each concern; once the rules are sealed, nothing is advised any more."""
    return tuple(
        f"{RULES}: {concern.place}: {concern.says}"
        + ("" if sealed else f"; before sealing, {concern.remedy}")
        for concern in concerns(rules)
    )


def warnings_at_sealing(rules: Rules) -> tuple[str, ...]:
    """What is warned of as the rules are sealed, and how the seal can still be amended."""
    sealed = warnings(rules, sealed=True)
    amend = "to amend the seal before bids are opened, see 'seal.json' in docs/folder-format.md"
    return (*sealed, *([amend] if sealed else []))


def _ties(rules: Rules) -> Iterator[Concern]:
    if not rules.tie_break:
        says = "the rules have no 'tie_break', so vendors with equal scores share a rank"
        yield Concern("tie_break", says, "name the criteria that decide between them")


def _leaves(rules: Rules) -> Iterator[Concern]:
    asked = {gate.reads: gate.id for gate in rules.gates if gate.reads is not None}
    for path, _, leaf in walk(rules.criteria):
        if not leaf.is_leaf:
            continue
        place, label = f"criteria.{path}", repr(leaf.label)
        if _selects(leaf):
            says = f"{label} looks like a selection criterion: it scores what a bidder is or has"
            yield Concern(place, f"{says} done, not what it offers", "make it a gate")
        if _places(leaf) and leaf.purpose is None:
            says = f"{label} scores where the work is done and states no 'purpose'"
            yield Concern(place, says, "state what of the service depends on the place")
        if leaf.reads in asked:
            says = f"{label} scores {leaf.reads!r}, which the gate {asked[leaf.reads]!r} reads too"
            yield Concern(place, says, "let one fact count once")


def _selects(leaf: Criterion) -> bool:
    if leaf.measure is not None and issubclass(MEASURES[leaf.measure.name], Held | Referring):
        return True
    words = _words(leaf)
    past = EXPERIENCE.search(words) and not STAFF.search(words)
    return bool(STANDING.search(words) or past)


def _places(leaf: Criterion) -> bool:
    if leaf.measure is not None:
        return issubclass(MEASURES[leaf.measure.name], SiteMeasure)
    return bool(PLACE.search(_words(leaf)))


def _words(leaf: Criterion) -> str:
    return f"{leaf.label} {leaf.id} {leaf.reads}".replace("_", " ")
