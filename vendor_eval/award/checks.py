"""Checks of a first place: what the re-runs do not vary, one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vendor_eval import wording
from vendor_eval.analysis.thresholds import FloorTurn, ShortlistMargin
from vendor_eval.award.rank_basis import lead_words
from vendor_eval.award.verdict import CheckKind, RobustnessCheck
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.consequences import Consequences


@dataclass(frozen=True)
class CheckWords:
    """How one kind of check is called, and what to do where it is flagged.

    What caps nothing is never flagged, so that nothing is to be done about it.
    """

    name: str
    after_checking: str = ""
    """In the recommendation, after "after checking"."""
    step: str = ""
    """A sentence among the next steps."""


CHECKS: Mapping[CheckKind, CheckWords] = {
    "volumes": CheckWords(
        "Volumes and rates", "volumes and exchange rates", "Agree volumes and exchange rates."
    ),
    "withdrawal": CheckWords(
        "Withdrawal",
        "the losing bids that affect the winner",
        "Confirm that the losing bids that affect the winner stand.",
    ),
    "answers": CheckWords(
        "Its own open answers", "its open answers", "Get its open answers in writing."
    ),
    "marks": CheckWords(
        "Marks", "the marks that decide", "Read again the questions whose marks decide."
    ),
    "rounding": CheckWords(
        "Rounding",
        "the rounding that decides",
        "Confirm that the tender rounds as the rules do, since the rounding decides.",
    ),
    "shortlist": CheckWords(
        "Shortlist", "the end of the shortlist", "Check again who is on the shortlist."
    ),
    "knock_out": CheckWords(
        "Floors", "the floor that decides", "Check again the points at the floor that decides."
    ),
    "stakeholders": CheckWords("Stakeholders"),
}

RATES = "rates "
"""How the names of other exchange rates begin; other names are those of forecasts."""


def every_check(
    ranking: Sequence[str],
    *,
    other_terms: Mapping[str, Evaluation],
    reversals: Mapping[str, str | None] | None,
    at_worst: Evaluation | None,
    elected: Sequence[str | None],
    marks: Consequences | None = None,
    unrounded: Evaluation | None = None,
    shortlist: ShortlistMargin | None = None,
    floors: Sequence[FloorTurn] | None = None,
) -> tuple[RobustnessCheck, ...]:
    """The checks that can be made; without forecasts, rivals or stakeholders there are fewer.

    `ranking`: the vendors as they are ranked, the leader first; `other_terms`: the evaluation at
    other volumes and rates; `reversals`: the losing bids whose withdrawal changes the winner, and
    the new one; `at_worst`: the evaluation with the leader's ranges at their worst; `elected`: whom
    each stakeholder's own weights put first; `marks`: which marks of a panel matter; `unrounded`:
    the evaluation without the rounding of the rules, where they round; `shortlist`: how close it
    was, where it leaves a vendor out; `floors`: those nearly met or missed that would change who is
    first, None where the rules have no knock-out.
    """
    leader = ranking[0]
    checks = [
        *_volumes(ranking, other_terms),
        *_withdrawal(leader, reversals),
        *_open_answers(leader, at_worst),
        *_marks(leader, marks),
        *_rounding(leader, unrounded),
        *_shortlist(shortlist),
        *_floors(floors),
        *_stakeholders(leader, elected),
    ]
    return tuple(checks)


def _volumes(
    ranking: Sequence[str], other_terms: Mapping[str, Evaluation]
) -> Iterator[RobustnessCheck]:
    if not other_terms:
        return
    leader, flags = ranking[0], []
    for name, moved in other_terms.items():
        unpriced = [vendor for vendor in ranking if moved.status(vendor) == "incomplete"]
        if unpriced:
            flags.append(f"{_terms(name)} {wording.listed(unpriced, at_most=3)} cannot be priced")
        elif moved.winner != leader:
            flags.append(f"{_terms(name)} {_instead(moved)}")
    if flags:
        yield RobustnessCheck("volumes", False, f"{wording.begun('; '.join(flags))}.")
        return
    over = ["every stated volume forecast"] * any(not n.startswith(RATES) for n in other_terms)
    over += ["exchange rates 10 % lower or higher"] * any(n.startswith(RATES) for n in other_terms)
    yield RobustnessCheck("volumes", True, f"{leader} leads at {' and at '.join(over)}.")


def _terms(name: str) -> str:
    if name.startswith(RATES):
        return f"with exchange {name},"
    return f"at the forecast \u201c{name}\u201d,"


def _instead(moved: Evaluation) -> str:
    """Who leads, and by how much, under other terms."""
    first = moved.leaders
    if not first:
        return "no vendor can be ranked"
    if len(first) > 1:
        return f"{wording.listed(first)} tie"
    if len(moved.ranking) == 1:
        return f"{first[0]} is the only vendor that can be ranked"
    return f"{first[0]} leads by {lead_words(moved, *moved.ranking[:2])}"


def _withdrawal(
    leader: str, reversals: Mapping[str, str | None] | None
) -> Iterator[RobustnessCheck]:
    if reversals is None:  # no losing bid decides between two prices
        return
    if not reversals:
        yield RobustnessCheck(
            "withdrawal", True, f"{leader} stays first if any one losing bid is withdrawn."
        )
        return
    parts = [
        f"without the bid of {bid}, {new} would be first"
        if new
        else f"without the bid of {bid}, several vendors would tie for first"
        for bid, new in reversals.items()
    ]
    more = f"; {len(parts) - 2} more bids would change it" if len(parts) > 2 else ""
    yield RobustnessCheck("withdrawal", False, wording.begun("; ".join(parts[:2])) + more + ".")


def _open_answers(leader: str, at_worst: Evaluation | None) -> Iterator[RobustnessCheck]:
    if at_worst is None:
        return
    if at_worst.winner == leader:
        yield RobustnessCheck(
            "answers", True, f"{leader} stays first with its own ranges at the worst end."
        )
    else:
        instead = _instead(at_worst)
        yield RobustnessCheck(
            "answers", False, f"With the ranges of {leader} at the worst end, {instead}."
        )


def _marks(leader: str, marks: Consequences | None) -> Iterator[RobustnessCheck]:
    """Whether one level that one evaluator gave would change who is first."""
    if marks is None:
        return
    labels = {path: leaf.label for path, leaf in marks.record.rules.judged_leaves.items()}
    named = [f"{item.vendor} on {labels[item.criterion]}" for item in marks.deciding]
    if not named:
        says = f"{leader} stays first by every level that any one evaluator gave."
        yield RobustnessCheck("marks", True, says)
        return
    decide = wording.agreeing(len(named), "decides", "decide")
    listed = wording.listed(named, at_most=3)
    says = f"One evaluator's mark for {listed} {decide} who is first: read the question again."
    yield RobustnessCheck("marks", False, says)


def _rounding(leader: str, unrounded: Evaluation | None) -> Iterator[RobustnessCheck]:
    """Whether the rounding of the rules decides who is first."""
    if unrounded is None:
        return
    if unrounded.winner == leader:
        yield RobustnessCheck("rounding", True, f"{leader} is first without rounding too.")
        return
    says = f"The rounding of the rules decides: without it {_instead(unrounded)}"
    yield RobustnessCheck("rounding", False, f"{says}. All analyses are unrounded.")


def _shortlist(margin: ShortlistMargin | None) -> Iterator[RobustnessCheck]:
    """Whether a vendor that the shortlist just leaves out would be first."""
    if margin is None:
        return
    points = wording.points(margin.behind / 100)
    if margin.would_lead is None:
        says = f"{margin.nearest} misses the shortlist by {points} points on {margin.label}"
        says += "; nobody who could have been on it would be first."
        yield RobustnessCheck("shortlist", True, says)
        return
    says = f"{margin.would_lead} just misses the shortlist on {margin.label} and would be first."
    yield RobustnessCheck("shortlist", False, says)


def _floors(turns: Sequence[FloorTurn] | None) -> Iterator[RobustnessCheck]:
    """Whether a floor that is nearly met or missed decides who is first."""
    if turns is None:
        return
    if not turns:
        says = "No floor that is nearly met or missed would change who is first."
        yield RobustnessCheck("knock_out", True, says)
        return
    first, *others = turns
    points = wording.points_apart(first.points / 100, first.below)
    instead = f"{first.to} would be first" if first.to else "several vendors would tie for first"
    says = f"{first.vendor} has {points} points on {first.label}, near the floor of"
    says += f" {wording.digits(first.below)}; on the other side of it, {instead}"
    more = f"; {len(others)} more floors would change it" if others else ""
    yield RobustnessCheck("knock_out", False, f"{says}{more}.")


def _stakeholders(leader: str, elected: Sequence[str | None]) -> Iterator[RobustnessCheck]:
    if elected:
        for_leader = sum(vendor == leader for vendor in elected)
        of = wording.counted(len(elected), "stakeholder")
        says = f"The weights of {for_leader} of {of} put {leader} first."
        count = f"{for_leader} of {len(elected)}"
        yield RobustnessCheck("stakeholders", None, says, count)
