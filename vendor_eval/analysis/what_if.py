"""An exploration: the same proposals under rules that somebody has moved, to see what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vendor_eval.analysis.formulas import FORMULAS, OWN
from vendor_eval.errors import UnknownName, VendorEvalError, nearest, quoted
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.criteria import Criterion, Tree, shares
from vendor_eval.rules.rules import Rules, Scenario

DIGITS = 6
"""Decimals of a per cent to which a scenario holds weights."""


@dataclass(frozen=True)
class WhatIf:
    """What is moved: weights by path, vendors left out, gates switched off, the price formula.

    Whose path is not among the weights keeps its share; a family is named whole or not at all.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    ungated: tuple[str, ...] = ()
    price_formula: str = OWN


def what_if_result(evaluation: Evaluation, moved: WhatIf) -> Evaluation:
    """The evaluation as it would be; neither the rules nor any result change.

    Gates that stay are decided under the rules' own weights, as always. A vendor with an answer
    that the moved rules cannot take is incomplete. Raises UnknownName for a vendor, gate, criterion
    or price formula that there is not, VendorEvalError for weights that are none.
    """
    _refuse_unknown(evaluation, moved)
    if not set(evaluation.vendors) - set(moved.without):
        raise VendorEvalError("found every vendor left out; allowed: at least one stays")
    proposals = evaluation.proposals
    for vendor in moved.without:
        proposals = proposals.without(vendor)
    rules = evaluation.rules
    changed: dict[str, Any] = {"gates": tuple(g for g in rules.gates if g.id not in moved.ungated)}
    if moved.price_formula != OWN:
        changed["criteria"] = tuple(_priced(c, rules, moved.price_formula) for c in rules.criteria)
    scenario = evaluation.scenario
    if moved.weights:
        scenario = "explored"
        weighed = Scenario(weights=_complete(evaluation, moved.weights))
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
    own = evaluation.tree.criterion(evaluation.price_path).value
    return (OWN,) if own is not None and own.slope == "max" else (OWN, *FORMULAS)


def _refuse_unknown(evaluation: Evaluation, moved: WhatIf) -> None:
    asked = {
        "criterion": (moved.weights, evaluation.tree.paths),
        "vendor": (moved.without, evaluation.vendors),
        "gate": (moved.ungated, [gate.id for gate in evaluation.rules.gates]),
        "price formula": ([moved.price_formula], price_formula_names(evaluation)),
    }
    for kind, (names, known) in asked.items():
        for name in names:
            if name not in known:
                hint = nearest(name, known) or f"; known: {quoted(known)}"
                raise UnknownName(f"unknown {kind} {name!r}{hint}")


def _complete(evaluation: Evaluation, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of every node: as moved, else as they are."""
    tree = evaluation.tree
    typed = dict(zip(tree.paths, tree.shares.tolist(), strict=True))
    for family in tree.families:
        paths = [tree.paths[n] for n in family]
        named = {path: weights[path] for path in paths if path in weights}
        if not named:
            continue
        if len(named) < len(paths) or min(named.values()) < 0 or not any(named.values()):
            message = "weights of all siblings, at least 0 and not all 0"
            raise VendorEvalError(f"found {named} for {quoted(paths)}; allowed: {message}")
        typed |= shares(named)
    return typed


def _priced(criterion: Criterion, rules: Rules, formula: str) -> Criterion:
    """A criterion with the price beneath it valued by another formula."""
    if criterion.criteria is not None:
        beneath = tuple(_priced(c, rules, formula) for c in criterion.criteria)
        return criterion.model_copy(update={"criteria": beneath})
    if criterion.reads != rules.price:
        return criterion
    return criterion.model_copy(update={"value": FORMULAS[formula]})
