"""What a reader of the results should know, in whole sentences."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.evaluation import Evaluation
from vendor_eval.location import ages
from vendor_eval.security import transfer
from vendor_eval.sentences import stopped
from vendor_eval.values.absolute import Linear


def warnings(case: Case, assessment: Assessment) -> tuple[str, ...]:
    """What a reader of the results should know, in whole sentences."""
    evaluation = assessment.evaluation
    told = list(case.warnings)

    def label(path: str) -> str:
        return f"\u201c{evaluation.tree.criterion(path).label}\u201d ({path})"

    scenario = evaluation.scenario
    if scenario and case.seal and not case.seal.covers(case.rules, scenario):
        told.append(f"The scenario {wording.titled(scenario)} was added after sealing.")
    told += transfer.warnings(case.rules)
    told += ages.warnings(case.rules, case.responses)
    told += _odd_prices(evaluation)
    for vendor in evaluation.having("incomplete"):
        told.append(f"{vendor} is incomplete and not ranked: {stopped(evaluation, vendor)}.")
    for path in _relative_leaves(evaluation):
        told.append(f"The value of {label(path)} depends on who else bid.")
    for bid, new in assessment.reversals.items():
        outcome = f"changes the winner to {new}" if new else "leaves no single winner"
        told.append(f"Withdrawing the losing bid of {bid} {outcome}.")
    for group in evaluation.ties_broken:
        told.append(f"Equal scores, put in this order by the tie-break: {', '.join(group)}.")
    for vendor, path in evaluation.missing:
        why = _why_missing(vendor, path, label(path), evaluation)
        told.append(f"{why}; it is scored as the worst answer.")
    return tuple(told)


def _why_missing(vendor: str, path: str, label: str, evaluation: Evaluation) -> str:
    """That a vendor gave no answer, or what kept a measure from finding one."""
    leaf = evaluation.tree.criterion(path)
    origin = evaluation.proposals.origins.get((vendor, str(leaf.reads)))
    if leaf.measure is None or origin is None or not origin.note:
        return f"{vendor} left {label} blank"
    return f"{label} could not be found for {vendor}: {origin.note}"


def _relative_leaves(evaluation: Evaluation) -> list[str]:
    tree = evaluation.tree
    pairs = zip(tree.paths, tree.criteria, strict=True)
    return [path for path, leaf in pairs if leaf.value is not None and leaf.value.relative]


def _odd_prices(evaluation: Evaluation) -> list[str]:
    """Prices that may have been mistyped: nothing, less than nothing, or off the stated scale."""
    scale = evaluation.tree.criterion(evaluation.rules.price_path).value
    ends = (scale.worst, scale.best) if isinstance(scale, Linear) else None
    told = []
    for vendor in evaluation.ranking:
        price = evaluation.price(vendor)
        if price is None:
            continue
        if price <= 0:
            told.append(f"The price of {vendor} is {price:g}: is it what was meant?")
        elif ends and not min(ends) <= price <= max(ends):
            scaled = f"from {min(ends):,.12g} to {max(ends):,.12g}"
            told.append(f"The price of {vendor}, {price:,.12g}, lies off the scale {scaled}.")
    return told
