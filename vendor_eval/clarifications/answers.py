"""Answers that are blank, open, or were read differently from how they were typed."""

from vendor_eval.clarifications.check import (
    CHECKS,
    Bid,
    Clarification,
    Found,
    Unmade,
    check,
    listed,
    plain,
)
from vendor_eval.criteria import Criterion
from vendor_eval.response import Cell
from vendor_eval.rules import Gate


@CHECKS.register("gates")
@check("Requirements", workbook=False)
def gates(bid: Bid) -> Found:
    """Every requirement against an answer that shows whether it is met."""
    if not bid.rules.gates:
        yield Unmade("the rules set no gates")
    for gate in _undecided(bid):
        if gate.reads is None:
            yield from _unvalued(bid, gate)
            continue
        yield Clarification(
            "Your proposal does not let us decide whether this requirement is met: "
            f"\u201c{gate.label}\u201d. Please answer so that we can, with evidence.",
            bid.reading(gate.reads),
            note=_why(bid, gate),
        )


def _unvalued(bid: Bid, gate: Gate) -> Found:
    """Asks for what a gate on points lacks; its label may tell how many, which is ours to know."""
    leaves = _open_leaves(bid, gate)
    labels = listed([f"\u201c{_labelled(leaf)}\u201d" for leaf in leaves])
    yield Clarification(
        f"A requirement depends on what your proposal does not answer: {labels}. Please do so, "
        "with evidence.",
        tuple(cell for leaf in leaves for cell in bid.reading(str(leaf.reads))),
        note=gate.label,
    )


@CHECKS.register("blank_answers")
@check("Blank answers", workbook=False)
def blank_answers(bid: Bid) -> Found:
    """Every criterion against an answer that can be valued; what a gate asks for is asked there."""
    asked = {
        column
        for gate in _undecided(bid)
        for column in (gate.reads, *(leaf.reads for leaf in _open_leaves(bid, gate)))
    }
    for vendor, path in bid.evaluation.missing:
        leaf = bid.evaluation.tree.criterion(path)
        if vendor == bid.vendor and leaf.reads not in asked:
            yield Clarification(
                f"Your proposal does not answer \u201c{_labelled(leaf)}\u201d. Please do so.",
                bid.reading(str(leaf.reads)),
            )


@CHECKS.register("ranges")
@check("Answers given as a range", workbook=False)
def ranges(bid: Bid) -> Found:
    """Every answer against a single number."""
    for path in bid.evaluation.tree.leaves:
        answers = bid.evaluation.performance[path]
        low, high = float(answers.low[bid.row]), float(answers.high[bid.row])
        if answers.given[bid.row] and low != high:
            leaf = bid.evaluation.tree.criterion(path)
            yield Clarification(
                f"To \u201c{_labelled(leaf)}\u201d you answered {plain(low)} to {plain(high)}. To "
                "which single number do you commit yourselves?",
                bid.reading(str(leaf.reads)),
            )


@CHECKS.register("read_as")
@check("Answers as we read them")
def read_as(bid: Bid) -> Found:
    """Every cell the evaluation uses against how it was read."""
    origins = bid.evaluation.proposals.origins
    read = (origins.get((bid.vendor, column)) for column in bid.rules.columns)
    used = {place for origin in read if origin for place, _ in origin.cells}
    doubtful = [cell for cell in bid.response.cells if cell.place in used and _doubtful(cell)]
    if doubtful:
        told = tuple(dict.fromkeys((c.place, f"{c.typed}, read as {c.text}") for c in doubtful))
        yield Clarification(
            "We read these cells as shown. Please tell us where that is not what you meant.", told
        )


def _doubtful(cell: Cell) -> bool:
    """Whether a cell was read as something else than stands there, spaces and capitals aside."""
    typed, read = ("".join(text.split()).casefold() for text in (cell.typed, cell.text))
    return bool(cell.note) and typed != read


def _undecided(bid: Bid) -> list[Gate]:
    passages = bid.evaluation.screening.passages[bid.vendor]
    return [gate for gate in bid.rules.gates if passages[gate.id].state == "unknown"]


def _open_leaves(bid: Bid, gate: Gate) -> list[Criterion]:
    """The blank criteria that a gate on a criterion depends on."""
    tree = bid.evaluation.tree
    return [
        tree.criterion(path)
        for path in tree.leaves
        if f"{path}.".startswith(f"{gate.criterion}.")
        and not bid.evaluation.performance[path].given[bid.row]
    ]


def _why(bid: Bid, gate: Gate) -> str:
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
