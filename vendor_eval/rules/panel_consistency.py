"""What contradicts itself in what the rules say of scales, evaluators and what they judge."""

from collections.abc import Iterator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.criteria import Criterion, under, walk
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.scales import Evaluator

At = tuple[str | int, ...]
"""Where in the rules: the keys and positions that lead to a place."""


def panel_faults(rules: Rules) -> Iterator[tuple[At, str]]:
    """Where scales, leaves, gates and evaluators do not fit one another."""
    leaves = list(_leaves(rules.criteria, ("criteria",), ""))
    for at, path, leaf, share in leaves:
        yield from _leaf_faults(rules, at, path, leaf, share)
    named = {leaf.panel.scale for _, _, leaf, _ in leaves if leaf.panel is not None}
    for name in rules.scales:
        if name not in named:
            message = f"no criterion reads the scale {name!r}{nearest(name, named)}"
            yield ("scales", name), f"{message}; allowed: scales that a criterion reads"
    if rules.panel is None:
        return
    if not leaves:
        yield (
            ("panel",),
            "found evaluators and no criterion with 'panel'; allowed: a criterion that they judge",
        )
    evaluators = rules.panel.evaluators
    for n, evaluator in enumerate(evaluators):
        at = ("panel", "evaluators", n)
        if evaluator.id in [each.id for each in evaluators[:n]]:
            yield (*at, "id"), f"{evaluator.id!r} appears here twice; allowed: once"
        yield from _reading_faults(rules, evaluator, at)


def level_gate_faults(gate: Gate, at: At, rules: Rules) -> Iterator[tuple[At, str]]:
    """A gate on levels that the criterion does not have, or on points where there are none."""
    path = str(gate.criterion)
    judged = rules.judged_leaves.get(path)
    scale = rules.scales.get(judged.panel.scale) if judged and judged.panel else None
    agreed = rules.panel.agreed if rules.panel else "consensus"
    if not gate.reads_level:
        adjectives = [
            p
            for p, leaf in rules.judged_leaves.items()
            if under(p, path)
            and leaf.panel
            and leaf.panel.scale in rules.scales
            and not rules.scales[leaf.panel.scale].has_points
        ]
        if adjectives:
            message = f"asks for points of {adjectives[0]!r}, whose scale has none"
            yield (*at, "rule"), f"{message}; allowed: 'equals' or 'one_of' with levels"
        return
    if judged is None:
        yield (
            (*at, "rule"),
            f"found {gate.rule.form!r} on a criterion; allowed: 'at_least' or 'at_most', in points",
        )
    elif scale is not None and agreed != "consensus":
        message = f"asks for a level, and the panel's levels become a {agreed}"
        yield (*at, "rule"), f"{message}; allowed: 'at_least' or 'at_most', in points"
    elif scale is not None:
        for wanted in gate.rule.accepted:
            if wanted not in scale.codes:
                message = f"found the level {wanted!r}; allowed: {quoted(scale.codes)}, in quotes"
                yield (*at, "rule", gate.rule.form), message


def _leaves(
    criteria: tuple[Criterion, ...], at: At, parent: str, share: float = 1.0
) -> Iterator[tuple[At, str, Criterion, float]]:
    """The leaves that a panel judges: where, path, leaf, and whether it weighs anything."""
    for n, criterion in enumerate(criteria):
        path = f"{parent}.{criterion.id}" if parent else criterion.id
        weight = share * (criterion.weight > 0)
        if criterion.criteria is not None:
            yield from _leaves(criterion.criteria, (*at, n, "criteria"), path, weight)
        elif criterion.panel is not None:
            yield (*at, n), path, criterion, weight


def _leaf_faults(
    rules: Rules, at: At, path: str, leaf: Criterion, share: float
) -> Iterator[tuple[At, str]]:
    name = leaf.panel.scale if leaf.panel else ""
    scale = rules.scales.get(name)
    agreed = rules.panel.agreed if rules.panel else "consensus"
    if scale is None:
        known = quoted(rules.scales) or "one under 'scales'"
        message = f"unknown scale {name!r}{nearest(name, rules.scales)}; allowed: {known}"
        yield (*at, "panel", "scale"), message
    elif share and not scale.has_points:
        message = f"the scale {name!r} has no points and the criterion weighs something"
        allowed = "points for each level, or the weight 0 and a gate that reads the levels"
        yield (*at, "panel", "scale"), f"{message}; allowed: {allowed}"
    elif not scale.has_points and agreed != "consensus":
        message = f"the scale {name!r} has no points, so there is no {agreed} of it"
        yield (*at, "panel", "scale"), f"{message}; allowed: 'agreed: consensus'"
    if path in (*rules.answers, rules.vendor_column):
        message = f"the question of {path!r} has the name of an answer that the rules read"
        yield (*at, "id"), f"{message}; allowed: another id"
    if rules.panel is None:
        message = (
            "found 'panel' on a criterion and no evaluators; allowed: with a top-level 'panel'"
        )
        yield (*at, "panel"), message
    elif not rules.readers(path):
        message = f"no evaluator reads {path!r}; allowed: in the 'criteria' of at least one"
        yield (*at, "panel"), message


def _reading_faults(rules: Rules, evaluator: Evaluator, at: At) -> Iterator[tuple[At, str]]:
    nodes = {path: criterion for path, _, criterion in walk(rules.criteria)}
    for n, path in enumerate(evaluator.criteria):
        here = (*at, "criteria", n)
        judged = [p for p in rules.judged_leaves if under(p, path)]
        if path not in nodes:
            yield here, f"unknown criterion {path!r}{nearest(path, nodes)}"
        elif not judged:
            message = f"{path!r} holds nothing that a panel judges"
            yield (
                here,
                f"{message}; allowed: {quoted(rules.judged_leaves) or 'criteria with panel'}",
            )
        elif path in evaluator.criteria[:n]:
            yield here, f"{path!r} appears here twice; allowed: once"
