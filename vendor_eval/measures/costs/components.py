"""What a cost is made of, as it is reported: components by label, and the few groups drawn."""

from collections.abc import Iterable

from vendor_eval.measures.costs.house import OWN_COST
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, ChargedBy
from vendor_eval.rules.rules import Rules

LABELS = {
    "volume_band": "Volumes outside the band",
    "gain_share": "Gain share",
    "service_credits": "Service credits",
    "exit": "Charge on exit",
    "double_running": "Double running",
}
"""Components that are no price line's; a line's is called as its pricing model says."""
FIXED, USED, CHANGE = "Fixed fees", "By use and outcome", "Changing over"
GROUPS = (FIXED, USED, CHANGE)
"""Groups of the vendor's components in the order in which they are shown."""
CHARGED: dict[ChargedBy, str] = {
    "month": FIXED,
    "people": USED,
    "transactions": USED,
    "once": CHANGE,
}
OWN = "Our own costs"
"""The group of everything that the buyer pays by itself."""


def ordered(names: Iterable[str]) -> list[str]:
    """Components in the order in which they are shown: by group, price lines first."""
    groups, charged_by, others = (*GROUPS, OWN), list(CHARGED), list(LABELS)

    def place(name: str) -> tuple[int, int, str]:
        if _is_line(name):
            charged = charged_by.index(PRICING_MODELS[name].charged_by)
            return groups.index(group(name)), charged, name
        # the buyer's own costs stay in the order of the rules
        at = others.index(name) if name in LABELS else 0
        return groups.index(group(name)), len(charged_by) + at, ""

    return sorted(names, key=place)


def component_label(name: str, rules: Rules) -> str:
    """What a component is called."""
    if _is_line(name):
        return PRICING_MODELS[name].label
    own = rules.commercial.own_costs if rules.commercial else {}
    return LABELS[name] if name in LABELS else own[name.removeprefix(OWN_COST)].label


def group(name: str) -> str:
    """The group that a component is drawn in."""
    if _is_line(name):
        return CHARGED[PRICING_MODELS[name].charged_by]
    if name in ("exit", "double_running"):
        return CHANGE
    return USED if name in LABELS else OWN


def _is_line(name: str) -> bool:
    return name in PRICING_MODELS
