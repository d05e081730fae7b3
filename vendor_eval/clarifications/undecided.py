"""What a bid leaves open: gates that cannot be decided, and criteria without an answer."""

from collections.abc import Iterator

from vendor_eval.clarifications.check import Bid
from vendor_eval.criteria import Criterion
from vendor_eval.rules import Gate


def undecided(bid: Bid) -> list[Gate]:
    """The gates that the bid's answers do not decide, excluded or not."""
    passages = bid.evaluation.screening.passages[bid.vendor]
    return [gate for gate in bid.rules.gates if passages[gate.id].state == "unknown"]


def open_leaves(bid: Bid, gate: Gate) -> list[Criterion]:
    """The blank criteria that a gate on a criterion depends on."""
    tree = bid.evaluation.tree
    return [
        tree.criterion(path)
        for path in tree.leaves
        if f"{path}.".startswith(f"{gate.criterion}.")
        and not bid.evaluation.performance[path].given[bid.row]
    ]


def gate_columns(bid: Bid) -> set[str]:
    """The columns that undecided gates ask for, by themselves or by a criterion."""
    gates = undecided(bid)
    own = {gate.reads for gate in gates if gate.reads is not None}
    return own | {str(leaf.reads) for gate in gates for leaf in open_leaves(bid, gate)}


def _blank_leaves(bid: Bid) -> Iterator[Criterion]:
    """The criteria left blank that the rules fill, unless the vendor is excluded.

    What they do not fill is a question of its own, and what a fault spoils is asked about there.
    """
    evaluation = bid.evaluation
    if evaluation.status(bid.vendor) == "excluded":
        return
    for path in evaluation.tree.leaves:
        leaf = evaluation.tree.criterion(path)
        blank = not evaluation.performance[path].answers[bid.row]
        spoilt = (bid.vendor, str(leaf.reads)) in evaluation.proposals.spoilt
        if blank and not spoilt and leaf.missing != "fault":
            yield leaf


def blanks(bid: Bid) -> list[Criterion]:
    """The criteria without an answer that no undecided gate asks for, at the same cells or more."""
    columns = gate_columns(bid)
    asked = [set(bid.reading(column)) for column in columns]
    leaves = list(_blank_leaves(bid))
    return [
        leaf
        for leaf in leaves
        if leaf.reads not in columns
        and not any(set(bid.reading(str(leaf.reads))) <= cells for cells in asked)
    ]


def open_columns(bid: Bid) -> set[str]:
    """Every column that is asked for because a gate or a criterion lacks it."""
    return gate_columns(bid) | {str(leaf.reads) for leaf in blanks(bid)}
