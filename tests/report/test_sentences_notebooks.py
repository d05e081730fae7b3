"""Sentences of the notebooks on costs and weights, for none, one, two and many, read back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from make.builders import proposals, rules
from make.priced import bid, compared, line
from make.priced import rules as priced_rules
from make.spoken import number, part, slips
from vendor_eval import wording
from vendor_eval.elicitation.elicitation import elicited
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.report.cost_over_time import against_baseline_sentence, cost_over_time_sentence
from vendor_eval.report.judgements import judgements_sentence
from vendor_eval.report.stakeholders import stakeholders_winners_sentence, weight_sets_sentence
from vendor_eval.report.total_cost import cost_basis_sentence, total_cost_sentence
from vendor_eval.report.volumes import break_even_sentence, volume_scenarios_sentence
from vendor_eval.rules.judgements import Judgements

VENDORS = ("Alder", "Birch", "Cedar", "Deodar", "Elm", "Fir")
COSTS = (
    *(total_cost_sentence, cost_over_time_sentence, volume_scenarios_sentence),
    *(break_even_sentence, against_baseline_sentence, cost_basis_sentence),
)


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from((1.0, 2.0, 2.5, 9.0, None)), max_size=6),
    st.sampled_from((1, 2, 3)),
    st.sampled_from((1, 6, 12, 24, 36)),
    st.one_of(st.none(), st.sampled_from((500.0, 2_000.0, 90_000.0))),
)
def test_what_is_said_of_costs_is_true_for_none_one_two_and_many(
    prices: list[float | None], forecasts: int, months: int, house: float | None
) -> None:
    volumes = {f"v{n}": {"monthly": 900.0 + 100 * n, "growth": 0.0} for n in range(forecasts)}
    own = {"fixed_a_month": house, "a_transaction": 0.0, "indexation": 0.0}
    terms = {"months": months, "volumes": volumes, "forecast": "v0"}
    typed = priced_rules(**terms, **({} if house is None else {"baseline": own}))
    offers = [
        bid(line("per_transaction", 1 if price is None else price), vendor=vendor)
        if price is not None
        else bid(line("per_month", 1), vendor=vendor, exit_charge=None)
        for vendor, price in zip(VENDORS, prices, strict=False)
    ]
    told = compared(typed, offers)
    said = {say.__name__.removesuffix("_sentence"): say(told) for say in COSTS}
    assert [slip for text in said.values() for slip in slips(text)] == []
    known = sorted(price for price in prices if price is not None)
    if known:
        totals = [wording.money_whole(900.0 * months * p, "EUR") for p in (known[0], known[-1])]
        assert all(total in said["total_cost"] for total in totals)
    if known and house is not None:
        saving = sum(p * 900.0 < house for p in known)
        assert not saving or part(said["against_baseline"], "bid") == (saving, len(known))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), max_size=5), st.integers(1, 3), st.booleans())
def test_what_is_said_of_stakeholders_is_true_for_none_one_two_and_many(
    people: list[int], top: int, tied: bool
) -> None:
    ids = [f"c{n}" for n in range(top)]
    bids = {
        vendor: {
            name: 50 if tied else (37 * n + 11 * m * (n + 1)) % 101 for m, name in enumerate(ids)
        }
        for n, vendor in enumerate(VENDORS[:4])
    }
    said = tuple(
        {"name": f"Person {n}", "top": {"direct": {c: 1.0 + w * m for m, c in enumerate(ids)}}}
        for n, w in enumerate(people)
    )
    judgements = Judgements.model_validate({"stakeholders": said}) if said and top > 1 else None
    told = elicited(evaluate(rules(dict.fromkeys(ids, 1)), proposals(bids)), judgements)
    for say in (judgements_sentence, weight_sets_sentence, stakeholders_winners_sentence):
        assert slips(say(told)) == []
    if judgements:
        assert number(r"(\d+) stakeholders? judged", judgements_sentence(told)) == len(people)
