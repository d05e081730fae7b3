"""A bid set against the rules: everything that pricing it takes, or all that is lacking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.errors import Fault, InputFaults, quoted
from vendor_eval.measures.costs.bands import band_faults
from vendor_eval.measures.costs.gaps import gap_faults
from vendor_eval.measures.costs.items import item_faults
from vendor_eval.measures.costs.offers import BAND, Lack, NotPriced, PriceOffer, offer, ours, term
from vendor_eval.measures.costs.shares import by_transaction, share_faults
from vendor_eval.measures.costs.tiers import TIERED, tier_faults
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.questionnaire.pricing import BASES, INSTEAD, LINES, TERMS
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, Line
from vendor_eval.rules.commercial import Commercial
from vendor_eval.rules.rules import Rules
from vendor_eval.wording.short_repr import ShortRepr


def priced_from(rules: Rules, terms: tuple[str, ...] = ()) -> frozenset[str]:
    """The questions that a bid's cost is counted from under the rules, as "part" or "part.field".

    `terms`: price terms that are read as well.
    """
    commercial = rules.commercial
    unread = set()
    if commercial is None or not commercial.credits_subtracted:
        unread.add("at_risk")
    if commercial is None or commercial.staffing != "workload":
        unread.add("productive_hours")
    unread -= set(terms)
    asked = {f"{TERMS.id}.{field.id}" for field in TERMS.fields if field.id not in unread}
    if commercial and any(cost.countries for cost in commercial.own_costs.values()):
        asked.add("sites.country")
    return frozenset(asked | {LINES.id})


def unpriceable(rules: Rules) -> frozenset[str]:
    """The price terms that no vendor is asked for, since the rules lack what they refer to."""
    commercial, names = rules.commercial, set[str]()
    if commercial is None or commercial.baseline is None:
        names |= {"gain_share", "gain_share_floor", "gain_share_cap", "double_running"}
    if commercial is None or commercial.forecast is None:
        names.add("minimum_commitment")
    if commercial is None or not commercial.volumes:
        names |= {*BAND, "rrc_factor", "band_replaces"}
    return frozenset(f"{TERMS.id}.{name}" for name in names)


def priceable(rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """What of the pricing the rules can price, by the choice that is asked, "part.field".

    Vendors are offered nothing else; who chooses it all the same is asked about it.
    """
    commercial = rules.commercial
    if commercial is None:
        return {}
    real = ("real",) if commercial.inflation and commercial.timing else ()
    return {
        f"{TERMS.id}.prices_are": ("nominal", *real),
        f"{LINES.id}.basis": _countable(commercial),
    }


def _countable(commercial: Commercial) -> tuple[str, ...]:
    """The bases whose charges the rules give the volumes, or the people, to count by."""
    known = {"transactions": bool(commercial.volumes), "people": commercial.staffing is not None}
    return tuple(name for name in BASES if known.get(PRICING_MODELS[name].charged_by, True))


@dataclass(frozen=True)
class Bid(ShortRepr):
    """A vendor's offer with the rules it is priced under; nothing that pricing takes is lacking."""

    vendor: str
    offer: PriceOffer
    rules: Rules
    commercial: Commercial
    sites: tuple[Cell, ...]
    """The cells with its sites' countries, ISO 3166-1 alpha-2, where a cost depends on them."""

    @property
    def countries(self) -> frozenset[str]:
        """Where it delivers from, ISO 3166-1 alpha-2."""
        return frozenset(cell.text for cell in self.sites)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that its cost is counted from."""
        unread: set[Cell | None] = set(self.quantities_set_aside)
        return (*(cell for cell in self.offer.cells if cell not in unread), *self.sites)

    @property
    def quantities_set_aside(self) -> tuple[Cell, ...]:
        """Quantities that the vendor assumes, where the rules count others."""
        by_workload = self.commercial.staffing == "workload"
        return tuple(
            row["quantity"]
            for line, row in self.offer.lines
            if "quantity" in row and (line.basis in UNCOUNTED or (by_workload and by_people(line)))
        )

    @property
    def band_replaces_prices(self) -> bool:
        """Whether outside its volume band ARC and RRC stand instead of prices per transaction."""
        return self.offer.has_band and self.offer.text("band_replaces") == INSTEAD

    @property
    def real(self) -> bool:
        """Whether its prices are in the money of the service start."""
        return self.offer.text("prices_are") == "real"

    def rate(self, currency: str) -> float:
        """What one unit of a currency is in the rules' currency."""
        return 1.0 if currency == self.rules.currency else self.commercial.exchange[currency].rate

    def indexation(self, line: Line) -> float:
        """The yearly rise of a line's price; 0 where none is needed."""
        return _indexation(line, self.offer, self.commercial) or 0.0

    @property
    def double_running(self) -> float:
        """Months in which the baseline runs on alongside the vendor."""
        asked = self.offer.number("double_running")
        return asked if asked is not None else self.commercial.double_running or 0.0


