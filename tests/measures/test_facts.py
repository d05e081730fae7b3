"""What a bid shows is computed once for given rules, errors included, and never outlives them."""

import pickle
import re
from pathlib import Path
from typing import Any

import pytest

from make.evidence import ISO, certified
from make.evidence import rules as dated
from make.priced import bid, line, rules
from vendor_eval.bids.response import Response
from vendor_eval.errors import InputFaults
from vendor_eval.measures import facts as module
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.measures.measures import answered, measure
from vendor_eval.outputs.results import results_json
from vendor_eval.report import evidence, price
from vendor_eval.rules.criteria import Measurement
from vendor_eval.tender.folder import read


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """The arguments of every call that facts make of one function from now on."""
    calls, original = list[Any](), getattr(module, name)

    def counting(*arguments: Any) -> Any:
        calls.append(arguments)
        return original(*arguments)

    monkeypatch.setattr(module, name, counting)
    return calls


def test_reading_assessing_and_reporting_price_each_bid_and_judge_each_certificate_once(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("bid", "priced", "holdings", "scope", "sites", "language_offers")
    calls = {name: counted(monkeypatch, name) for name in names}
    tender = read(data / "customer-support")
    result = tender.evaluate(draws=100)
    results_json(tender, result)
    price.section(tender, result)
    evidence.section(tender)
    assert len(tender.responses) == 6
    for name in ("bid", "priced", "sites", "language_offers"):
        assert len(calls[name]) == 6, name
    sought = [(rows, what) for rows, what, *_ in calls["holdings"]]
    assert len(sought) == len({(id(rows), what) for rows, what in sought}) == 12
    places = [row["certificate"].place for row, _ in calls["scope"]]
    assert sorted(places) == sorted(set(places))


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (bid(line("per_month", 100), exit_charge=None), NotPriced),
        (bid(line("per_month", 100, currency="PLN")), InputFaults),
    ],
)
def test_why_a_bid_has_no_price_is_found_once_and_raised_each_time(
    response: Response, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, facts = counted(monkeypatch, "bid"), Facts(response, rules())
    messages = set()
    for _ in range(3):
        with pytest.raises(error) as raised:
            facts.cash_flow()
        messages.add(str(raised.value))
    assert (len(calls), len(messages)) == (1, 1)
    again = pickle.loads(pickle.dumps(facts))  # noqa: S301
    with pytest.raises(error, match=re.escape(messages.pop())):
        again.cash_flow()


def test_other_price_terms_and_other_forecasts_are_priced_for_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = counted(monkeypatch, "priced")
    volumes = {"base": {"monthly": 10.0, "growth": 0.0}, "high": {"monthly": 20.0, "growth": 0.0}}
    facts = Facts(bid(line("per_transaction", 1), at_risk=0.1), rules(volumes=volumes))
    assert facts.cash_flow() is facts.cash_flow("base")
    assert facts.cash_flow("high").nominal.total == 2 * facts.cash_flow().nominal.total
    assert "at_risk" not in facts.bid().offer.terms
    assert "at_risk" in facts.cash_flow(terms=("at_risk",)).bid.offer.terms
    assert len(calls) == 3


def test_facts_are_kept_for_the_same_response_and_rules_alone() -> None:
    typed, response = rules(), bid(line("per_month", 100))
    made = facts_of(typed, [response])
    assert facts_of(typed, [response], made) == made
    dearer = bid(line("per_month", 200))
    assert facts_of(typed, [dearer], made)["Alder"].cash_flow().nominal.total == 2400
    longer = rules(months=24)
    assert facts_of(longer, [response], made)["Alder"].cash_flow().nominal.total == 2400


def test_facts_stay_what_they_are_when_they_are_pickled() -> None:
    facts = Facts(certified(ISO), dated())
    held = measure(Measurement(name="certificate", parameters={"name": "iso27001"}))
    again = pickle.loads(pickle.dumps((held(facts), facts)))  # noqa: S301
    assert held(again[1]) == again[0] == held(facts)
    assert answered(dated(), {"Alder": again[1]}).vendors == ("Alder",)
