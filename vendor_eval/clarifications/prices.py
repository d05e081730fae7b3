"""Prices of 0 or less, below what the work costs, or far below the others: only asked about."""

from collections.abc import Mapping

from vendor_eval.analysis.low_prices import OTHERS, Below, low_price, other_prices
from vendor_eval.bids.response import Row
from vendor_eval.clarifications.check import (
    CHECKS,
    CheckedBid,
    Clarification,
    Found,
    Seen,
    Unmade,
    clarification_check,
    known,
    seen,
)
from vendor_eval.clarifications.places import country_name
from vendor_eval.clarifications.quantities import labour
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.questionnaire.pricing import TERMS
from vendor_eval.wording import decimal, listed

CREDIT = (
    "Please confirm that this is a discount or a credit, and say on which charges it is given and "
    "until when; or say where your proposal states another amount."
)
FREE = (
    "Please confirm that this is free of charge throughout the contract; or say where your "
    "proposal states its price."
)


@CHECKS.register("loaded_wage")
@clarification_check(
    "Price of labour",
    compares=(
        "The price of an FTE, or of its productive hours, against the loaded wage at the sites."
    ),
    needs=("clarify.loaded_wage_month",),
    of_prices=True,
)
def loaded_wage(bid: CheckedBid) -> Found:
    """The price of an FTE, or of its productive hours, against the loaded wage at the sites.

    The lowest loaded wage of the countries the vendor delivers from counts.
    """
    wages, sites = known(bid.terms.loaded_wage_month), bid.response.rows("sites")
    countries = {site["country"].text for site in sites}
    unknown = sorted(countries - set(wages))
    if not countries or unknown:
        stated = f"no loaded wage is stated for {listed([country_name(c) for c in unknown])}"
        yield Unmade(stated if unknown else "no site")
        return
    country = min(sorted(countries), key=lambda code: wages[code])
    yearly = bid.response.answer("price_terms", "productive_hours")
    priced = [(line, 1.0) for line in labour(bid.response, "per_fte_month")]
    by_the_hour = labour(bid.response, "per_productive_hour")
    if by_the_hour and yearly is None:
        yield Unmade("productive hours per FTE are not stated")
    elif yearly is not None:
        priced += [(line, yearly.number / MONTHS_A_YEAR) for line in by_the_hour]
    if not priced:
        yield Unmade("no labour is priced per FTE or productive hour")
    for line, times in priced:
        yield from _underpaid(bid, line, times, wages, country)


def _underpaid(
    bid: CheckedBid, line: Row, times: float, wages: Mapping[str, float], country: str
) -> Found:
    """What to ask of a line whose price, so many times, pays an FTE for a month."""
    currency, wage = line["currency"].text, wages[country]
    rate = bid.buyer.rates.get(currency)
    if rate is None:
        yield Unmade(f"no exchange rate for {currency} ({line['currency'].place})")
    elif line["price"].number * times * rate < wage:
        terms = [] if times == 1 else [bid.response.answer("price_terms", "productive_hours")]
        yield Clarification(
            f"Please set out what your price for \u201c{line['item'].text}\u201d consists of "
            "(wages, employer's contributions, supervision, premises, profit), and confirm that "
            "it pays for the staff you offer throughout the contract.",
            seen(line["price"], *terms),
            note=f"{decimal(line['price'].number * times * rate)} {bid.rules.currency} an FTE and "
            f"month, below the loaded wage of {decimal(wage)} in {country_name(country)} "
            f"({bid.terms.loaded_wage_source})",
        )


AMOUNTS = {field.id: field.label for field in TERMS.fields if field.kind == "money"}


