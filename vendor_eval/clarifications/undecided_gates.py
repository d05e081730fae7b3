"""What a bid leaves open: gates that cannot be decided, and criteria without an answer."""

from collections.abc import Iterator

from vendor_eval.clarifications.check import CheckedBid
from vendor_eval.rules.criteria import Criterion, under
from vendor_eval.rules.gates import Gate


def undecided(bid: CheckedBid) -> list[Gate]:
    """The gates that the bid leaves undecided, excluded or not; not those where a fault does."""
    passages = bid.evaluation.screening.passages[bid.vendor]
    open_ = [gate for gate in bid.rules.gates if passages[gate.id].state == "unknown"]
    return [
        gate
        for gate in open_
        if not (_settled(bid, gate.reads) if gate.reads is not None else not open_leaves(bid, gate))
    ]


def faulty(bid: CheckedBid, column: str) -> bool:
    """Whether a fault stands where a column is read, so that the fault is what is asked about."""
    proposals, faults = bid.evaluation.proposals, bid.evaluation.faults.get(bid.vendor, ())
    places = {fault.place for fault in faults if fault.severity == "fault"}
    return (bid.vendor, column) in proposals.spoilt or proposals.place(bid.vendor, column) in places


def _settled(bid: CheckedBid, column: str) -> bool:
    """Whether no blank in a column is asked about: a fault is, or the buyer lacks something."""
    return faulty(bid, column) or bid.ours(column)


def open_leaves(bid: CheckedBid, gate: Gate) -> list[Criterion]:
    """The blank criteria that a gate on a criterion depends on."""
    tree = bid.evaluation.tree
    return [
        tree.criterion(path)
        for path in tree.leaves
        if under(path, str(gate.criterion))
        and not bid.evaluation.performance[path].given[bid.row]
        and not _settled(bid, str(tree.criterion(path).reads))
    ]


def gate_columns(bid: CheckedBid) -> set[str]:
    """The columns that undecided gates ask for, by themselves or by a criterion."""
    gates = undecided(bid)
    own = {gate.reads for gate in gates if gate.reads is not None}
    return own | {str(leaf.reads) for gate in gates for leaf in open_leaves(bid, gate)}


def _blank_leaves(bid: CheckedBid) -> Iterator[Criterion]:
    """The criteria left blank that the rules fill, unless the vendor is excluded.

    What they do not fill is a separate question, and what a fault spoils is asked about there.
    """
    evaluation = bid.evaluation
    if evaluation.status(bid.vendor) == "excluded":
        return
    for path in evaluation.tree.leaves:
        leaf = evaluation.tree.criterion(path)
        blank = not evaluation.performance[path].answers[bid.row]
        if blank and leaf.missing != "fault" and not _settled(bid, str(leaf.reads)):
            yield leaf


def blanks(bid: CheckedBid) -> list[Criterion]:
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


def open_columns(bid: CheckedBid) -> set[str]:
    """Every column that is asked for because a gate or a criterion lacks it."""
    return gate_columns(bid) | {str(leaf.reads) for leaf in blanks(bid)}
