"""Section: who passes the gates, and what the others would need to pass."""

from collections.abc import Iterator, Sequence

from vendor_eval import wording
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.analysis.required_changes.qualifying import Hurdle, found_words
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.gates import GateResult
from vendor_eval.evaluation.shortlist import left_out, shortlist_of
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import NONE


def gates_sentence(result: Result) -> str:
    """How many vendors pass every gate, fail one, or cannot be decided."""
    evaluation = result.evaluation
    unread = len(evaluation.having("incomplete"))
    closed = len(evaluation.screening.excluded)
    if not evaluation.rules.gates and not unread and not closed:
        return "The rules set no gates: every vendor is in the ranking."
    passing, failing, waiting = (
        len(evaluation.having(status)) for status in ("eligible", "excluded", "undecided")
    )
    cut = left_out(evaluation.rules, evaluation.screening)
    failing -= closed + len(cut)
    clauses = [
        f"{passing or 'none'} {wording.agreeing(passing, 'passes', 'pass')} every gate",
        f"{failing} {wording.agreeing(failing, 'fails', 'fail')} at least one" if failing else "",
        *_cut(evaluation, len(cut)),
        f"{closed} {wording.agreeing(closed, 'is', 'are')} excluded by the buyer" if closed else "",
        f"{waiting} cannot be decided yet" if waiting else "",
        f"{unread} {wording.agreeing(unread, 'is', 'are')} incomplete until faults or blanks are "
        "settled"
        if unread
        else "",
    ]
    vendors = wording.counted(len(evaluation.vendors), "vendor")
    states = wording.listed([state for state in clauses if state], at_most=5)
    return f"Of {vendors}, {states}. Only those that pass are ranked."


def _cut(evaluation: Evaluation, left: int) -> Iterator[str]:
    """How many vendors the shortlist alone leaves out."""
    shortlist = shortlist_of(evaluation.rules)
    if shortlist is not None and left:
        best = shortlist.best
        among = "the best" if best == 1 else f"among the best {best}"
        label = evaluation.stated.criterion(shortlist.criterion).label
        verb = wording.agreeing(left, "passes", "pass")
        others = "" if len(evaluation.rules.gates) == 1 else f"{verb} the other gates but "
        yield f"{left} {others}{wording.agreeing(left, 'is', 'are')} not {among} on {label}"


def to_qualify_table(result: Result) -> Html:
    """What keeps each excluded or undecided vendor out, and the rank it would have."""
    rows = [
        [
            vendor,
            "; ".join(_hurdle(result.evaluation, hurdle) for hurdle in qualification.hurdles),
            wording.ordinal(qualification.shadow_rank)
            if qualification.shadow_rank
            else "not scored",
        ]
        for vendor, qualification in result.to_qualify.items()
    ]
    if not rows:
        return Html("")
    head = ["Vendor", "What is missing", "Rank if it passed"]
    return table("Vendors outside the ranking", head, rows, prose=True)


def _hurdle(evaluation: Evaluation, hurdle: Hurdle) -> str:
    """What a gate asks and what was found, 0 too."""
    answer = hurdle.shows or "nothing"
    return f"{hurdle.label}: needs {hurdle.asks}, found {answer}{_blank(evaluation, hurdle.blank)}"


def _blank(evaluation: Evaluation, paths: Sequence[str]) -> str:
    """Which criteria are blank, as an addition to the points; "" where none is."""
    labels = [f"\u201c{evaluation.tree.criterion(path).label}\u201d" for path in paths]
    verb = wording.agreeing(len(labels), "is", "are")
    return f" ({wording.listed(labels, at_most=3)} {verb} blank)" if labels else ""


GATES_ACROSS = 4
"""Gates side by side in one table, for the same reason as `ACROSS`."""


def gates_table(result: Result) -> Html:
    """How each vendor stands at each gate, with what was found."""
    evaluation = result.evaluation
    named = evaluation.rules.gates
    pieces = []
    for start in range(0, len(named), GATES_ACROSS):
        gates = named[start : start + GATES_ACROSS]
        rows = [
            [
                vendor,
                _status(evaluation, vendor),
                _place(evaluation, vendor),
                *(_stands(evaluation, vendor, gate) for gate in gates),
            ]
            for vendor in evaluation.vendors
        ]
        head = ["Vendor", "Status", "Rank", *(gate.label for gate in gates)]
        caption = "Gates; in brackets, the rank a vendor could have among the eligible"
        pieces.append(table(caption, head, rows).markup)
    return Html("\n".join(pieces))


def _status(evaluation: Evaluation, vendor: str) -> str:
    """A vendor's status; with the ground where the buyer excluded it."""
    ground = evaluation.screening.excluded.get(vendor)
    return evaluation.status(vendor) + (f" by the buyer: {ground}" if ground else "")


def _place(evaluation: Evaluation, vendor: str) -> str:
    rank, shadow = evaluation.ranks.get(vendor), evaluation.shadow_ranks.get(vendor)
    ends = rank_range(evaluation, vendor)
    if ends is not None:
        return f"({ends[0]} to {ends[1]})" if ends[0] < ends[1] else f"({ends[0]})"
    return str(rank) if rank else f"({shadow})" if shadow else NONE


def _stands(evaluation: Evaluation, vendor: str, gate: Gate) -> str:
    """How a vendor stands at a gate, and what was found; a fault is kept apart from a blank."""
    passage, tree = evaluation.screening.passages[vendor][gate.id], evaluation.stated
    if gate.criterion is None:
        unread = (vendor, str(gate.reads)) in evaluation.proposals.spoilt
    else:
        under = tree.composition[tree.at(gate.criterion)] > 0
        faulty = evaluation.faulty[evaluation.proposals.rows[vendor]]
        leaves = [path for path, at in zip(tree.leaves, faulty & under, strict=True) if at]
        unread = passage.found is None and any(_unread(evaluation, vendor, at) for at in leaves)
    if unread:
        return "unknown: cannot be read"
    return _passage(evaluation.rules, gate, passage) + _blank(evaluation, passage.blank)


def _unread(evaluation: Evaluation, vendor: str, leaf: str) -> bool:
    """Whether a faulty answer is there and cannot be read, and is not blank."""
    proposals, read = evaluation.proposals, evaluation.performance[leaf]
    column = str(evaluation.tree.criterion(leaf).reads)
    return (vendor, column) in proposals.spoilt or bool(read.answers[proposals.rows[vendor]])


def _passage(rules: Rules, gate: Gate, passage: GateResult) -> str:
    word = {"pass": "passes", "fail": "fails", "unknown": "unknown"}[passage.state]
    absent = "not shown" if gate.criterion is None else "no answer"
    return f"{word}: {found_words(gate, rules, passage) or absent}"


def knock_out_sentences(result: Result, vendors: Sequence[str]) -> tuple[str, ...]:
    """Which criteria count 0 for which of some vendors, a sentence each."""
    evaluation = result.evaluation
    floors = {each.criterion: each.below for each in evaluation.rules.knock_out}
    return tuple(
        f"{evaluation.tree.criterion(path).label} counts 0 for {vendor}: "
        f"{wording.points_apart(points / 100, floors[path])} points, below the floor of "
        f"{wording.digits(floors[path])}."
        for vendor in vendors
        for path, points in evaluation.knock_outs(vendor).items()
    )


def section(result: Result) -> Section:
    """Who passes the gates, and what the others would need."""
    knocked = knock_out_sentences(result, result.evaluation.vendors)
    return shown(
        say(gates_sentence(result)),
        *map(say, knocked),
        gates_table(result),
        to_qualify_table(result),
    )
