"""What contradicts itself in rules whose every part is well formed."""

from collections.abc import Iterator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.award_rule import award_rule_faults
from vendor_eval.rules.commercial_consistency import Location as Location
from vendor_eval.rules.commercial_consistency import commercial_faults
from vendor_eval.rules.criteria import Criterion, under, walk
from vendor_eval.rules.envelope_consistency import envelope_faults
from vendor_eval.rules.gates import SHORTLIST, Gate
from vendor_eval.rules.knock_out import knock_out_faults
from vendor_eval.rules.panel_consistency import level_gate_faults, panel_faults
from vendor_eval.rules.rules import Rules, Scenario
from vendor_eval.rules.stage import envelope_of
from vendor_eval.rules.weight_information import weight_information_faults


def inconsistencies(rules: Rules) -> Iterator[tuple[Location, str]]:
    """What no single part of the rules shows: where, and what is wrong there."""
    yield from _sibling_faults(rules.criteria, ("criteria",))
    yield from _repeats([gate.id for gate in rules.gates], ("gates",), "id")
    yield from _repeats(rules.methods, ("methods",), None)
    yield from _repeats(rules.tie_break, ("tie_break",), None)
    yield from _repeats(rules.ask, ("ask",), None)
    nodes = {path: criterion for path, _, criterion in walk(rules.criteria)}
    for n, gate in enumerate(rules.gates):
        listed = rules.shortlist is not None and gate.rule.best is not None
        yield from _gate_faults(gate, ("shortlist",) if listed else ("gates", n), rules, nodes)
    yield from _shortlist_faults(rules)
    for n, path in enumerate(rules.tie_break):
        if path not in nodes:
            yield ("tie_break", n), f"unknown criterion {path!r}{nearest(path, nodes)}"
    for name, scenario in rules.scenarios.items():
        yield from _scenario_faults(scenario, ("scenarios", name), rules)
    for path in rules.stress.plausible:
        numeric = {p for p, c in nodes.items() if c.value is not None and c.value.numeric}
        if path not in numeric:
            message = f"{path!r} is no leaf that reads numbers{nearest(path, numeric)}"
            yield ("stress", "plausible", path), f"{message}; allowed: {quoted(numeric)}"
    rounded = rules.rounding.values if rules.rounding else None
    leaves = [path for path, criterion in nodes.items() if criterion.is_leaf]
    for path in rounded if isinstance(rounded, dict) else ():
        if path not in leaves:
            message = f"{path!r} is no leaf{nearest(path, leaves)}; allowed: {quoted(leaves)}"
            yield ("rounding", "values", path), message
    if rules.weights is not None:
        yield from weight_information_faults(
            rules.weights,
            [criterion.id for criterion in rules.criteria],
            public=rules.procedure == "public",
            spread="weights" in rules.robustness.model_fields_set,
        )
    yield from knock_out_faults(rules.knock_out, nodes, rules.price_path)
    for n, each in enumerate(rules.knock_out):
        read = [envelope_of(rules, path) for path in leaves if under(path, each.criterion)]
        if len(rules.envelopes) == 2 and len({envelope and envelope.id for envelope in read}) > 1:
            message = f"{each.criterion!r} is not all in one envelope"
            yield ("knock_out", n, "criterion"), f"{message}; allowed: a criterion that is"
    yield from _column_faults(rules)
    yield from panel_faults(rules)
    yield from envelope_faults(rules)
    if rules.commercial is not None:
        for at, message in commercial_faults(rules.commercial, rules.currency):
            yield ("commercial", *at), message
    if rules.vendor_column in rules.answers:
        yield (
            ("vendor_column",),
            f"{rules.vendor_column!r} is also read as an answer; allowed: a separate column",
        )
    yield from _price_faults(rules, nodes)
    yield from award_rule_faults(rules.award_rule, rules.price, rules.currency, nodes)
    yield from _idle_parts(rules)


def _idle_parts(rules: Rules) -> Iterator[tuple[Location, str]]:
    """What has no meaning under the award rule."""
    form = rules.award_rule.form
    idle = [] if form == "highest_score" else ["methods", "envelopes"]
    if rules.lowest_price:
        idle += ["scenarios", "tie_break", "rounding"]
    for part in idle:
        if getattr(rules, part):
            yield (part,), f"has no meaning under {form!r}; allowed: to leave it out"


def _shortlist_faults(rules: Rules) -> Iterator[tuple[Location, str]]:
    """A shortlist entered as a gate, under another gate's id, or next to envelopes."""
    for n, gate in enumerate(rules.gates):
        typed = gate.rule.best is not None
        if gate.id != SHORTLIST or (rules.shortlist is None) != typed:
            continue
        if typed:
            yield (
                ("gates", n, "rule", "best"),
                "found 'best' in a gate; allowed: the key 'shortlist'",
            )
        else:
            message = f"{SHORTLIST!r} is what the gate of the shortlist is called"
            yield ("gates", n, "id"), f"{message}; allowed: another id"
    if rules.shortlist is not None and rules.envelopes:
        message = "found both 'shortlist' and 'envelopes'; allowed: one of them"
        yield ("shortlist",), f"{message}, or a floor ('qualify') on the first envelope"


