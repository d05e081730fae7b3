"""An exploration: the same proposals under rules that somebody has moved, to see what follows."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

from vendor_eval.analysis.formulas import FORMULAS, OWN
from vendor_eval.errors import Fault, InputFaults, VendorEvalError, nearest, quoted
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.shortlist import shortlist_of
from vendor_eval.rules.criteria import Criterion, Tree, shares, under
from vendor_eval.rules.rules import Rules, Scenario
from vendor_eval.wording import listed
from vendor_eval.wording.short_repr import ShortRepr

DIGITS = 6
"""Decimals of a per cent to which a scenario holds weights."""
ROUNDING = 1e-9
"""How far a sum of shares may be from 1."""
EXPLORED = "explored"
"""The name of the scenario that moved weights make."""


@dataclass(frozen=True)
class WhatIf(ShortRepr):
    """What is moved: weights by path, vendors left out, gates switched off, the price formula.

    `weights` are shares among siblings, in [0, 1]; siblings that are not named share the rest in
    the proportions they had.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    ungated: tuple[str, ...] = ()
    price_formula: str = OWN


def what_if_result(evaluation: Evaluation, moved: WhatIf) -> Evaluation:
    """The evaluation as it would be; neither the rules nor any result change.

    Gates that stay are decided under the rules' own weights, as always. A vendor with an answer
    that the moved rules cannot take is incomplete. Raises InputFaults with every name of a
    criterion, vendor, gate or price formula that there is not, and every weight that is none.
    """
    faults = [*_unknown(evaluation, moved), *_weight_faults(evaluation.tree, moved.weights)]
    if not faults and not set(evaluation.vendors) - set(moved.without):
        faults = [Fault("without", "found every vendor; allowed: at least one stays")]
    if faults:
        raise InputFaults(faults)
    proposals = evaluation.proposals
    for vendor in moved.without:
        proposals = proposals.without(vendor)
    rules = evaluation.rules
    changed: dict[str, Any] = {"gates": tuple(g for g in rules.gates if g.id not in moved.ungated)}
    if moved.price_formula != OWN:
        changed["criteria"] = tuple(_priced(c, rules, moved.price_formula) for c in rules.criteria)
    scenario = evaluation.scenario
    if moved.weights:
        scenario = EXPLORED
        weighed = Scenario(weights=_complete(evaluation.tree, moved.weights))
        changed["scenarios"] = {**rules.scenarios, scenario: weighed}
    return evaluate(rules.model_copy(update=changed), proposals, scenario=scenario)


def scenario_of(ruled: Tree, weights: Mapping[str, float]) -> Scenario:
    """The scenario that gives these shares: every family that is not as ruled, in per cent.

    Raises VendorEvalError where all are as ruled.
    """
    moved: dict[str, float] = {}
    for family in ruled.families:
        percents = {ruled.paths[n]: round(100 * weights[ruled.paths[n]], DIGITS) for n in family}
        if any(abs(percents[ruled.paths[n]] - 100 * ruled.shares[n]) > 10**-DIGITS for n in family):
            moved |= percents
    if not moved:
        raise VendorEvalError("these are the weights of the rules; a scenario needs others")
    return Scenario(weights=moved)


def price_formula_names(evaluation: Evaluation) -> tuple[str, ...]:
    """The price formulas that may be tried: the rules' own, and the others where less is better."""
    path = evaluation.price_path
    own = None if path is None else evaluation.tree.criterion(path).value
    shortlist = shortlist_of(evaluation.rules)  # another price would also change who goes on
    listed = shortlist is not None and path is not None and under(path, shortlist.criterion)
    return (OWN,) if own is None or own.slope == "max" or listed else (OWN, *FORMULAS)


def _unknown(evaluation: Evaluation, moved: WhatIf) -> Iterator[Fault]:
    asked = {
        ("weights", "criterion"): (moved.weights, evaluation.tree.paths),
        ("without", "vendor"): (moved.without, evaluation.vendors),
        ("gates_off", "gate"): (moved.ungated, [gate.id for gate in evaluation.rules.gates]),
        ("price_formula", "price formula"): (
            [moved.price_formula],
            price_formula_names(evaluation),
        ),
    }
    for (place, kind), (names, known) in asked.items():
        for name in names:
            if name not in known:
                hint = nearest(str(name), known) or f"; allowed: {quoted(known)}"
                yield Fault(place, f"unknown {kind} {name!r}{hint}")


def _weight_faults(tree: Tree, weights: Mapping[str, float]) -> Iterator[Fault]:
    """Shares that are none, or that leave siblings nothing to share."""
    odd = [p for p, share in weights.items() if not _is_share(share)]
    for path in odd:
        yield Fault(
            f"weights[{path!r}]",
            f"found {weights[path]!r}; allowed: a share among siblings from 0 to 1",
        )
    for family in tree.families:
        paths = [tree.paths[n] for n in family]
        named = {path: weights[path] for path in paths if path in weights}
        if not named or set(odd) & set(named):
            continue
        total = math.fsum(named.values())
        rest = [path for path in paths if path not in named]
        said = f"found shares of {listed(map(repr, named))} that sum to {total:.12g}"
        if total > 1 + ROUNDING:
            yield Fault("weights", f"{said}; allowed: at most 1 among siblings")
        elif total < 1 - ROUNDING and not rest:
            yield Fault("weights", f"{said}; allowed: 1, since they have no other sibling")
        elif total < 1 - ROUNDING and not any(tree.shares[tree.at(path)] for path in rest):
            others = listed(map(repr, rest))
            yield Fault("weights", f"{said}; allowed: 1, since {others} carries no weight")


def _is_share(share: object) -> bool:
    number = isinstance(share, Real) and not isinstance(share, bool)
    return number and 0 <= float(share) <= 1  # type: ignore[arg-type]


def _complete(tree: Tree, weights: Mapping[str, float]) -> dict[str, float]:
    """Shares of all siblings of those that moved: as moved, the others sharing what is left."""
    complete: dict[str, float] = {}
    for family in tree.families:
        before = {tree.paths[n]: float(tree.shares[n]) for n in family}
        named = {path: float(weights[path]) for path in before if path in weights}
        if not named:
            continue
        rest = {path: share for path, share in before.items() if path not in named}
        left, whole = max(1 - math.fsum(named.values()), 0.0), math.fsum(rest.values())
        scaled = {path: left * share / whole if whole else 0.0 for path, share in rest.items()}
        complete |= shares(named | scaled)
    return complete


def _priced(criterion: Criterion, rules: Rules, formula: str) -> Criterion:
    """A criterion with the price under it valued by another formula."""
    if criterion.criteria is not None:
        children = tuple(_priced(c, rules, formula) for c in criterion.criteria)
        return criterion.model_copy(update={"criteria": children})
    if criterion.reads != rules.price_column:
        return criterion
    return criterion.model_copy(update={"value": FORMULAS[formula]})
