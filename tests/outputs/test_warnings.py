"""Warnings of what the verdict rests on: the sealed model, and what counts as judged."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import vendor_eval as ve
from make.builders import FIVE, five_criteria, rules
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import proposals
from vendor_eval.outputs.results import results_record
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report.first_screen import section as first_screen
from vendor_eval.report.method import value_functions_table
from vendor_eval.rules.robustness import VerdictModel
from vendor_eval.rules.seal import Seal, opened_seal, seal_json, sealed
from vendor_eval.tender.tender import Tender

MODEL = "The verdict does not rest on the model that was sealed: "


def sealed_tender(seal: Seal) -> Tender:
    """The five-criteria example with a seal."""
    return Tender(*five_criteria(), seal, ())


def of_the_model(tender: Tender, result: Result) -> list[str]:
    """What is warned of the sealed model."""
    return [line.removeprefix(MODEL) for line in every_warning(tender, result) if MODEL in line]


@pytest.fixture
def seal() -> Seal:
    """The seal of the five-criteria example."""
    return sealed(five_criteria()[0], on=date(2026, 11, 24))


def test_a_seal_holds_all_that_the_verdict_rests_on_defaults_included(seal: Seal) -> None:
    assert seal.robustness == VerdictModel(
        preset="usual",
        concentration=80.0,
        judgement_error=0.0,
        firm=0.95,
        sensitive=0.75,
        draws=200_000,
    )
    assert opened_seal(seal_json(seal), five_criteria()[0]) == seal


def test_a_concentration_stated_as_a_number_is_sealed_without_a_name() -> None:
    typed = rules(FIVE, price="cost", robustness={"weights": 120.0})
    fresh = sealed(typed, on=date(2026, 11, 24))
    assert fresh.robustness is not None
    assert (fresh.robustness.preset, fresh.robustness.concentration) == (None, 120.0)
    assert opened_seal(seal_json(fresh), typed) == fresh


def test_the_model_as_sealed_is_not_warned_of(seal: Seal) -> None:
    assert of_the_model(sealed_tender(seal), ve.evaluate(*five_criteria())) == []


def test_fewer_draws_than_sealed_are_warned_of_on_the_first_screen(seal: Seal) -> None:
    tender, result = sealed_tender(seal), ve.evaluate(*five_criteria(), draws=10_000)
    assert of_the_model(tender, result) == ["10,000 re-runs (sealed: 200,000 re-runs)."]
    assert any("10,000 re-runs (sealed" in html.markup for html in _markup(tender, result))


def _markup(tender: Tender, result: Result) -> list[Any]:
    """The parts of the first screen."""
    return [part for part in first_screen(tender, result).parts if hasattr(part, "markup")]


@pytest.mark.parametrize(
    ("then", "says"),
    [
        (
            {"concentration": 60.0},
            (
                "weights with concentration 80 (\u201cusual\u201d) (sealed: weights with "
                "concentration 60 (\u201cusual\u201d))."
            ),
        ),
        (
            {"judgement_error": 2.5},
            "a judgement error of 0 points (sealed: a judgement error of 2.5 points).",
        ),
        ({"firm": 0.9}, "firm from 95\u00a0% (sealed: firm from 90\u00a0%)."),
        (
            {"sensitive": 0.7, "draws": 10_000},
            (
                "sensitive from 75\u00a0% (sealed: sensitive from 70\u00a0%); "
                "200,000 re-runs (sealed: 10,000 re-runs)."
            ),
        ),
    ],
)
def test_a_default_that_has_changed_since_the_seal_is_warned_of_with_both_values(
    seal: Seal, then: dict[str, float], says: str
) -> None:
    assert seal.robustness is not None
    older = seal.model_copy(update={"robustness": seal.robustness.model_copy(update=then)})
    assert of_the_model(sealed_tender(older), ve.evaluate(*five_criteria())) == [says]


def test_a_seal_of_before_the_model_was_kept_says_nothing(seal: Seal) -> None:
    older = seal.model_copy(update={"robustness": None})
    assert b'"robustness": {' not in seal_json(older)
    result = ve.evaluate(*five_criteria(), draws=10)
    assert of_the_model(sealed_tender(older), result) == []


def test_points_that_nobody_judged_are_named_among_the_warnings_and_in_the_method() -> None:
    leaves = [
        {"id": name, "label": name.title(), "answer": name, "weight": 1.0, "value": value} | more
        for name, value, more in (
            ("cost", "identity", {"judged": False}),  # the price, which nobody judges anyway
            ("plan", "identity", {"judged": False}),
            ("team", "identity", {}),
            ("size", {"linear": {"worst": 0.0, "best": 9.0}}, {"judged": False}),
        )
    ]
    about = {"title": "T", "decision": "D", "currency": "EUR", "price": "cost"}
    typed = rules({"cost": 1}).model_validate(about | {"criteria": tuple(leaves)})
    offers = proposals(
        {v: {"cost": 5, "plan": 9, "team": n, "size": 3} for n, v in enumerate("AB")}
    )
    tender, result = Tender(typed, offers, None, ()), ve.evaluate(typed, offers, draws=50)
    says = (
        "\u201cPlan\u201d (plan) reads points that, by the rules, nobody judged. The re-runs "
        "vary no error of judgement for it."
    )
    assert [line for line in results_record(tender, result)["warnings"] if "judged" in line] == [
        says
    ]
    rows = value_functions_table(result).markup.split("<tr")
    flagged = [row for row in rows if "points that nobody judged, as the rules say" in row]
    assert len(flagged) == 1
    assert "Plan" in flagged[0]


def test_the_note_on_a_bare_number_is_made_once_a_leaf_and_for_no_other() -> None:
    linear = {"linear": {"worst": 0.0, "best": 9.0}}
    specs: dict[str, tuple[Any, dict[str, Any]]] = {
        "cost": (linear, {}),  # the price
        "size": (linear, {}),
        "also": (linear, {"answer": "size"}),
        "timed": (linear, {"unit": "days"}),
        "plan": ("identity", {}),  # in points, so judged
        "mark": (linear, {"judged": True}),
        "count": (linear, {"judged": False}),
        "rate": (linear, {"error": 2.0}),
        "level": ({"levels": {"low": 0.0, "high": 100.0}}, {}),
    }
    leaves = [
        {"id": n, "label": n.title(), "answer": n, "weight": 1.0, "value": value} | more
        for n, (value, more) in specs.items()
    ]
    about = {"title": "T", "decision": "D", "currency": "EUR", "price": "cost"}
    typed = rules({"cost": 1}).model_validate(about | {"criteria": tuple(leaves)})
    offers = proposals({v: dict.fromkeys(specs, 3) | {"level": "low"} for v in "AB"})
    tender = Tender(typed, offers, None, ())
    remedy = (
        "; before sealing, state 'judged: true' where a person gives the number, else "
        "'judged: false' or an 'error'"
    )
    said = [
        f"evaluation.yaml: criteria.{path}: '{path.title()}' reads a number without a unit and "
        "counts as not judged"
        for path in ("size", "also")
    ]
    assert list(tender.notes) == [line + remedy for line in said]
    under_seal = replace(tender, seal=sealed(typed, on=date(2026, 11, 24)))
    assert list(under_seal.notes) == said
