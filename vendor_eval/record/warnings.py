"""What a reader of the results should know, in whole sentences."""

from vendor_eval.award import Assessment
from vendor_eval.case import Case
from vendor_eval.evaluation import Evaluation


def warnings(case: Case, assessment: Assessment) -> tuple[str, ...]:
    """What a reader of the results should know, in whole sentences."""
    evaluation = assessment.evaluation
    told = list(case.warnings)

    def label(path: str) -> str:
        return f"\u201c{evaluation.tree.criterion(path).label}\u201d ({path})"

    scenario = evaluation.scenario
    if scenario and case.seal and not case.seal.covers(case.rules, scenario):
        told.append(f"The scenario {scenario} was added after sealing.")
    for path in _relative_leaves(evaluation):
        told.append(f"The value of {label(path)} depends on who else bid.")
    for bid, new in assessment.reversals.items():
        outcome = f"changes the winner to {new}" if new else "leaves no single winner"
        told.append(f"Withdrawing the losing bid of {bid} {outcome}.")
    for group in evaluation.ties_broken:
        told.append(f"Equal scores, put in this order by the tie-break: {', '.join(group)}.")
    for vendor, path in evaluation.missing:
        told.append(f"{vendor} left {label(path)} blank; it is scored as the worst answer.")
    return tuple(told)


def _relative_leaves(evaluation: Evaluation) -> list[str]:
    tree = evaluation.tree
    pairs = zip(tree.paths, tree.criteria, strict=True)
    return [path for path, leaf in pairs if leaf.value is not None and leaf.value.relative]
