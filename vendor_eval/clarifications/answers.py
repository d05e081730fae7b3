"""Answers that are blank, open, or were read differently from how they were typed."""

from collections.abc import Iterator

from vendor_eval.bids.response import Cell
from vendor_eval.clarifications.check import (
    CHECKS,
    CheckedBid,
    Clarification,
    Found,
    Seen,
    Unmade,
    clarification_check,
)
from vendor_eval.clarifications.scopes import scope_questions
from vendor_eval.clarifications.undecided_gates import blanks, open_leaves, undecided
from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.plain_text import folded
from vendor_eval.wording import agreeing, decimal, listed


@CHECKS.register("gates")
@clarification_check(
    "Requirements",
    compares=(
        "Every requirement against an answer that shows whether it is met, as it is accepted."
    ),
    workbook=False,
    despite_faults=True,
)
def gates(bid: CheckedBid) -> Found:
    """Every requirement against an answer that shows whether it is met, as it is accepted."""
    if not bid.rules.gates:
        yield Unmade("the rules set no gates")
    for gate in undecided(bid):
        if gate.reads is None:
            yield from _unvalued(bid, gate)
            continue
        cells = bid.reading(gate.reads)
        yield Clarification(
            "Your proposal does not let us decide whether this requirement is met: "
            f"\u201c{gate.label}\u201d. "
            f"{_request(bid, 'Please answer with evidence, so that we can decide.')}"
            f"{_of_scopes(bid, cells)}",
            cells,
            note=_why(bid, gate),
        )
    yield from _nearly_met(bid)


def _unvalued(bid: CheckedBid, gate: Gate) -> Found:
    """Asks for what a gate on points lacks; its label may reveal how many points we require."""
    leaves = open_leaves(bid, gate)
    labels = listed([f"\u201c{_labelled(leaf)}\u201d" for leaf in leaves])
    cells = tuple(cell for leaf in leaves for cell in bid.reading(str(leaf.reads)))
    yield Clarification(
        f"A requirement depends on what your proposal does not answer: {labels}. "
        f"{_request(bid, 'Please answer, with evidence.')}{_of_scopes(bid, cells)}",
        cells,
        note=gate.label,
    )


def _nearly_met(bid: CheckedBid) -> Found:
    """Asks about answers that fail a requirement by nothing but capitals or spaces."""
    passages = bid.evaluation.screening.passages[bid.vendor]
    for gate in bid.rules.gates:
        typed = passages[gate.id].found
        if gate.answer is None or passages[gate.id].state != "fail" or not isinstance(typed, str):
            continue
        alike = [text for text in _accepted(gate) if _bare(text) == _bare(typed)]
        if alike:
            yield Clarification(
                f"To \u201c{gate.label}\u201d you answered \u201c{typed}\u201d. Do you mean by it "
                f"\u201c{alike[0]}\u201d?",
                bid.reading(gate.answer),
                note="as entered, the answer fails this requirement: capitals and spaces count",
            )


def _accepted(gate: Gate) -> Iterator[str]:
    """The texts that a gate accepts."""
    rule = gate.rule
    return (answer for answer in (*(rule.one_of or ()), rule.equals) if isinstance(answer, str))


def _bare(text: str) -> str:
    """Text without capitals and any spaces."""
    return folded(text).replace(" ", "")


@CHECKS.register("blank_answers")
@clarification_check(
    "Blank answers",
    compares=(
        "Every criterion against an answer that can be valued; what a gate asks for is asked there."
    ),
    workbook=False,
    despite_faults=True,
)
def blank_answers(bid: CheckedBid) -> Found:
    """Every criterion against an answer that can be valued; what a gate asks for is asked there."""
    for leaf in blanks(bid):
        cells = bid.reading(str(leaf.reads))
        yield Clarification(
            f"Your proposal does not answer \u201c{_labelled(leaf)}\u201d. "
            f"{_request(bid, 'Please answer it.')}"
            f"{_of_scopes(bid, cells)}",
            cells,
        )


COMMIT = "Which single number do you commit to?"
COMMITTED = (
    "Which single number, if any, does your proposal commit you to, and where does it say so?"
)
"""In a public procedure nobody may commit to anything new."""


