"""The rules as they read one envelope alone, before the other one is opened."""

from vendor_eval.rules.criteria import Criterion, under, walk
from vendor_eval.rules.envelopes import Envelope
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules


def envelope_of(rules: Rules, path: str) -> Envelope | None:
    """The envelope that answers a criterion; None where none does, or it spans both."""
    holding = [e for e in rules.envelopes if any(under(path, named) for named in e.criteria)]
    return holding[0] if holding else None


def gate_envelope(rules: Rules, gate: Gate) -> str:
    """The id of the envelope that decides a gate.

    A gate on a criterion goes with it; one on an answer, or on a part of a summed price, goes with
    the criterion that reads it, and with the first envelope where none does.
    """
    first, last = rules.envelopes[0], rules.envelopes[-1]
    leaves = [(path, c) for path, _, c in walk(rules.criteria) if c.is_leaf]
    if gate.criterion is not None:
        read = [path for path, _ in leaves if under(path, gate.criterion)]
    else:
        parts = [part.answer for part in rules.price_parts]
        column = rules.price_column if gate.reads in parts else gate.reads
        read = [path for path, leaf in leaves if leaf.reads == column]
    return last.id if any(envelope_of(rules, path) is last for path in read) else first.id


def stage_rules(rules: Rules, id: str) -> Rules:
    """The rules with the criteria and gates of one envelope, in the proportions they have.

    Their fingerprint is that of the whole rules.
    """
    [envelope] = [each for each in rules.envelopes if each.id == id]
    first = envelope is rules.envelopes[0]
    criteria = tuple(kept for c in rules.criteria if (kept := _kept(c, "", envelope)) is not None)
    nodes = {path for path, _, _ in walk(criteria)}
    # the parts of a summed price are asked where the price is read, and nowhere else
    read = {leaf.reads for _, _, leaf in walk(criteria) if leaf.is_leaf}
    asked = not rules.price_parts or rules.price_column in read
    return rules.staged(
        id,
        price=rules.price if asked else None,
        criteria=criteria,
        gates=tuple(gate for gate in rules.gates if gate_envelope(rules, gate) == id),
        tie_break=tuple(path for path in rules.tie_break if path in nodes),
        knock_out=tuple(each for each in rules.knock_out if each.criterion in nodes),
        scenarios={},
        weights=None,
        clarify=None if first else rules.clarify,
        service=rules.service if first else None,
        ask=rules.ask if first else (),
    )


def _kept(criterion: Criterion, parent: str, envelope: Envelope) -> Criterion | None:
    """A criterion with the leaves of one envelope, weighing what these weigh of it."""
    path = f"{parent}.{criterion.id}" if parent else criterion.id
    if criterion.criteria is None:
        return criterion if any(under(path, named) for named in envelope.criteria) else None
    pairs = [(child, _kept(child, path, envelope)) for child in criterion.criteria]
    children = tuple(kept for _, kept in pairs if kept is not None)
    if not children:
        return None
    whole = sum(child.weight for child in criterion.criteria)
    share = sum(kept.weight for kept in children) / whole if whole else 1.0
    weight = criterion.weight * share
    return criterion.model_copy(update={"criteria": children, "weight": weight})