@CHECKS.register("prices_not_above_0")
@clarification_check(
    "Prices of 0 or less",
    compares="Every price line against 0, and every amount of the price terms.",
    of_prices=True,
)
def prices_not_above_0(bid: CheckedBid) -> Found:
    """Price lines of 0 or less, and amounts of the price terms below 0.

    A discount may be stated so, and a service may be free; so may a price be missing, or its sign.
    """
    for line in bid.response.rows("price_lines"):
        price, item = line["price"], f"\u201c{line['item'].text}\u201d"
        if price.number < 0:
            yield Clarification(f"Your price for {item} is below 0. {CREDIT}", seen(price))
        elif price.number == 0:
            yield Clarification(f"Your price for {item} is 0. {FREE}", seen(price))
    for name, label in AMOUNTS.items():
        amount = bid.response.answer("price_terms", name)
        if amount is not None and amount.number < 0:
            stated = f"Your amount for \u201c{label}\u201d is below 0."
            yield Clarification(f"{stated} {CREDIT}", seen(amount))


@CHECKS.register("total_not_above_0")
@clarification_check(
    "Price as a whole of 0 or less",
    compares="The price as a whole against 0.",
    workbook=False,
    of_prices=True,
)
def total_not_above_0(bid: CheckedBid) -> Found:
    """A price as a whole of 0 or less: an entry of a form, as often as an offer."""
    price = bid.evaluation.price(bid.vendor)
    if price is None:
        yield Unmade("no price is given")
    elif price <= 0:
        typed = _typed_price(bid)
        stated = f"Your price, stated as \u201c{typed}\u201d," if typed else "Your price as a whole"
        yield Clarification(
            f"{stated} is {'0' if price == 0 else 'below 0'}. {FREE if price == 0 else CREDIT}",
            _price_cells(bid),
        )


@CHECKS.register("abnormally_low")
@clarification_check(
    "Price as a whole",
    compares=(
        "The price against the mean of the other bids that may win, and the buyer's own estimate."
    ),
    needs=("clarify.abnormally_low",),
    workbook=False,
    of_prices=True,
)
def abnormally_low(bid: CheckedBid) -> Found:
    """The price against the mean of the other bids that may win, and the buyer's own estimate."""
    price, rules = bid.evaluation.price(bid.vendor), known(bid.terms.abnormally_low)
    if price is None:
        yield Unmade("no price is given")
        return
    others = other_prices(bid.evaluation, bid.vendor)
    if rules.below_mean_of_others is not None and len(others) < OTHERS:
        few = "1 other bid" if others else "no other bid"
        yield Unmade(f"a mean needs {OTHERS}, and there is {few} with a price, not excluded")
    if note := "; ".join(_below(bid, low) for low in low_price(bid.evaluation, bid.vendor)):
        typed = _typed_price(bid)
        stated = f"Your price, stated as \u201c{typed}\u201d," if typed else "Your price"
        counted = "" if typed else f"counted as {decimal(price)} {bid.rules.currency}: "
        yield Clarification(
            f"{stated} seems low for what is asked. Please explain how you arrive at it (method, "
            "staffing, technology, any advantages you have), and confirm that it covers "
            "everything the request asks for, throughout the contract.",
            _price_cells(bid),
            counted + note,
        )


def _typed_price(bid: CheckedBid) -> str:
    """The price as the vendor typed it.

    Empty where it is summed, or measured: what is counted holds the buyer's own costs, rates and
    discounting.
    """
    column = bid.rules.price
    if not isinstance(column, str) or column not in bid.rules.answers:
        return ""
    [(_, typed)] = bid.reading(column)
    return typed


def _price_cells(bid: CheckedBid) -> tuple[Seen, ...]:
    """The cell that the price is typed in; where it is measured, the prices among its cells."""
    prices = seen(*(line["price"] for line in bid.response.rows("price_lines")))
    parts = [part.answer for part in bid.rules.price_parts] or [str(bid.rules.price_column)]
    stated = tuple(cell for column in parts for cell in bid.reading(column))
    return stated if _typed_price(bid) or bid.rules.price_parts or not prices else prices


def _below(bid: CheckedBid, low: Below) -> str:
    """What a price is abnormally low against."""
    of = f"the mean of the {low.others} other bids" if low.others else "the buyer's estimate"
    return f"{low.shown} below {of}, {decimal(low.figure)} {bid.rules.currency}"
