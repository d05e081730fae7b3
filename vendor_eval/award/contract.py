"""What a contract comes to, and what the buyer pays besides."""

from dataclasses import dataclass

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.tender.tender import Tender


@dataclass(frozen=True)
class ContractAmounts:
    """Both in the rules' currency as it is paid, over the term; None where it is not known."""

    value: float | None
    """All that the vendor charges, on exit as well."""
    own_costs: float | None
    """The buyer's own costs of having this vendor; None where prices are not counted."""
    on_exit: float | None = None
    """The part of the value that is charged on exit; None where prices are not counted."""


def _summed(evaluation: Evaluation, vendor: str | None) -> ContractAmounts | None:
    """What a summed price comes to without the buyer's own costs; None where it has none of them.

    Nothing is known where the price is not.
    """
    parts = evaluation.rules.price_parts
    if not any(part.own_cost for part in parts):
        return None
    if vendor is None or evaluation.price(vendor) is None:
        return ContractAmounts(None, None)
    paid, own = 0.0, 0.0
    for part in parts:
        amount = part.times * evaluation.proposals.estimate(vendor, part.answer).likely
        paid, own = (paid, own + amount) if part.own_cost else (paid + amount, own)
    return ContractAmounts(paid, own)


def contract_amounts(tender: Tender, evaluation: Evaluation, vendor: str | None) -> ContractAmounts:
    """What the contract with a vendor comes to; where nothing is counted, the price it asks."""
    flow = tender.comparison.flows.get(vendor or "")
    if flow is None:
        return _summed(evaluation, vendor) or ContractAmounts(
            None if vendor is None else evaluation.price(vendor), None
        )
    totals = flow.table().sum()
    value, own = (float(totals[[*parts]].sum()) for parts in (flow.charges, flow.own))
    return ContractAmounts(value, own, float(totals["exit"]) if "exit" in flow.charges else 0.0)
