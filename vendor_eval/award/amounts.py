"""Prices in words: as they were entered, or as exactly as a computed amount can be stated."""

from vendor_eval import wording
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.criteria import Criterion


def counted(evaluation: Evaluation) -> bool:
    """Whether the price is measured, so that it may hold more than the vendor's own charges."""
    own = any(part.own_cost for part in evaluation.rules.price_parts)
    return own or (evaluation.priced is not None and evaluation.priced[0].measure is not None)


def priced(evaluation: Evaluation, amount: float) -> str:
    """An amount next to the prices: with cents where they were entered, whole where computed."""
    in_words = wording.money_whole if counted(evaluation) else wording.money
    return in_words(amount, evaluation.rules.currency)


def price_gap(evaluation: Evaluation, one: float, other: float) -> str:
    """How far apart two prices are, as the difference of what is shown of each."""
    shown = (wording.money_shown(p) if counted(evaluation) else p for p in (one, other))
    return priced(evaluation, abs(next(shown) - next(shown)))


def price_gap_brief(evaluation: Evaluation, one: float, other: float) -> str:
    """The same in a sentence, to three significant digits of the unrounded difference."""
    return wording.money_brief(abs(one - other), evaluation.rules.currency)


def at_price(evaluation: Evaluation, vendor: str) -> str:
    """What a vendor is awarded at, as "for $43.98 an hour" or "at a cost of €17,916,830".

    "" where no price is asked, as in `price_words`.
    """
    shown = price_words(evaluation, vendor)
    if not shown:
        return ""
    return f"at a cost of {shown}" if counted(evaluation) else f"for {shown}"


def price_words(evaluation: Evaluation, vendor: str) -> str:
    """A vendor's price with the unit's words behind it, and whether it is a present value."""
    if evaluation.priced is None:
        return ""
    row, (leaf, asked) = evaluation.proposals.rows[vendor], evaluation.priced
    if not asked.given[row]:
        return "a price not given"
    ends = dict.fromkeys(priced(evaluation, float(end[row])) for end in (asked.low, asked.high))
    unit = (leaf.unit or "").removeprefix(evaluation.rules.currency).strip()
    return " ".join(filter(None, [" to ".join(ends), unit, _money(evaluation, leaf)]))


def _money(evaluation: Evaluation, leaf: Criterion) -> str:
    """The kind of money a computed price is stated in, where it is not as paid."""
    rules = evaluation.rules
    measure = leaf.measure
    if measure is None or rules.commercial is None:
        return ""
    money = measure.parameters.get("money", rules.commercial.money)
    return wording.KINDS_OF_MONEY[money].behind_amount