UNCOUNTED = ("per_transaction", TIERED)
"""Bases whose quantity is the vendor's assumption alone: the rules' volumes count."""


def by_people(line: Line) -> bool:
    """Whether a line is charged by people or their hours."""
    return PRICING_MODELS[line.basis].charged_by == "people"


def bid(response: Response, rules: Rules, terms: tuple[str, ...] = ()) -> Bid:
    """A response that can be priced under the rules; `terms`: price terms to be read as well.

    Raises NotPriced with everything that neither of them gives, and InputFaults with every cell
    that holds a currency without a stated exchange rate, prices a transaction twice or not at all,
    leaves months without a price, or leaves open what a price is for.
    """
    commercial = rules.commercial
    if commercial is None:
        raise NotPriced([ours("the rules hold no 'commercial' block")])
    response = response.limited(priced_from(rules, terms))
    read = offer(response, commercial.months)
    faults = list(_currency_faults(read, rules, commercial, response.vendor))
    faults += _transaction_faults(read, response)
    faults += band_faults(read, commercial, response)
    faults += gap_faults(read.lines, commercial, response.vendor)
    faults += item_faults(read.lines, commercial.months, response.vendor)
    if faults:
        raise InputFaults(faults)
    reasons = [r for line, row in read.lines for r in _line_reasons(line, row, read, commercial)]
    reasons += _term_reasons(read, commercial)
    sites = tuple(row["country"] for row in response.rows("sites") if "country" in row)
    if not sites and any(cost.countries for cost in commercial.own_costs.values()):
        says = "no delivery site is given, on which costs of our own depend"
        reasons.append(Lack(says, "sites.country"))
    if reasons:
        raise NotPriced(reasons, read.cells)
    return Bid(response.vendor, read, rules, commercial, sites)


def _currency_faults(
    read: PriceOffer, rules: Rules, commercial: Commercial, vendor: str
) -> Iterator[Fault]:
    cells = [row["currency"] for _, row in read.lines]
    cells += [c for n in ("band_currency", "terms_currency") if (c := read.terms.get(n))]
    for cell in cells:
        if cell.text != rules.currency and cell.text not in commercial.exchange:
            known = quoted([rules.currency, *sorted(commercial.exchange)])
            yield Fault(
                cell.place,
                f"found {cell.content!r}, for which the request states no exchange rate; "
                f"allowed: {known}",
                vendor,
                "vendor",
            )


def _transaction_faults(read: PriceOffer, response: Response) -> Iterator[Fault]:
    """Prices per transaction that can be read in two ways, or leave transactions without one."""
    tiers = list(tier_faults(read.lines, response))
    yield from tiers
    # the share of tiers that make no set is not known, those of the other lines are
    yield from share_faults(read.lines, response.vendor, tiers_known=not tiers)


def _indexation(line: Line, read: PriceOffer, commercial: Commercial) -> float | None:
    """What the line says, else the bid's terms, else the rules; None where nobody does."""
    if line.indexation is not None:
        return line.indexation
    asked = read.number(f"indexation_{line.component}")
    granted = commercial.indexation.get(line.currency, {}).get(line.component)  # type: ignore[call-overload]
    return granted if asked is None else asked


