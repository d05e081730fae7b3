"""Section: price, its difference to the first vendor's, and what a point costs."""

from collections.abc import Callable

from vendor_eval import wording
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.award.amounts import counted, price_gap, priced
from vendor_eval.award.rank_basis import point_price_cell
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.total_cost import cost_components_table
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE


def price_change(
    result: Result, vendor: str, in_words: Callable[[float, str], str] = wording.money_brief_above
) -> str | None:
    """The price cut that draws a vendor level with the first, rounded up, as "€12.6k cheaper".

    None if no cut does. `in_words` says the amount, in three digits for a sentence. Where only a
    price beyond an edge wins, such as the next step of a scale, the edge is named: "more than €50k
    cheaper (a price below €900,000)".
    """
    evaluation = result.evaluation
    currency = evaluation.rules.currency
    path = evaluation.price_path
    change: Change | None = None if path is None else result.to_win.get(vendor, {}).get(path)
    if vendor in result.level_prices:
        change = Change(0.0, evaluation.price(vendor), result.level_prices[vendor])
    if change is None or not isinstance(change.start, float) or not isinstance(change.to, float):
        return None
    cut = change.start - change.to
    if cut < 0 or (cut == 0 and not change.open_end):
        return None
    if not change.open_end:
        return f"{in_words(cut, currency)} cheaper"
    shown = f"more than {in_words(cut, currency)} cheaper" if cut else "cheaper"
    return (
        f"{shown} (a price below {wording.money(wording.floored_amount(change.to, 2), currency)})"
    )


def point_price_sentence(result: Result) -> str:
    """What one point of the final score costs at the first vendor's price."""
    price, currency = result.point_price, result.evaluation.rules.currency
    if price is None:
        return ""
    amounts = [p for p in (price.cheaper, price.dearer) if p is not None]
    if not amounts:
        return f"At {price.vendor}'s price a point has no price: {price.note}."
    shown = wording.listed(dict.fromkeys(wording.money_about(p, currency) for p in amounts))
    return f"At {price.vendor}'s price one point of the score is worth {shown}."


def cost_sentence(result: Result) -> str:
    """What the eligible vendors ask, from the lowest to the highest price."""
    evaluation = result.evaluation
    prices = [p for v in evaluation.ranking if (p := evaluation.price(v)) is not None]
    if not prices:
        return "No eligible vendor gives a price."
    low, high = (priced(evaluation, p) for p in (min(prices), max(prices)))
    vendors = wording.agreeing(len(prices), "vendor", "vendors")
    if len(prices) < len(evaluation.ranking):
        vendors += wording.agreeing(len(prices), " that gives a price", " that give a price")
    verb = "cost" if counted(evaluation) else "ask"
    who = f"The eligible {vendors} {wording.agreeing(len(prices), f'{verb}s', verb)}"
    if low == high:
        return f"{who} {low}."
    more = wording.percent(max(prices) / min(prices) - 1) if min(prices) > 0 else ""
    spread = f", {more} more" if more else ""
    ours = (
        " This includes their charges and our own costs, counted as the rules say."
        if counted(evaluation)
        else ""
    )
    return f"{who} between {low} and {high}{spread}.{ours}"


def cost_table(result: Result) -> Html:
    """Price, its difference to the first vendor's, and the score, for every eligible vendor."""
    evaluation = result.evaluation
    if not evaluation.ranking:
        return Html("")
    base = evaluation.price(evaluation.ranking[0])
    rows = []
    for vendor in evaluation.ranking:
        price = evaluation.price(vendor)
        gap = NONE
        if price is not None and base is not None and price != base:
            sign = "+" if price > base else "\u2212"
            gap = sign + price_gap(evaluation, price, base)
        shown = priced(evaluation, price) if price is not None else "not given"
        rows.append([vendor, shown, gap, *_scored(evaluation, vendor)])
    word = "Cost" if counted(evaluation) else "Price"
    head = ["Vendor", word, f"Against {evaluation.ranking[0]}", *_scored_by(evaluation)]
    order = "best score" if evaluation.rules.award_rule.form == "highest_score" else "best"
    return table(f"{word} of the eligible vendors, {order} first", head, rows)


def _scored_by(evaluation: Evaluation) -> list[str]:
    """The headings of what a vendor is ranked by besides its price."""
    if evaluation.rules.lowest_price:
        return []
    return ["Score"] if evaluation.divisor is None else ["Points of quality", "Price of a point"]


def _scored(evaluation: Evaluation, vendor: str) -> list[str]:
    if evaluation.rules.lowest_price:
        return []
    price = [] if evaluation.divisor is None else [point_price_cell(evaluation, vendor)]
    return [wording.points(evaluation.scores[vendor]), *price]


def section(tender: Tender, result: Result) -> Section:
    """What each bid costs, and what a point costs; nothing without a price."""
    if result.evaluation.rules.price is None:
        return shown()
    return shown(
        say(cost_sentence(result)),
        cost_table(result),
        cost_components_table(tender.comparison),
        say(point_price_sentence(result)),
    )
