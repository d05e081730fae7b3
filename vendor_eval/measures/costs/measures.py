"""What a bid costs, as measures that the rules can turn into value."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vendor_eval.bids.response import Cell
from vendor_eval.errors import nearest, quoted
from vendor_eval.measures.costs.bids import by_people, priced_from
from vendor_eval.measures.costs.cash_flows import CashFlow, baseline
from vendor_eval.measures.costs.charges import charged_volumes, line_charges, usage
from vendor_eval.measures.costs.comparisons import payback_month
from vendor_eval.measures.costs.money import Money
from vendor_eval.measures.costs.offers import NotPriced, ours, term
from vendor_eval.measures.costs.years import (
    FIRST_YEAR,
    MONTHS_A_YEAR,
    UNTIL_FIRST_YEAR_ENDS,
)
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.questionnaire.pricing_models.outcome import service_credit
from vendor_eval.rules.commercial import Share, Stated
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import KINDS_OF_MONEY, counted, whole

CURRENCY = "the rules' currency"
"""The unit of an amount of money."""


class CostMeasure(Measure):
    """A number found from a bid's cash flow; `volumes` names a forecast of the rules."""

    needs = ("commercial",)
    terms: ClassVar[tuple[str, ...]] = ()
    """Price terms that it reads even where no cost depends on them."""

    volumes: str | None = None

    def __call__(self, facts: Facts) -> Measured:
        try:
            flow = facts.cash_flow(self.volumes, self.terms)
            value, note = self.measured(flow)
        except NotPriced as error:
            lacks = tuple(lack.fault(facts.response) for lack in error.lacks)
            return Measured(None, error.cells, str(error), lacks)
        return Measured(round(value, 9) + 0.0, flow.bid.cells, note)

    def questions(self, rules: Rules) -> frozenset[str]:
        return priced_from(rules, self.terms)

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        """The number, and in a clause how it came about; raises NotPriced where there is none."""
        raise NotImplementedError

    def contradictions(self, rules: Rules) -> Iterator[str]:
        known = rules.commercial.volumes if rules.commercial else {}
        if self.volumes is not None and self.volumes not in known:
            hint = nearest(self.volumes, known) or f"; allowed: {quoted(known)}"
            yield f"the rules give no volume forecast {self.volumes!r}{hint}"

    def forecast(self, flow: CashFlow) -> str:
        """Which volumes were counted, in words."""
        name = self.volumes or flow.bid.commercial.forecast
        return f" at the volumes of {name!r}" if name else ""


class StatedMeasure(CostMeasure):
    """A cost measure stated in one kind of money: the rules' own unless `money` is given."""

    money: Stated | None = None

    def basis(self, flow: CashFlow) -> str:
        """The kind of money and the volumes, in words."""
        kind = self.money or flow.bid.commercial.money
        aside = flow.bid.quantities_set_aside
        noted = f"; the rules' quantities count, not {_places(aside)}" if aside else ""
        return f"{KINDS_OF_MONEY[kind].noted}{self.forecast(flow)}{noted}"

    def saved(self, flow: CashFlow) -> Money:
        """Savings against the baseline by month."""
        house = baseline(flow.bid.rules, volumes=flow.volumes, money=self.money)
        return house - flow.stated(self.money)


@MEASURES.register("total_cost")
class TotalCost(StatedMeasure):
    """Everything the vendor costs over the term: its charges and our own costs."""

    about = "Everything the vendor costs over the term: its charges and our own costs."
    unit = CURRENCY

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        term = counted(flow.bid.commercial.months, "month")
        return flow.stated(self.money).total, f"over {term}, {self.basis(flow)}"


@MEASURES.register("first_year_cost")
class FirstYearCost(StatedMeasure):
    """Everything the vendor costs before the start and in the first twelve months."""

    about = "Everything the vendor costs before the start and in the first twelve months."
    unit = CURRENCY

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        amounts = flow.stated(self.money).amounts
        return float(amounts[UNTIL_FIRST_YEAR_ENDS].sum()), f"months 0 to 12, {self.basis(flow)}"


@MEASURES.register("cost_per_transaction")
class CostPerTransaction(CostMeasure):
    """Total cost over the term for each transaction of the forecast."""

    about = "Total cost over the term for each transaction of the forecast."
    unit = CURRENCY

    money: Literal["nominal", "real"] = "nominal"

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        transactions = float(flow.volumes.sum())
        if not transactions:
            raise NotPriced([ours("the forecast holds no transactions")], flow.bid.cells)
        kind, number = KINDS_OF_MONEY[self.money].noted, whole(transactions)
        how = f"{kind}, for {number} transactions{self.forecast(flow)}"
        return flow.stated(self.money).total / transactions, how


@MEASURES.register("savings")
class Savings(StatedMeasure):
    """What the vendor saves over the term against the baseline in house; below 0 it costs more."""

    about = (
        "What the vendor saves over the term against the baseline in house; below 0 it costs more."
    )
    unit = CURRENCY
    needs = ("commercial.baseline",)

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        return self.saved(flow).total, f"against the baseline, {self.basis(flow)}"


