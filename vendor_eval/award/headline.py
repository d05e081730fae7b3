"""The recommendation in one sentence with its price."""

from vendor_eval import wording
from vendor_eval.award.amounts import at_price, price_words
from vendor_eval.award.checks import CHECKS
from vendor_eval.award.open import open_headline
from vendor_eval.award.rank_basis import lead_words
from vendor_eval.award.result import Result


def sentence(result: Result) -> str:
    """The recommendation in one sentence with its price."""
    evaluation, award = result.evaluation, result.recommendation
    if award.open:
        return open_headline(result)
    if award.verdict == "none" and evaluation.ranking:
        firsts = list(evaluation.leaders)
        verb = wording.agreeing(len(firsts), "is first but gives no price", "tie without a price")
        return f"No award: {wording.listed(firsts, at_most=3)} {verb}."
    if award.verdict == "none":
        still = "".join(
            f"; {wording.counted(len(held), 'vendor')} {status}"
            for status in ("undecided", "incomplete")
            if (held := evaluation.having(status))
        )
        lack = "is eligible" if evaluation.screening.excluded else "passes every gate"
        return f"No award: no vendor {lack}{still}."
    if award.vendor is None:
        offers = [
            f"{v} ({price})" if (price := price_words(evaluation, v)) else v
            for v in evaluation.leaders
        ]
        return f"Too close to call: {wording.listed(offers, at_most=3)} tie."
    offer = f"{award.vendor} {at_price(evaluation, award.vendor)}".rstrip()
    if award.verdict == "uncontested":
        return f"Award to {offer}: no other vendor is eligible."
    if award.verdict == "too close":
        lead = lead_words(evaluation, *evaluation.ranking[:2])
        gap = f" by {lead}" if award.margin else ", placed first by the tie rule"
        over = f"{award.vendor} leads {award.runner_up}" if award.margin else award.vendor
        return f"Too close to call: {over}{gap}."
    first = [CHECKS[check.kind].after_checking for check in award.flags]
    after = f" after checking {wording.listed(first)}" if first else ""
    return f"Award to {offer}{after}."
