"""A price that is the sum of several answers, traced to the cell of each."""

from collections.abc import Sequence
from dataclasses import replace

from vendor_eval.bids.proposal import Origin, Proposals, with_faults
from vendor_eval.errors import Fault
from vendor_eval.rules.estimates import Estimate, span
from vendor_eval.rules.price import SUMMED, PricePart
from vendor_eval.wording import plain


def with_summed_price(proposals: Proposals, parts: Sequence[PricePart]) -> Proposals:
    """The table with the column `price`: for each vendor the sum of the parts, each times `times`.

    A range in a part makes the sum a range. A blank part leaves the price blank, and its place is
    that of the part; a part that is no number is a fault and spoils the price.
    """
    answers, origins = proposals.answers.copy(), dict(proposals.origins)
    estimates, spoilt = dict(proposals.estimates), set(proposals.spoilt)
    faults: list[Fault] = []
    column: list[str] = []
    for vendor in proposals.vendors:
        amounts, unread = _amounts(proposals, vendor, parts)
        faults += unread
        blank = [part for part in parts if not answers.at[vendor, part.answer]]
        if unread or any((vendor, part.answer) in spoilt for part in parts):
            spoilt.add((vendor, SUMMED))
        summed = None if blank or unread else _sum(amounts, parts)
        column.append("" if summed is None else summed.text)
        if summed is not None:
            estimates[vendor, SUMMED] = summed
        origins[vendor, SUMMED] = _origin(proposals, vendor, parts, blank)
    answers[SUMMED] = column
    priced = replace(
        proposals,
        answers=answers.astype(object),
        origins=origins,
        estimates=estimates,
        spoilt=frozenset(spoilt),
    )
    return with_faults(priced, faults)


def _amounts(
    proposals: Proposals, vendor: str, parts: Sequence[PricePart]
) -> tuple[list[Estimate], list[Fault]]:
    """The parts that are numbers, and a fault for each other one that is not blank."""
    amounts: list[Estimate] = []
    faults: list[Fault] = []
    for part in parts:
        if not proposals.answers.at[vendor, part.answer]:
            continue
        try:
            amounts.append(proposals.estimate(vendor, part.answer))
        except ValueError as error:
            entered = (vendor, part.answer) not in proposals.origins
            place = proposals.place(vendor, part.answer)
            faults.append(Fault(place, str(error), vendor, "buyer" if entered else "vendor"))
    return amounts, faults


def _sum(amounts: Sequence[Estimate], parts: Sequence[PricePart]) -> Estimate:
    times = [part.times for part in parts]
    low, likely, high = (
        sum(n * getattr(amount, end) for n, amount in zip(times, amounts, strict=True))
        for end in ("low", "likely", "high")
    )
    if low == high:
        return span(low, None, high, plain(low))
    peaked = any(amount.peaked for amount in amounts)
    ends = [low, likely, high] if peaked else [low, high]
    return span(low, likely if peaked else None, high, "..".join(map(plain, ends)))


def _origin(
    proposals: Proposals, vendor: str, parts: Sequence[PricePart], blank: Sequence[PricePart]
) -> Origin:
    """Where a price comes from: the cells of all parts; what lacks is a question for each part."""
    cells: list[tuple[str, str]] = []
    for part in parts:
        place = proposals.place(vendor, part.answer)
        typed = str(proposals.answers.at[vendor, part.answer])
        cells += proposals.cells(vendor, part.answer) or ((place, typed),)
    lacks = tuple(
        Fault(
            proposals.place(vendor, part.answer),
            f"blank: {part.question!r}; allowed: an answer",
            vendor,
            "vendor",
            "question",
            (f"answers.{part.answer}",),
        )
        for part in blank
    )
    place = proposals.place(vendor, (blank or parts)[0].answer)
    return Origin(place, tuple(cells), lacks=lacks)
