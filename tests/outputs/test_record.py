"""results.json: its shape, its precision, and the same bytes for the same input."""

import json
import math
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import vendor_eval as ve
from make import cases
from make.builders import assessed, five_criteria, rules
from vendor_eval.bids.proposal import Proposals
from vendor_eval.outputs.results import results_json, results_record
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


def _case() -> Tender:
    return Tender(*five_criteria(), None, ())


def _numbers(plain: Any) -> list[float]:
    if isinstance(plain, dict):
        return [n for value in plain.values() for n in _numbers(value)]
    if isinstance(plain, list):
        return [n for value in plain for n in _numbers(value)]
    return [plain] if isinstance(plain, float) else []


def test_the_keys_stand_in_the_order_of_the_schema() -> None:
    schema = json.loads((files("vendor_eval.outputs") / "results.schema.json").read_text("utf-8"))

    def ordered(record: dict[str, Any], keys: dict[str, Any]) -> bool:
        return list(record) == [key for key in keys if key in record]

    record = results_record(_case(), ve.evaluate(*five_criteria()))
    assert ordered(record, schema["properties"])
    for name, part in (
        ("vendor", record["vendors"]["A"]),
        ("recommendation", record["recommendation"]),
        ("sensitivity", record["sensitivity"]),
        ("robustness", record["robustness"]),
    ):
        assert ordered(part, schema["$defs"][name]["properties"]), name


def test_the_worked_example_stands_in_it() -> None:
    record = json.loads(results_json(_case(), ve.evaluate(*five_criteria())))
    assert record["ranking"] == ["A", "B", "C"]
    assert [record["vendors"][v]["score"] for v in "ABC"] == [73.6, 71.8, 71.7]
    assert record["vendors"]["A"]["criteria"]["expertise"] == {
        "weight": 0.3,
        "share": 0.3,
        "performance": 60,
        "unit": None,
        "relative": False,
        "value": 60.0,
        "contribution": 18.0,
    }
    assert record["sensitivity"]["takes_over"]["expertise"] == [None, "B"]
    assert "spread" not in record["robustness"]["near_weights"]


def test_floats_have_at_most_twelve_significant_digits_and_are_all_finite() -> None:
    third = rules({"a": 1, "b": 1, "c": 1})
    judged = assessed({"X": {"a": 1, "b": 0, "c": 0}, "Y": {"a": 0, "b": 0, "c": 7}}, third)
    record = json.loads(results_json(_case(), judged))
    for number in _numbers(record):
        assert math.isfinite(number)
        assert number == float(f"{number:.12g}")
        assert math.copysign(1, number) == 1 or number != 0


def test_the_order_of_the_proposals_changes_no_byte() -> None:
    typed, offers = five_criteria()
    turned = Proposals(offers.answers.iloc[::-1], offers.source)
    first = results_json(Tender(typed, offers, None, ()), ve.evaluate(typed, offers))
    assert results_json(Tender(typed, turned, None, ()), ve.evaluate(typed, turned)) == first


@pytest.mark.parametrize("name", ["california-two-envelope", "customer-support", "gsa-help-desk"])
def test_every_score_can_be_recomputed_from_its_parts(data: Path, name: str) -> None:
    case = read(data / name)
    record = json.loads(results_json(case, case.evaluate(draws=10)))
    for vendor in record["vendors"].values():
        if vendor["score"] is None:
            continue
        criteria = vendor["criteria"]
        leaves = [c for c in criteria.values() if "performance" in c]
        assert sum(c["weight"] for c in leaves) == pytest.approx(1)
        assert sum(c["weight"] * c["value"] for c in leaves) == pytest.approx(vendor["score"])
        for c in criteria.values():
            assert c["contribution"] == pytest.approx(c["weight"] * c["value"])


def test_an_excluded_vendor_without_answers_has_null_scores(data: Path) -> None:
    case = read(data / "california-two-envelope")
    record = json.loads(results_json(case, case.evaluate(draws=10)))
    bidder = record["vendors"]["Bidder 1"]
    assert bidder["status"] == "excluded"
    assert [bidder[k] for k in ("rank", "shadow_rank", "score", "price")] == [None] * 4


def test_a_method_that_cannot_run_says_why_and_the_others_still_do() -> None:
    asked = rules({"a": 1, "b": 1}, methods=("topsis", "waspas"))
    judged = assessed({"X": {"a": 0, "b": 5}, "Y": {"a": 3, "b": 0}}, asked)
    opinions = json.loads(results_json(_case(), judged))["methods"]
    assert set(opinions["topsis"]) == {"X", "Y"}
    assert list(opinions["waspas"]) == ["error"]
    assert opinions["waspas"]["error"]


@pytest.mark.parametrize("vendors", [50, 51])
def test_above_fifty_vendors_what_grows_with_their_square_is_cut_and_said_so(vendors: int) -> None:
    bids = {f"V{n:02}": {"a": n, "b": (37 * n) % 101} for n in range(vendors)}
    judged = assessed(bids, rules({"a": 1, "b": 1}), draws=50)
    robustness = json.loads(results_json(_case(), judged))["robustness"]
    many = vendors > 50
    assert ("abridged" in robustness) == many
    for simulation in (robustness["near_weights"], robustness["any_weights"]):
        ranks = simulation["rank_acceptability"]
        assert len(ranks) == vendors
        assert {len(row) for row in ranks.values()} == {10 if many else vendors}
        assert len(simulation["pairwise"]) == (0 if many else vendors)
        assert set(simulation["expected_rank"]) == set(ranks)


def test_a_measure_that_found_nothing_is_told_with_its_reason_and_not_as_a_blank() -> None:
    german = {"id": "voice", "languages": {"de": "B2"}, "hours": "08:00-20:00"}
    hours = {"id": "hours", "label": "Hours", "weight": 1, "measure": "language_hours_share"}
    more = {"id": "more", "label": "More", "weight": 1, "answer": "more", "missing": "worst"}
    leaves = (
        cases.LEAF,
        hours | {"value": {"linear": {"worst": 0, "best": 100}}, "missing": "worst"},
        more | {"value": {"linear": {"worst": 0, "best": 1}}},
    )
    untimed = {"language": "de", "level": "C1", "agents": 4}
    tender = cases.case(
        cases.bid(languages=[untimed]),
        cases.bid("Birch", answers={"more": 1}, languages=[untimed | {"hours": "08:00-20:00"}]),
        criteria=leaves,
        service={"country": "DE", "channels": (german,)},
    )
    warnings = every_warning(tender, tender.evaluate())
    assert (
        "\u201cHours\u201d (hours) could not be found for Alder: de B2 in voice: no hours are "
        "stated; it is scored as the worst answer."
    ) in warnings
    assert "Alder left \u201cMore\u201d (more) blank; it is scored as the worst answer." in warnings
