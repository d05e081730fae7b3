"""What the rules of a public procedure may be challenged for: warnings, never faults."""

from vendor_eval.analysis.stress.dummies import Dummies
from vendor_eval.analysis.stress.leaves import double_counts, selection_like
from vendor_eval.analysis.stress.warning import StressWarning
from vendor_eval.analysis.stress.weighing import no_tie_rule
from vendor_eval.rules.rules import Rules

RULES = "evaluation.yaml"


def concerns(rules: Rules) -> tuple[StressWarning, ...]:
    """What a public procedure's rules may be challenged for; nothing in a private procedure."""
    if rules.procedure == "private":
        return ()
    bids = Dummies(rules)
    made = (no_tie_rule, selection_like, double_counts)
    return tuple(c for check in made for c in check(bids) if isinstance(c, StressWarning))


def warnings(rules: Rules, *, sealed: bool) -> tuple[str, ...]:
    """A line for each concern; once the rules are sealed, nothing is advised any more."""
    return tuple(
        f"{RULES}: {concern.place}: {concern.says}"
        + ("" if sealed else f"; before sealing, {concern.remedy}")
        for concern in concerns(rules)
    )
