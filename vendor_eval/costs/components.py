"""What a cost is made of, as it is told: components by label, and the few groups that are drawn."""

from collections.abc import Iterable

from vendor_eval.rules import Rules

LABELS = {
    "per_month": "Fixed fees",
    "per_fte_month": "People, by FTE",
    "per_productive_hour": "People, by hour",
    "per_transaction": "Transactions",
    "volume_band": "Volumes outside the band",
    "gain_share": "Gain share",
    "service_credits": "Service credits",
    "once": "Single charges",
    "exit": "Charge on exit",
    "double_running": "Double running",
}
"""The vendor's components in the order in which they are told; the buyer's own costs follow."""
USED = ("per_fte_month", "per_productive_hour", "per_transaction", "volume_band")
GROUPS = {
    "Fixed fees": ("per_month",),
    "By use and outcome": (*USED, "gain_share", "service_credits"),
    "Changing over": ("once", "exit", "double_running"),
}
OWN = "Our own costs"
"""The group of everything that the buyer pays by itself."""


def ordered(names: Iterable[str]) -> list[str]:
    """Components in the order in which they are told."""
    known = list(names)
    return [n for n in LABELS if n in known] + [n for n in known if n not in LABELS]


def component_label(name: str, rules: Rules) -> str:
    """What a component is called."""
    own = rules.commercial.own_costs if rules.commercial else {}
    return LABELS[name] if name in LABELS else own[name].label


def group(name: str) -> str:
    """The group that a component is drawn in."""
    return next((group for group, names in GROUPS.items() if name in names), OWN)
