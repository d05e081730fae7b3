"""The evaluations kept in `data/`: all are read, and the published ones give what was published."""

import pytest

from make import ROOT
from make.evaluations import assessed, table
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.folder import read

EVALUATIONS = sorted(path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml"))


def with_answers(given: Proposals, vendor: str, **answers: object) -> Proposals:
    """The same proposals with some answers of one vendor replaced."""
    rows = given.answers.to_dict(orient="index")
    rows[vendor] = rows[vendor] | answers
    return proposals(rows, source=given.source)


@pytest.mark.parametrize("name", EVALUATIONS)
def test_every_evaluation_is_read_without_a_fault_or_a_warning(name: str) -> None:
    case = read(ROOT / "data" / name)
    assert case.warnings == ()
    assert case.rules.notice
    for scenario in (None, *case.rules.scenarios):
        assessment = case.evaluate(scenario=scenario)
        assert assessment.evaluation.ranking
        assert {name: opinion.error for name, opinion in assessment.opinions.items()} == (
            dict.fromkeys(case.rules.methods)
        )


def test_the_six_evaluations_are_there() -> None:
    assert EVALUATIONS == [
        "california-two-envelope",
        "customer-support",
        "customer-support-panel",
        "gsa-help-desk",
        "i35w-bridge",
        "time-attendance-software",
    ]


# California: State of California, DGS, Purchasing Authority Manual, "Evaluation and Selection
# Report". The form cuts its figures to four decimals before it adds, hence the tolerance.
CALIFORNIA_SOURCE = ROOT / "data/california-two-envelope/source/tender_ca_dgs_two_envelope.csv"
CALIFORNIA = {"Bidder 2": 0.8872, "Bidder 3": 0.9686, "Bidder 4": 0.8690}


def test_californias_published_totals_and_award_come_out() -> None:
    assessment = assessed("california-two-envelope")
    scores = assessment.evaluation.scores
    assert dict(scores) == pytest.approx(CALIFORNIA, abs=1.5e-4)
    assert assessment.recommendation.vendor == "Bidder 3"
    published = {row["bidder"]: int(row["published_rank"]) for row in table(CALIFORNIA_SOURCE)}
    assert assessment.evaluation.ranks == {bidder: published[bidder] for bidder in CALIFORNIA}


def test_californias_award_holds_for_the_price_weights_computed_beside_the_source() -> None:
    interval = assessed("california-two-envelope").weight_intervals["cost"]
    assert (interval.low, interval.high) == pytest.approx((0.2580, 0.9895), abs=5e-5)
    assert (interval.below, interval.above) == ("Bidder 4", "Bidder 2")


def test_californias_non_responsive_bidder_is_excluded_without_a_score_or_a_rank() -> None:
    evaluation = assessed("california-two-envelope").evaluation
    assert evaluation.vendors[0] == "Bidder 1"
    assert evaluation.status("Bidder 1") == "excluded"
    assert "Bidder 1" not in evaluation.scores
    assert "Bidder 1" not in evaluation.ranks | evaluation.shadow_ranks


@pytest.mark.parametrize(("points", "cost"), [("", ""), ("9999", "1"), ("1", "999999999")])
def test_californias_excluded_bidder_enters_no_minimum_and_no_maximum(
    points: str, cost: str
) -> None:
    case = read(ROOT / "data/california-two-envelope")
    bids = with_answers(case.proposals, "Bidder 1", technical_points=points, adjusted_cost=cost)
    scores = evaluate(case.rules, bids).scores.drop("Bidder 1", errors="ignore")
    without = evaluate(case.rules, case.proposals.without("Bidder 1")).scores
    assert dict(scores) == dict(without)


def test_californias_answers_are_the_published_ones() -> None:
    answers = read(ROOT / "data/california-two-envelope").proposals.answers
    for row in table(CALIFORNIA_SOURCE):
        typed = answers.loc[row["bidder"]]
        assert row["status"].removesuffix(" (total 0)") == typed["responsive"]
        for theirs, ours in [
            ("admin_tech_points", "technical_points"),
            ("adjusted_cost_usd", "adjusted_cost"),
        ]:
            assert number(row[theirs]) == number(typed[ours])


def number(text: str) -> float | None:
    """The number in a cell; None in a blank one."""
    return float(text) if text else None


# Tus & Aytac Adali (2019), OPSEARCH 56(2), 528-538: WASPAS, lambda 0.5, CRITIC weights.
WASPAS = {"A1": 0.5622, "A2": 0.6575, "A3": 0.6192, "A4": 0.6409, "A5": 0.7220}
WASPAS_RANKS = {"A1": 5, "A2": 2, "A3": 4, "A4": 3, "A5": 1}


def test_waspas_gives_the_published_scores_of_the_time_and_attendance_case() -> None:
    opinion = assessed("time-attendance-software").opinions["waspas"]
    assert opinion.scores is not None
    assert opinion.ranks is not None
    assert dict(opinion.scores) == pytest.approx(WASPAS, abs=1e-3)
    assert dict(opinion.ranks) == WASPAS_RANKS


def test_the_time_and_attendance_answers_and_weights_are_the_published_ones() -> None:
    source = ROOT / "data/time-attendance-software/source/software_vendor_tus_adali_2019.csv"
    rows = {row.pop("alternative"): row for row in table(source)}
    directions, weights = rows.pop("#objective"), rows.pop("#weight")
    case = read(ROOT / "data/time-attendance-software")
    for leaf in case.rules.criteria:
        column = leaf.id.upper()
        assert leaf.weight == round(float(weights[column]), 3)
        assert leaf.value is not None
        assert leaf.value.slope == directions[column]
        for package, row in rows.items():
            assert float(case.proposals.answers.loc[package, leaf.answer]) == float(row[column])
