"""What contradicts itself in what the rules say of two envelopes."""

from collections.abc import Iterator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.criteria import Criterion, under, walk
from vendor_eval.rules.rules import Rules

At = tuple[str | int, ...]
"""Where in the rules: the keys and positions that lead to a place."""


def envelope_faults(rules: Rules) -> Iterator[tuple[At, str]]:
    """Where envelopes, criteria and floors do not fit one another."""
    if not rules.envelopes:
        return
    if len(rules.envelopes) != 2:
        message = f"found {len(rules.envelopes)}; allowed: two, the one with the price last"
        yield ("envelopes",), message
        return
    nodes = {path: criterion for path, _, criterion in walk(rules.criteria)}
    first, last = rules.envelopes
    if first.id == last.id:
        yield ("envelopes", 1, "id"), f"{last.id!r} appears here twice; allowed: once"
    for n, envelope in enumerate(rules.envelopes):
        for m, path in enumerate(envelope.criteria):
            if path not in nodes:
                message = f"unknown criterion {path!r}{nearest(path, nodes)}"
                yield ("envelopes", n, "criteria", m), message
    holding = dict(_holding(rules, nodes))
    for path, ids in holding.items():
        if len(ids) != 1:
            message = f"{path!r} is in {'both envelopes' if ids else 'no envelope'}"
            yield ("envelopes",), f"{message}; allowed: each criterion in one of them"
    for path, leaf in nodes.items():
        if leaf.is_leaf and leaf.reads == rules.price_column and holding[path] == [first.id]:
            yield ("envelopes", 0, "criteria"), f"holds {path!r}, the price; allowed: in the last"
        if leaf.panel is not None and holding[path] == [last.id]:
            message = f"holds {path!r}, which a panel judges"
            yield ("envelopes", 1, "criteria"), f"{message}; allowed: in the first envelope"
    yield from _floor_faults(rules, nodes, holding)


def _holding(rules: Rules, nodes: dict[str, Criterion]) -> Iterator[tuple[str, list[str]]]:
    """Each leaf with the ids of the envelopes that name it."""
    for path, criterion in nodes.items():
        if criterion.is_leaf:
            named = [e.id for e in rules.envelopes if any(under(path, p) for p in e.criteria)]
            yield path, named


def _floor_faults(
    rules: Rules, nodes: dict[str, Criterion], holding: dict[str, list[str]]
) -> Iterator[tuple[At, str]]:
    first, last = rules.envelopes
    if last.qualify is not None:
        message = "found a floor on the envelope that is opened last; allowed: on the first"
        yield ("envelopes", 1, "qualify"), message
    if first.qualify is None:
        return
    path, at = first.qualify.criterion, ("envelopes", 0, "qualify", "criterion")
    if path not in nodes:
        yield at, f"unknown criterion {path!r}{nearest(path, nodes)}"
    elif any(ids != [first.id] for leaf, ids in holding.items() if under(leaf, path)):
        yield at, f"{path!r} is not all in this envelope; allowed: {quoted(first.criteria)}"
    for n, gate in enumerate(rules.gates):
        if gate.id == first.floor_id and gate.criterion != path:
            message = f"{gate.id!r} is what the floor of an envelope is called"
            yield ("gates", n, "id"), f"{message}; allowed: another id"