def _request(bid: CheckedBid, private: str) -> str:
    """What to ask for: in a public procedure nothing is added to a proposal."""
    public = "Does it answer elsewhere, and where?"
    return public if bid.rules.procedure == "public" else private


def _of_scopes(bid: CheckedBid, cells: tuple[Seen, ...]) -> str:
    """What to ask besides about the scope of certificates that stand in some cells."""
    return "".join(f" {doubt.question}" for doubt in scope_questions(bid) if doubt.within(cells))


@CHECKS.register("ranges")
@clarification_check(
    "Answers given as a range",
    compares="Every answer against a single number.",
    workbook=False,
)
def ranges(bid: CheckedBid) -> Found:
    """Every answer against a single number."""
    for path in bid.evaluation.tree.leaves:
        answers = bid.evaluation.performance[path]
        low, high = float(answers.low[bid.row]), float(answers.high[bid.row])
        if answers.given[bid.row] and low != high:
            leaf = bid.evaluation.tree.criterion(path)
            yield Clarification(
                f"To \u201c{_labelled(leaf)}\u201d you answered {decimal(low)} to {decimal(high)}. "
                + (COMMITTED if bid.rules.procedure == "public" else COMMIT),
                bid.reading(str(leaf.reads)),
                brief=f"{leaf.label}, {decimal(low)} or {decimal(high)}",
            )


@CHECKS.register("read_as")
@clarification_check(
    "Answers as we read them",
    compares="Every cell the evaluation uses against how it was read.",
)
def read_as(bid: CheckedBid) -> Found:
    """Every cell the evaluation uses against how it was read."""
    places = bid.evaluation.proposals.places
    used = {place for column in bid.rules.columns for place in places(bid.vendor, column)}
    doubtful = [cell for cell in bid.response.cells if cell.place in used and _doubtful(cell)]
    if doubtful:
        cells = tuple(dict.fromkeys((cell.place, cell.note) for cell in doubtful))
        yield Clarification(
            "We read these cells as shown. Please tell us if any of them is not what you meant.",
            cells,
        )


@CHECKS.register("comments")
@clarification_check(
    "Comments in the workbook",
    compares="Every comment against the cell it stands at: a comment may limit an answer.",
    despite_faults=True,
)
def comments(bid: CheckedBid) -> Found:
    """Every comment against the cell it stands at: a comment may limit an answer."""
    by_cell: dict[Seen, list[str]] = {}
    for comment in bid.response.comments:
        by_cell.setdefault((comment.place, comment.content), []).append(comment.text)
    for cell, texts in by_cell.items():
        at = cell[0].partition("!")[2]
        said = listed([f"\u201c{text}\u201d" for text in texts])
        begins = agreeing(len(texts), "Your comment", "Your comments")
        yield Clarification(
            f"{begins} at {at} {agreeing(len(texts), 'says', 'say')}: {said} {CHANGES}", (cell,)
        )


CHANGES = (
    "Does this limit or change what your proposal offers? If so, please state how, and where your "
    "proposal says so."
)
"""What is asked of a comment; in a public procedure it adds nothing to a proposal."""


def _doubtful(cell: Cell) -> bool:
    """Whether a cell was read as something other than its content, capitals and spaces aside.

    What a vendor answered is not asked of it again.
    """
    # the note writes what was read with its unit, as "'76 %' read as 76 %"
    as_read = cell.note.rpartition(" read as ")[2].strip("'\"")
    typed, *read = map(folded, (cell.typed, cell.text, as_read))
    return bool(cell.note) and not cell.answered and typed not in read


def _why(bid: CheckedBid, gate: Gate) -> str:
    origin = bid.evaluation.proposals.origins.get((bid.vendor, str(gate.reads)))
    return origin.note if origin else ""


def _labelled(leaf: Criterion) -> str:
    """A criterion's label with its unit, where the label does not say it already."""
    unit = leaf.unit or ""
    return (
        leaf.label
        if not unit or unit.casefold() in leaf.label.casefold()
        else f"{leaf.label} ({unit})"
    )