def _line_reasons(line: Line, row: Row, read: PriceOffer, commercial: Commercial) -> Iterator[Lack]:
    """What pricing a line takes that nobody gives."""
    rise, of = _indexation(line, read, commercial), f"indexation_{line.component}"
    if read.text("prices_are") == "real":
        if line.indexation or read.number(of):
            says = f"prices are real, yet {line.component} is to rise by an indexation: say which"
            yield term(of, f"{says} of the two is meant")
        yield from _inflation_reasons(line.currency, commercial)
    elif rise is None and line.last_month > MONTHS_A_YEAR:
        says = f"no indexation of {line.component} in {line.currency} is given; 0 if there is none"
        yield term(of, says)
    if line.basis not in _countable(commercial):
        lacking = "states no volume forecast"
        lacking = lacking if by_transaction(line) else "does not say how people are counted"
        says = f"found {line.basis!r}, and the request {lacking}"
        allowed = quoted(_countable(commercial))
        yield Lack(says, f"{LINES.id}.basis", allowed=allowed, at=row["basis"].place)
    elif by_people(line):
        yield from _staff_reasons(line, read, commercial)


def _inflation_reasons(currency: str, commercial: Commercial) -> Iterator[Lack]:
    """What real prices in a currency take that the rules do not give; nominal ones take nothing."""
    lacking = [] if currency in commercial.inflation else [f"no inflation of {currency}"]
    lacking += [] if commercial.timing else ["not when in a month they are paid"]
    if lacking:
        says = f"prices are stated as real, and the request states {' and '.join(lacking)}"
        meant = "'nominal', where they are paid as entered, with the indexation that is entered"
        yield term("prices_are", says, meant)


def _staff_reasons(line: Line, read: PriceOffer, commercial: Commercial) -> Iterator[Lack]:
    """What the FTE or hours of a line take that nobody gives."""
    if commercial.staffing == "workload":
        if line.basis == "per_fte_month" and not read.number("productive_hours"):
            yield term("productive_hours", "the productive hours per FTE are not given")
    elif line.quantity is None:
        yield Lack(f"no quantity is given for {line.item!r}", f"{LINES.id}.quantity")


def _term_reasons(read: PriceOffer, commercial: Commercial) -> Iterator[Lack]:
    """What the terms take that nobody gives."""
    if read.number("exit_charge") is None:
        yield term("exit_charge", "no charge on exit is given; 0 if there is none")
    amounts = ("exit_charge", "gain_share_floor", "gain_share_cap")
    if any(read.number(name) for name in amounts):
        if "terms_currency" not in read.terms:
            says = "the currency of the amounts among the terms is not given"
            yield term("terms_currency", says)
        elif read.text("prices_are") == "real":
            yield from _inflation_reasons(str(read.text("terms_currency")), commercial)
    if read.has_band:
        yield from _band_reasons(read, commercial)
    if read.number("minimum_commitment") and commercial.forecast is None:
        says = "the request states no volume forecast, to which the minimum commitment refers"
        yield term("minimum_commitment", says, "0, for none")
    if read.number("gain_share") and commercial.baseline is None:
        says = "the request states no costs of today, of whose savings a share is asked"
        yield term("gain_share", says, "0, for none")
    if commercial.credits_subtracted and read.number("at_risk") is None:
        says = "the charge at risk as service credits is not given; 0 if there is none"
        yield term("at_risk", says)
    double = read.number("double_running")
    if double and commercial.baseline is None:
        says = "the request states no costs of today, which would run on alongside yours"
        yield term("double_running", says, "0, for none")
    if double is None and commercial.baseline and commercial.double_running is None:
        says = "the months of double running are not given; 0 if there are none"
        yield term("double_running", says)


def _band_reasons(read: PriceOffer, commercial: Commercial) -> Iterator[Lack]:
    if not commercial.volumes:
        yield ours("the rules give no volume forecast, to which the volume band refers")
    currency = str(read.text("band_currency"))
    if read.text("prices_are") == "real":
        yield from _inflation_reasons(currency, commercial)
        return
    granted = commercial.indexation.get(currency, {}).get("labour")
    if (
        commercial.months > MONTHS_A_YEAR
        and read.number("indexation_labour") is None
        and granted is None
    ):
        says = f"no indexation of ARC and RRC in {currency} is given; 0 if there is none"
        yield term("indexation_labour", says)
