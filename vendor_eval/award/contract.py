"""What a contract comes to, and what the buyer pays besides."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from vendor_eval import wording
from vendor_eval.award.amounts import priced
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


@dataclass(frozen=True)
class PriceParts:
    """What a counted price is made of, in its kind of money and the rules' currency."""

    charged: float
    own: float
    """The buyer's own costs of having this vendor."""
    rates: Mapping[str, float]
    """What one unit of each other currency counts as, by the currencies of the vendor's prices."""


def price_parts(tender: Tender, evaluation: Evaluation, vendor: str) -> PriceParts | None:
    """What the vendor charges and what the buyer adds; None where the price is no such sum."""
    path, price = evaluation.price_path, evaluation.price(vendor)
    flow = tender.comparison.flows.get(vendor)
    measure = evaluation.tree.criterion(path).measure if path is not None else None
    if flow is None or price is None or measure is None:
        return None
    totals = flow.table(measure.parameters.get("money")).sum()
    charged, own = (float(totals[[*parts]].sum()) for parts in (flow.charges, flow.own))
    if not math.isclose(charged + own, price, rel_tol=1e-9):
        return None
    currencies = sorted({line.currency for line, _ in flow.bid.offer.lines})
    others = [each for each in currencies if each != evaluation.rules.currency]
    return PriceParts(charged, own, {each: flow.bid.rate(each) for each in others})


def price_parts_words(
    tender: Tender, evaluation: Evaluation, vendor: str, *, charges: str
) -> tuple[str, ...]:
    """What a price is made of, and at which rates, a sentence each.

    `charges`: who charges it, as "you charge". Parts add up to the price as it is shown.
    """
    parts = price_parts(tender, evaluation, vendor)
    if parts is None:
        return ()
    sentences = []
    if parts.own:
        shown = wording.parts_shown((parts.charged, parts.own))
        amounts = (priced(evaluation, each) for each in shown)
        sentences.append(
            f"Of this, {{}} is what {charges} and {{}} is our own costs.".format(*amounts)
        )
    if parts.rates:
        rates = wording.listed(
            f"1 {name} is {wording.digits(r)} {evaluation.rules.currency}"
            for name, r in parts.rates.items()
        )
        sentences.append(f"Exchange rates are those of the rules: {rates}.")
    return tuple(sentences)