@MEASURES.register("payback_months")
class PaybackMonths(StatedMeasure):
    """Months until savings have outweighed what was spent, for good; `never` if not in the term."""

    about = (
        "Months until savings have outweighed what was spent, for good; `never` if not in the term."
    )
    unit = "months"
    needs = ("commercial.baseline",)

    never: Annotated[float | None, Field(ge=0)] = None

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        month = payback_month(self.saved(flow))
        if month is not None:
            return float(month), f"against the baseline, {self.basis(flow)}"
        term = f"not paid back within the {flow.bid.commercial.months} months of the term"
        if self.never is None:
            raise NotPriced([f"{term}; the parameter 'never' says what that counts as"])
        return self.never, f"{term}, which counts as {self.never:g}"


@MEASURES.register("price_per_productive_hour")
class PricePerProductiveHour(CostMeasure):
    """What a productive hour costs in the first year, over all lines priced by FTE or hour."""

    about = "What a productive hour costs in the first year, over all lines priced by FTE or hour."
    unit = CURRENCY
    terms = ("productive_hours",)

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        charged = charged_volumes(flow.bid, flow.volumes)
        productive = flow.bid.offer.number("productive_hours")
        cost, hours = 0.0, 0.0
        for line, _ in flow.bid.offer.lines:
            if not by_people(line):
                continue
            if line.basis == "per_fte_month" and not productive:
                lack = term("productive_hours", "the productive hours per FTE are not given")
                raise NotPriced([lack], flow.bid.cells)
            used = usage(flow.bid, line, charged)
            by_fte = line.basis == "per_fte_month"
            monthly = used.fte * (productive or 0.0) / MONTHS_A_YEAR if by_fte else used.hours
            hours += float((monthly * line.active(used.months))[FIRST_YEAR].sum())
            cost += float(line_charges(flow.bid, line, charged).amounts[FIRST_YEAR].sum())
        if not hours:
            raise NotPriced(["nothing is priced by FTE or hour in the first year"], flow.bid.cells)
        how = f"{whole(hours)} productive hours in the first year, as paid"
        return cost / hours, how


@MEASURES.register("fixed_share")
class FixedShare(CostMeasure):
    """The part of the vendor's charges over the term that does not move with the volume."""

    about = "The part of the vendor's charges over the term that does not move with the volume."
    unit = "%"

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        kinds = {"once", "month"}
        if flow.bid.commercial.staffing == "as_bid":
            kinds.add("people")
        fixed = {name for name in PRICING_MODELS if PRICING_MODELS[name].charged_by in kinds}
        fixed.add("exit")
        charges = {n: m.total for n, m in flow.charges.items() if n != "service_credits"}
        held = sum(amount for name, amount in charges.items() if name in fixed)
        names = ", ".join(name.replace("_", " ") for name in charges if name in fixed) or "none"
        return _percent(held, sum(charges.values()), flow), f"of all charges as paid: {names}"


@MEASURES.register("exit_cost_share")
class ExitCostShare(CostMeasure):
    """The charge on exit as a part of everything the vendor costs over the term."""

    about = "The charge on exit as a part of everything the vendor costs over the term."
    unit = "%"

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        exit_charge = flow.charges["exit"].total if "exit" in flow.charges else 0.0
        return _percent(exit_charge, flow.nominal.total, flow), "of the total cost, as paid"


@MEASURES.register("price_indexation")
class PriceIndexation(CostMeasure):
    """The yearly rise of the vendor's running prices, weighted by the first year's charges."""

    about = "The yearly rise of the vendor's running prices, weighted by the first year's charges."
    unit = "%"

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        charged, risen, total = charged_volumes(flow.bid, flow.volumes), 0.0, 0.0
        inflation = flow.bid.commercial.inflation
        for line, _ in flow.bid.offer.lines:
            if PRICING_MODELS[line.basis].charged_by == "once":
                continue
            monthly = line_charges(flow.bid, line, charged).amounts
            amount = float(monthly[UNTIL_FIRST_YEAR_ENDS].sum())
            rate = inflation[line.currency] if flow.bid.real else flow.bid.indexation(line)
            risen, total = risen + rate * amount, total + amount
        how = "prices are real, so by the stated inflation" if flow.bid.real else "as offered"
        return _percent(risen, total, flow), f"over lines that run on, {how}"


@MEASURES.register("service_credit_at_risk")
class ServiceCreditAtRisk(CostMeasure):
    """Service credits at risk in an average month, for a service level of this `allocation`."""

    about = "Service credits at risk in an average month, for a service level of this `allocation`."
    unit = CURRENCY
    terms = ("at_risk",)

    allocation: Share = 1.0

    def measured(self, flow: CashFlow) -> tuple[float, str]:
        at_risk = flow.bid.offer.number("at_risk")
        if at_risk is None:
            reason = "the charge at risk as service credits is not given"
            raise NotPriced([term("at_risk", reason)], flow.bid.cells)
        charge = float(np.sum(flow.running.amounts[1:])) / flow.bid.commercial.months
        credit = service_credit(charge, at_risk=at_risk, allocation=self.allocation)
        how = f"{100 * at_risk:g} % of {charge:,.2f} a month, {100 * self.allocation:g} % of it"
        return credit, how


def _places(cells: tuple[Cell, ...]) -> str:
    return ", ".join(cell.place for cell in cells)


def _percent(part: float, whole: float, flow: CashFlow) -> float:
    if whole <= 0:
        raise NotPriced(["the charges are not above 0, so nothing is a share"], flow.bid.cells)
    return 100 * part / whole