def _price_faults(rules: Rules, nodes: dict[str, Criterion]) -> Iterator[tuple[Location, str]]:
    """A price that no leaf reads, or several; parts that are not separate answers."""
    column = rules.price_column
    if column is None:
        return
    parts = [part.answer for part in rules.price_parts]
    if rules.vendor_column in parts:
        message = f"{rules.vendor_column!r} names the vendors; allowed: an answer"
        yield ("price", "sum", parts.index(rules.vendor_column)), message
    if rules.per_point:
        return  # no criterion reads it
    readers = [(path, c) for path, c in nodes.items() if c.reads == column]
    if len(readers) != 1:
        paths = quoted(path for path, _ in readers)
        answers = [c.reads for c in nodes.values() if c.reads]
        hint = nearest(column, answers) if not readers else ""
        yield (
            ("price",),
            (
                f"{column!r} is read by {paths}; "
                f"allowed: exactly one criterion reads the price{hint}"
            ),
        )
    elif readers[0][1].judged:
        yield ("price",), f"{column!r} is marked as judged; allowed: a price is never judged"
    elif readers[0][1].value is not None and not readers[0][1].value.numeric:
        yield (
            ("price",),
            f"{column!r} is read as a level; allowed: a number in {rules.currency}",
        )


def _column_faults(rules: Rules) -> Iterator[tuple[Location, str]]:
    measured = {measurement.column for measurement in rules.measures}
    for name in rules.answers:
        if name in measured:
            yield ("criteria",), f"{name!r} is read both as an answer and as a measure"


def _sibling_faults(
    criteria: tuple[Criterion, ...], at: Location
) -> Iterator[tuple[Location, str]]:
    yield from _repeats([criterion.id for criterion in criteria], at, "id")
    if not any(criterion.weight for criterion in criteria):
        yield at, "every weight here is 0; allowed: at least one above 0"
    for n, criterion in enumerate(criteria):
        if criterion.criteria:
            yield from _sibling_faults(criterion.criteria, (*at, n, "criteria"))


def _repeats(
    names: list[str] | tuple[str, ...], at: Location, key: str | None
) -> Iterator[tuple[Location, str]]:
    for n, name in enumerate(names):
        if name in names[:n]:
            yield (*at, n, *([key] if key else [])), f"{name!r} appears here twice; allowed: once"


def _gate_faults(
    gate: Gate, at: Location, rules: Rules, nodes: dict[str, Criterion]
) -> Iterator[tuple[Location, str]]:
    named = gate.rule.not_before
    if isinstance(named, str) and getattr(rules, named) is None:
        yield (
            (*at, "rule", "not_before"),
            (
                f"needs {named!r}, which the rules do not give; allowed: a date, "
                f"or {named!r} once it is given"
            ),
        )
    if gate.criterion is None:
        return
    if gate.criterion not in nodes:
        yield (
            (*at, "criterion"),
            f"unknown criterion {gate.criterion!r}{nearest(gate.criterion, nodes)}",
        )
        return
    yield from level_gate_faults(gate, at, rules)
    for path, criterion in nodes.items():
        relative = criterion.value is not None and criterion.value.relative
        if relative and under(path, gate.criterion):
            yield (
                (*at, "criterion"),
                (
                    f"{gate.criterion!r} holds {path!r}, whose value depends on the other bids; "
                    "allowed: a criterion without a relative value function"
                ),
            )


def _scenario_faults(
    scenario: Scenario, at: Location, rules: Rules
) -> Iterator[tuple[Location, str]]:
    families: dict[str, list[str]] = {}
    parent_of = {path: parent for path, parent, _ in walk(rules.criteria)}
    for path, parent in parent_of.items():
        families.setdefault(parent, []).append(path)
    for path in scenario.weights:
        if path not in parent_of:
            yield (*at, "weights", path), f"unknown criterion {path!r}{nearest(path, parent_of)}"
    for parent, children in families.items():
        named = [path for path in children if path in scenario.weights]
        lacking = [path for path in children if path not in scenario.weights]
        place = f"of {parent!r}" if parent else "at the top"
        if named and lacking:
            yield (
                (*at, "weights"),
                (
                    f"names {quoted(named)} but not {quoted(lacking)}; "
                    f"allowed: all the criteria {place}"
                ),
            )
        elif named and not any(scenario.weights[path] for path in named):
            yield (*at, "weights"), f"every weight {place} is 0; allowed: at least one above 0"
