"""What one bid shows under the rules, each thing computed when it is first asked for, and once."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from vendor_eval.bids.response import Response, Row
from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.bids import Bid, bid, priced_from
from vendor_eval.measures.costs.cash_flows import CashFlow, priced
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.measures.graded_answers import GradeCounts, grade_counts
from vendor_eval.measures.language.offers import (
    LanguageOffer,
    Requirement,
    language_offers,
    requirements,
)
from vendor_eval.measures.location.site import Site, sites
from vendor_eval.measures.security.holding import Holdings, Sought, holdings
from vendor_eval.measures.security.scopes import Scope, Sites, scope
from vendor_eval.questionnaire.security import CONTROL_DOMAINS, CONTROLS, domain_questions
from vendor_eval.rules.rules import Rules
from vendor_eval.wording.short_repr import ShortRepr

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Facts(ShortRepr):
    """One response under given rules, as measures, checks and tables read it.

    Other rules, such as a copy with one thing changed, need separate facts.
    """

    response: Response
    rules: Rules
    _outcomes: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)
    """What was computed with parameters, or the error that it ended in."""

    @property
    def vendor(self) -> str:
        """Whose bid it is."""
        return self.response.vendor

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The delivery sites, as entered."""
        return sites(self.response)

    @cached_property
    def site_table(self) -> Sites:
        """The delivery sites as certificates are held against them."""
        return Sites(self.response.rows("sites"))

    @cached_property
    def language_offers(self) -> tuple[LanguageOffer, ...]:
        """The rows of the sheet *Languages*, as entered."""
        return language_offers(self.response)

    @cached_property
    def language_requirements(self) -> tuple[Requirement, ...]:
        """Every language of every channel, in the rules' order."""
        return requirements(self.rules)

    @cached_property
    def controls(self) -> Mapping[str, GradeCounts]:
        """The answers to all questions on controls, by domain."""
        return {
            id: grade_counts(self.response, CONTROLS.id, domain_questions(id))
            for id in CONTROL_DOMAINS
        }

    def scope(self, certificate: Row) -> Scope:
        """The sites that a row of the certificates covers."""
        place = certificate["certificate"].place
        return self._once(("scope", place), lambda: scope(certificate, self.site_table))

    def holdings(self, sought: Sought) -> Holdings:
        """Every row of the certificate that is sought, judged by what is sought of it."""
        rows = self.response.rows("certificates")
        return self._once(
            ("holdings", sought),
            lambda: holdings(rows, sought, self.rules, self.site_table, self.scope),
        )

    def bid(self, terms: tuple[str, ...] = ()) -> Bid:
        """The bid as it can be priced; `terms`: price terms that are read as well.

        Raises NotPriced with what neither the bid nor the rules give, InputFaults with every cell
        whose currency has no stated rate, or that leaves open what a price is for.
        """
        read = priced_from(self.rules, terms)
        return self._once(("bid", read), lambda: bid(self.response, self.rules, terms))

    def cash_flow(self, forecast: str | None = None, terms: tuple[str, ...] = ()) -> CashFlow:
        """What the bid costs in each month under a forecast, by default the rules' own.

        Raises what `bid` does, NotPriced for amounts beyond those of any tender, and InputFaults
        for charges below 0 in a month or year.
        """
        commercial = self.rules.commercial
        if commercial and commercial.volumes and forecast == commercial.forecast:
            forecast = None
        read = priced_from(self.rules, terms)
        return self._once(("flow", read, forecast), lambda: priced(self.bid(terms), forecast))

    def _once(self, key: Hashable, computed: Callable[[], T]) -> T:
        """What is computed, or the error that it ended in, the same whenever it is asked for."""
        if key not in self._outcomes:
            try:
                self._outcomes[key] = computed()
            except (NotPriced, InputFaults) as error:
                self._outcomes[key] = error
        outcome = self._outcomes[key]
        if isinstance(outcome, Exception):
            raise outcome.with_traceback(None)  # else each raise would lengthen it
        return outcome


def facts_of(
    rules: Rules, responses: Iterable[Response], kept: Mapping[str, Facts] | None = None
) -> dict[str, Facts]:
    """The facts of each response under the rules, by vendor.

    Those `kept` are taken where they are of the same response and rules.
    """
    facts = {}
    for response in responses:
        same = (kept or {}).get(response.vendor)
        if same is None or same.response is not response or same.rules is not rules:
            same = Facts(response, rules)
        facts[response.vendor] = same
    return facts
