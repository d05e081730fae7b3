"""The risks of the first vendor that a committee asks about, each established by a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from dateutil.relativedelta import relativedelta

from vendor_eval import wording
from vendor_eval.analysis.low_prices import low_price
from vendor_eval.award.claims import PROMISES, leader_claims
from vendor_eval.award.open import below_words
from vendor_eval.award.result import Result
from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.location.site import NotShown, Site, country_label
from vendor_eval.measures.measures import measure
from vendor_eval.measures.security.certificates import Held
from vendor_eval.measures.security.holding import Holding, Holdings
from vendor_eval.measures.security.transfer import route
from vendor_eval.rules.rules import Rules

RiskKind = Literal["low_price", "claims", "volumes", "data", "evidence", "single_site", "exit"]
RISKS: tuple[RiskKind, ...] = get_args(RiskKind)
"""In the order in which a committee asks: what could undo the award first, then what may follow."""
Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Risk:
    """One risk of the first vendor.

    `cells`: where it shows, as (place, content). `condition`: what to settle before the award; ""
    where the checks of the first place say it.
    """

    kind: RiskKind
    says: str
    cells: Cells
    condition: str = ""


def award_risks(result: Result) -> tuple[Risk, ...]:
    """Every risk that a rule establishes of the first vendor, in the order of `RISKS`.

    What the bids and the rules do not show is no risk here: a table of answers names no sites.
    """
    leader = result.evaluation.winner
    if leader is None:
        return ()
    established = [*_low_price(result, leader), *_claims(result), *_volumes(result)]
    facts = result.tender.facts.get(leader)
    if facts is not None:
        established += [*_data(facts), *_evidence(facts), *_single_site(facts), *_exit(facts)]
    return tuple(sorted(established, key=lambda risk: RISKS.index(risk.kind)))


def _low_price(result: Result, leader: str) -> Iterator[Risk]:
    """A price as far below the others' or the buyer's estimate as the rules ask about."""
    evaluation = result.evaluation
    below = low_price(evaluation, leader)
    if below:
        says = f"The price is abnormally low: {below_words(below)}."
        place = evaluation.proposals.place(leader, str(evaluation.rules.price_column))
        done = leader in evaluation.proposals.investigated
        condition = "" if done else "Investigate the low price and record the outcome."
        yield Risk("low_price", says, ((place, ""),), condition)


def _claims(result: Result) -> Iterator[Risk]:
    """A lead that is gone without the points of answers that name no evidence."""
    rest = leader_claims(result)
    if rest is None or not rest.decide:
        return
    evaluation = result.evaluation
    tree, names = evaluation.tree, [path for path, points in rest.gained.items() if points > 0]
    labels = wording.listed([tree.criterion(path).label for path in names], at_most=2)
    columns = [str(tree.criterion(path).reads) for path in names]
    cells = [c for column in columns for c in evaluation.proposals.cells(rest.vendor, column)]
    yield Risk(
        "claims",
        f"The lead over {rest.rival} rests on answers without evidence: {labels}.",
        tuple(cells),
        f"Have it shown or written into the contract: {labels}.",
    )


def _volumes(result: Result) -> Iterator[Risk]:
    """Another vendor leads at other volumes or exchange rates of the rules."""
    for check in result.recommendation.flags:
        if check.kind == "volumes":
            yield Risk("volumes", check.says, (("evaluation.yaml: commercial", ""),))


def _data(facts: Facts) -> Iterator[Risk]:
    """Personal data goes to sites by standard contractual clauses alone."""
    bound = [site for site in facts.sites if _way(site, facts.rules) == "scc"]
    if bound:
        countries = dict.fromkeys(country_label(site.country) for site in bound)
        there = wording.listed(countries, at_most=2)
        yield Risk(
            "data",
            f"Personal data goes to {there} by contract clauses only.",
            tuple((site.row["country"].place, site.row["country"].content) for site in bound),
            f"Complete a transfer impact assessment for {there}.",
        )


def _way(site: Site, rules: Rules) -> str:
    try:
        return route(site.country, rules).way
    except NotShown:
        return ""


def _evidence(facts: Facts) -> Iterator[Risk]:
    """What the rules read and no longer count on at the end of the term, the first to end first."""
    end = _term_end(facts.rules)
    if end is None:
        return
    lapsing = {
        holding.row["valid_to"].place: (until, holding.row)
        for read in map(measure, facts.rules.measures)
        if isinstance(read, Held)
        for until, holding in _lapsing(facts.holdings(read.sought), end)
    }
    ordered = sorted(lapsing.values(), key=lambda held: held[0])
    if ordered:
        names = [row["certificate"].text for _, row in ordered]
        words = ("counts to", *("to" for _ in names[1:]))  # "A counts to March and B to May"
        ends = [
            f"{name} {word} {_day(day)}"
            for name, word, (day, _) in zip(names, words, ordered, strict=True)
        ]
        says = f"{wording.listed(ends, at_most=2)}; the term ends on {_day(end)}."
        cells = tuple((row["valid_to"].place, row["valid_to"].content) for _, row in ordered)
        renewed = wording.listed(dict.fromkeys(names), at_most=2)
        yield Risk("evidence", says, cells, f"Oblige the vendor to renew {renewed} in time.")


def _term_end(rules: Rules) -> date | None:
    """The last day of the contract; None where the rules do not give it."""
    if rules.start is None or rules.commercial is None:
        return None
    return rules.start + relativedelta(months=rules.commercial.months) - timedelta(days=1)


def _lapsing(held: Holdings, end: date) -> Iterator[tuple[date, Holding]]:
    """What counts and ends before a day, its sites not covered by another to that day."""
    counting = [(h.verdict.until, h) for h in held.of("in force") if h.verdict.until]
    lasting = [holding for until, holding in counting if until >= end]
    for until, holding in counting:
        covered = any(holding.scope.covered <= other.scope.covered for other in lasting)
        if until < end and not covered:
            yield until, holding


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _single_site(facts: Facts) -> Iterator[Risk]:
    """The service is delivered from one site."""
    if len(facts.sites) == 1:
        [site] = facts.sites
        cells = tuple((c.place, c.content) for n in ("city", "country") if (c := site.row.get(n)))
        says = f"The service comes from a single site{f', {site.name}' if site.name else ''}."
        yield Risk("single_site", says, cells, "Agree a tested second site or a continuity plan.")


def _exit(facts: Facts) -> Iterator[Risk]:
    """Leaving costs at least an average month of the vendor's other charges."""
    try:
        flow = facts.cash_flow()
    except (NotPriced, InputFaults):
        return
    leaving = flow.charges["exit"].total if "exit" in flow.charges else 0.0
    rest = sum(money.total for name, money in flow.charges.items() if name != "exit")
    month = rest / flow.bid.commercial.months
    asked = facts.response.forms.get(PROMISES, {}).get("exit_charge")
    if month > 0 and leaving >= month:
        amount = wording.money_brief(leaving, facts.rules.currency)
        times = wording.floored(leaving / month, 1)
        cell = asked.answer if asked else None
        yield Risk(
            "exit",
            f"Leaving costs {amount}, {times:g} times the charges of an average month.",
            ((cell.place, cell.content),) if cell else (),
            "Negotiate the charge on exit.",
        )
