"""The lowest price of those that pass the gates: the ranking by sorting, and what is left out."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vendor_eval as ve
from make import ROOT
from make.awards_by_price import FEE, cheapest
from make.evaluations import table
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.results import results_record
from vendor_eval.report import along, other_ways, sureness, weight_changes, why
from vendor_eval.report.board import board_of
from vendor_eval.report.explorer.page import explorer_page
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read
from vendor_eval.tender.judgements_file import judgements_of

GATE = {"id": "able", "label": "Able", "answer": "able", "rule": {"equals": "yes"}}
GSA = ROOT / "data/gsa-help-desk"

bid = st.fixed_dictionaries(
    {FEE: st.integers(1, 10**9), "able": st.sampled_from(["yes", "yes", "no"])}
)


@given(st.lists(bid, min_size=1, max_size=8))
def test_the_ranking_is_the_prices_of_those_that_pass_sorted(bids: list[dict[str, Any]]) -> None:
    named = {f"V{n}": bid for n, bid in enumerate(bids)}
    evaluation = evaluate(cheapest(gates=(GATE,)), proposals(named))
    passing = {v: bid[FEE] for v, bid in named.items() if bid["able"] == "yes"}
    assert list(evaluation.ranking) == sorted(passing, key=lambda v: (passing[v], v))
    for vendor, fee in passing.items():
        assert evaluation.ranks[vendor] == 1 + sum(other < fee for other in passing.values())


def lowest_of_gsa(place: Path) -> Path:
    """The GSA evaluation, its criteria and all that needs them replaced by a gate and the rule."""
    rules = (GSA / "evaluation.yaml").read_text("utf-8").partition("# Every scale")[0]
    skilled = "{id: skilled, label: Two years, answer: experience_years, rule: {at_least: 2}}"
    (place / "evaluation.yaml").write_text(
        f"{rules.rstrip()}\n  - {skilled}\naward_rule: {{lowest_price: {{}}}}\n", "utf-8"
    )
    (place / "proposals.csv").write_bytes((GSA / "proposals.csv").read_bytes())
    return place


def test_the_cheapest_help_desk_that_passes_both_gates_is_first(tmp_path: Path) -> None:
    result = read(lowest_of_gsa(tmp_path)).evaluate(draws=2_000)
    rows = table(GSA / "proposals.csv")
    passing = {
        row["vendor"]: float(row["hourly_rate"])
        for row in rows
        if row["contract_end"] >= "2018-12-31"
        and row["experience_years"]
        and float(row["experience_years"]) >= 2
        and ".." not in row["hourly_rate"]
    }
    assert result.recommendation.vendor == min(passing, key=passing.__getitem__)
    assert result.verdict == "firm"
    ranges = {"4M RESEARCH", "BLH TECHNOLOGIES, INC."}
    assert set(result.evaluation.ranking) == set(passing) | ranges


BIDS = {"Alder": {FEE: 100}, "Birch": {FEE: 104}}


def test_exact_prices_alone_decide_and_nothing_is_drawn() -> None:
    result = ve.evaluate(cheapest(), proposals(BIDS))
    assert result.reruns is None
    assert (result.verdict, result.recommendation.margin) == ("firm", 4.0)


def test_a_price_range_that_overlaps_the_next_price_is_not_firm() -> None:
    result = ve.evaluate(cheapest(), proposals({**BIDS, "Alder": {FEE: "90..110"}}), draws=20_000)
    assert result.recommendation.vendor == "Alder"
    # uniform from 90 to 110: below 104 in 14 of 20
    assert result.reruns is not None
    assert result.reruns.ahead["Birch"] == pytest.approx(0.7, abs=0.02)
    assert result.verdict == "too close"
    assert [check.kind for check in result.recommendation.flags] == ["answers"]


def test_equal_prices_tie() -> None:
    result = ve.evaluate(cheapest(), proposals({"Alder": {FEE: 100}, "Birch": {FEE: 100}}))
    assert result.recommendation.vendor is None
    assert dict(result.evaluation.ranks) == {"Alder": 1, "Birch": 1}


def test_what_is_about_weights_and_points_is_absent_from_results_and_pages() -> None:
    result = ve.evaluate(
        cheapest(gates=(GATE,)), proposals({v: bid | {"able": "yes"} for v, bid in BIDS.items()})
    )
    record = results_record(result.tender, result)
    assert record["award_rule"] == "lowest_price"
    assert record["recommendation"]["margin"] is None
    assert record["recommendation"]["price_margin"] == 4
    assert {"score", "criteria"}.isdisjoint(record["vendors"]["Alder"])
    assert sorted(record["sensitivity"]) == ["holds_until", "to_qualify", "to_win", "unknowns"]
    assert record["sensitivity"]["to_win"] == {"Birch": {"price": {"from": 104, "to": 100}}}
    assert record["robustness"] == {"draws": 200_000, "seed": 0, "stays_ahead": None}
    assert result.scores.empty
    assert list(result.to_frame()) == ["status", "rank", "price"]
    assert explorer_page(result.tender, result) is None
    sections = (along, sureness, weight_changes, why)
    assert [each.section(result).parts for each in sections] == [()] * len(sections)
    assert other_ways.section(result.tender, result).parts == ()


def test_the_board_page_does_not_say_again_that_the_first_is_the_cheapest() -> None:
    few = {"id": "few", "label": "Languages", "answer": "few", "rule": {"at_least": 4}}
    bids = {v: bid | {"few": 6} for v, bid in BIDS.items()} | {"Cedar": {FEE: 50, "few": 3}}
    result = ve.evaluate(cheapest(gates=(few,)), proposals(bids))
    page = board_of(result.tender, result).text
    assert "Cheapest eligible" not in page
    assert "is the cheapest" not in page
    assert "Only claimed" not in page
    # what a gate finds is points only where it reads points
    assert "but is excluded: Languages \u2013 3." in page


def test_nobody_is_asked_for_weights() -> None:
    tender = ve.evaluate(cheapest(), proposals(BIDS)).tender
    with pytest.raises(VendorEvalError, match="no weights to ask for"):
        judgements_of(tender, {})


@pytest.mark.parametrize(
    ("more", "place", "says"),
    [
        ({"methods": ("topsis",)}, "methods", "no meaning under 'lowest_price'"),
        ({"rounding": {"score": 2}}, "rounding", "no meaning under 'lowest_price'"),
        ({"tie_break": ("price",)}, "tie_break", "no meaning under 'lowest_price'"),
        ({"price": None}, "award_rule", "the rules have no price"),
        (
            {
                "criteria": (
                    {"id": "c", "label": "C", "weight": 1, "answer": FEE, "value": "identity"},
                )
            },
            "criteria",
            "allowed: gates, and no 'criteria'",
        ),
    ],
)
def test_rules_that_weigh_nothing_refuse_what_weighs(
    more: dict[str, Any], place: str, says: str
) -> None:
    from vendor_eval.rules.consistency import inconsistencies

    faults = list(inconsistencies(cheapest(**more)))
    assert [message for at, message in faults if at[0] == place and says in message]


def test_rules_of_the_lowest_price_are_the_same_once_dumped_and_read() -> None:
    typed = cheapest()
    assert Rules.model_validate(typed.model_dump(exclude_none=True)) == typed
