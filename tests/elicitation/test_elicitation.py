"""Weight sets of several stakeholders: what they weigh, where they differ, whether it matters."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from make.builders import proposals, rules
from vendor_eval.elicitation.elicitation import Elicitation, elicited
from vendor_eval.elicitation.swing import spans, swings
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.report.judgements import judgements_sentence, judgements_table
from vendor_eval.report.stakeholders import (
    disagreements_table,
    stakeholders_figure,
    stakeholders_ranks_table,
    stakeholders_winners_sentence,
    weight_sets_figure,
    weight_sets_sentence,
    weight_sets_table,
)
from vendor_eval.report.swings import swing_ends, swing_question_sentence, swings_table
from vendor_eval.rules.judgements import Judgements
from vendor_eval.rules.rules import Scenario
from vendor_eval.tender.folder import read


def example(name: str, scenario: str | None = None) -> Elicitation:
    """The elicitation of one of the evaluations in `data/`."""
    case = read(ROOT / "data" / name)
    return elicited(evaluate(case.rules, case.proposals, scenario=scenario), case.judgements)


SUPPORT = example("customer-support")


def judged(**top: dict[str, object]) -> Judgements:
    """Judgements of the top level, by stakeholder."""
    stakeholders = tuple({"name": name, "top": said} for name, said in top.items())
    return Judgements.model_validate({"stakeholders": stakeholders})


def test_every_weight_set_stands_as_a_scenario_and_gives_the_same_ranking_there() -> None:
    case = read(ROOT / "data" / "customer-support")
    for one in SUPPORT.sets:
        with_it = {"scenarios": {"theirs": Scenario(weights=dict(one.weights))}}
        again = evaluate(case.rules.model_copy(update=with_it), case.proposals, scenario="theirs")
        np.testing.assert_allclose(again.scores, one.evaluation.scores, rtol=0, atol=1e-12)
        for family in again.tree.families:
            named = [again.tree.paths[n] in one.weights for n in family]
            assert all(named) or not any(named)


def test_what_somebody_did_not_judge_stays_as_under_the_scenario_of_the_page() -> None:
    told = example("customer-support", "security_first")
    finance = next(one for one in told.sets if one.stakeholder == "Finance")
    at = [told.agreed.tree.at(f"security.{leaf}") for leaf in ("data_country", "open_findings")]
    np.testing.assert_allclose(finance.evaluation.tree.shares[at], [0.4, 0.1])


@pytest.mark.parametrize(
    ("path", "worst", "best"),
    [
        ("cost.total", "€23,000,000", "€13,000,000"),
        ("language.english", "B1 or 3 others alike", "C2"),
        ("language.german", "B1 or 3 others alike", "C1 or C2"),
        ("expertise.attrition", "60\u00a0%", "15\u00a0%"),
        ("expertise.transition", "17\u00a0weeks or more", "less than 9\u00a0weeks"),
        ("security.data_country", "scc", "domestic or eea"),
        ("location.stability", "0\u00a0points", "100\u00a0points"),
    ],
)
def test_the_ends_on_screen_are_those_of_the_rules(path: str, worst: str, best: str) -> None:
    assert swing_ends(SUPPORT.agreed, SUPPORT.swings[path]) == (worst, best)


def test_an_hourly_rate_is_told_as_money_with_its_hour() -> None:
    told = example("gsa-help-desk")
    assert swing_ends(told.agreed, told.swings["rate"]) == ("$100 an hour", "$30 an hour")


def test_without_a_fixed_range_the_eligible_bids_own_ends_are_told_and_said_to_be() -> None:
    told = example("california-two-envelope")
    ends = swing_ends(told.agreed, told.swings["cost"])
    # Bidder 1, which is not responsive, asked less than any of them
    assert ends == ("$27,046,447.64", "$21,140,179.90")
    assert "the worst and best of the eligible bids" in swing_question_sentence(told)
    assert "(of the bids)" in swings_table(told).markup


def test_the_values_between_the_ends_are_those_that_the_value_functions_give() -> None:
    for name in ("customer-support", "gsa-help-desk"):
        told = example(name)
        for path, swing in told.swings.items():
            value = told.agreed.tree.criterion(path).value
            ends = [
                end[0] if isinstance(end[0], str) or np.isfinite(end[0]) else end[1] - 1
                for end in (swing.worst, swing.best)
            ]
            low, high = value(ends)
            assert high - low == pytest.approx(swing.span), path


def test_points_for_a_swing_over_half_the_scale_count_for_twice_the_weight() -> None:
    half = {"levels": {"some": 50, "all": 100}}
    typed = rules({"cost": 1, "sites": (1, half)})
    offers = proposals({"A": {"cost": 10, "sites": "some"}, "B": {"cost": 60, "sites": "all"}})
    evaluation = evaluate(typed, offers)
    told = elicited(evaluation, judged(ann={"swing": {"cost": 100.0, "sites": 100.0}}))
    assert told.sets[0].weights == pytest.approx({"cost": 1 / 3, "sites": 2 / 3})
    # so from worst to best both add the same to the score
    covered = spans(evaluation.tree, swings(evaluation))
    added = [told.sets[0].weights[path] * covered[path] for path in ("cost", "sites")]
    assert added[0] == pytest.approx(added[1])


def test_a_branch_covers_what_its_stakeholder_gives_the_criteria_beneath_it() -> None:
    # all of the weight within security on the criterion whose levels cover half the scale
    within = {
        "data_country": 1.0,
        "breach_notice": 0.0,
        "certified_sites": 0.0,
        "open_findings": 0.0,
    }
    top = {"expertise": 0.0, "cost": 100.0, "security": 100.0, "location": 0.0, "language": 0.0}
    said = {"name": "Ann", "top": {"swing": top}, "within": {"security": {"direct": within}}}
    told = elicited(SUPPORT.agreed, Judgements.model_validate({"stakeholders": (said,)}))
    weights = told.sets[0].weights
    assert weights["security"] == pytest.approx(2 / 3)
    assert weights["cost"] == pytest.approx(1 / 3)


SCORES = st.lists(
    st.tuples(*[st.integers(0, 100).map(float)] * 3), min_size=2, max_size=5, unique=True
)


@given(SCORES)
def test_a_vendor_told_to_win_a_mixture_wins_it_and_no_other_mixture_has_another_winner(
    values: list[tuple[float, float, float]],
) -> None:
    typed = rules({"a": 1, "b": 1, "c": 1})
    offers = {f"V{n}": dict(zip(("a", "b", "c"), row, strict=True)) for n, row in enumerate(values)}
    corners = {name: {"direct": {n: float(n == name) for n in "abc"}} for name in "abc"}
    told = elicited(evaluate(typed, proposals(offers)), judged(**corners))
    scores = np.array(values)
    vendors = list(offers)
    for vendor, mixture in told.mixtures.items():
        mixed = scores @ np.array([mixture[name] for name in "abc"])
        assert vendors[int(mixed.argmax())] == vendor
        assert vendor not in {one.winner for one in told.sets}
    known = {*told.mixtures, *(one.winner for one in told.sets)}
    steps = [(i, j, 12 - i - j) for i in range(13) for j in range(13 - i)]
    for mixture in np.array(steps) / 12:
        mixed = np.sort(scores @ mixture)
        if mixed[-1] - mixed[-2] > 1e-6:
            assert vendors[int((scores @ mixture).argmax())] in known


def test_a_compromise_may_choose_whom_nobody_chose() -> None:
    offers = proposals({"A": {"x": 100, "y": 0}, "B": {"x": 0, "y": 100}, "C": {"x": 60, "y": 60}})
    one, two = {"direct": {"x": 1.0, "y": 0.0}}, {"direct": {"x": 0.0, "y": 1.0}}
    told = elicited(evaluate(rules({"x": 1, "y": 1}), offers), judged(Ann=one, Bob=two))
    assert told.mixtures["C"] == pytest.approx({"Ann": 0.5, "Bob": 0.5})
    said = stakeholders_winners_sentence(told)
    assert "With Ann, A is first" in said
    assert said.endswith("none of these sets has: C (50\u00a0% Ann and 50\u00a0% Bob).")


def test_the_examples_stakeholders_read_as_expected() -> None:
    winners = {one.stakeholder: (one.winner, one.turned_by) for one in SUPPORT.sets}
    assert winners == {
        "Operations": ("Borealis Contact", "cost"),
        "Finance": ("Dorado Dialogue", "cost"),
        "Data protection": ("Aurora Service", None),
    }
    assert stakeholders_winners_sentence(SUPPORT) == (
        "Under the agreed weights Aurora Service is first. With Operations, Borealis Contact is "
        "first, mainly because of Cost structure. With Finance, Dorado Dialogue is first, mainly "
        "because of Cost structure. Data protection keeps Aurora Service. No mixture of these sets "
        "puts any further vendor first."
    )
    widest = SUPPORT.disagreements[0]
    assert (widest.path, widest.lowest, widest.highest) == (
        "security",
        "Finance",
        "Data protection",
    )
    assert weight_sets_sentence(SUPPORT).startswith("They differ most on Data security: from")


def test_a_consistency_ratio_above_a_tenth_is_said_with_the_judgement_to_revisit() -> None:
    said = judgements_sentence(SUPPORT)
    assert "Operations on Expertise (0.14)" in said
    assert "Finance" not in said
    shown = judgements_table(SUPPORT).markup
    assert shown.count('class="alarm"') == 1
    assert "0.14, above 0.1" in shown
    assert "judged 4 times; the others imply the reverse, 1.2 times" in shown


def test_sets_that_agree_are_said_not_to_matter() -> None:
    alike = {"direct": {"a": 1.0, "b": 1.0}}
    offers = proposals({"A": {"a": 90, "b": 90}, "B": {"a": 10, "b": 20}})
    told = elicited(evaluate(rules({"a": 1, "b": 1}), offers), judged(x=alike, y=alike, z=alike))
    assert told.concordance == 1
    assert weight_sets_sentence(told) == "All give the top-level criteria the same weights."
    assert "does not matter" in stakeholders_winners_sentence(told)
    assert not disagreements_table(told).markup


@pytest.mark.parametrize("name", ["gsa-help-desk", "california-two-envelope"])
def test_where_nobody_judged_what_is_shown_is_called_an_illustration(name: str) -> None:
    told = example(name)
    for said in (judgements_sentence, weight_sets_sentence, stakeholders_winners_sentence):
        assert "illustration" in said(told)
    assert [one.stakeholder for one in told.sets] == ["Equal weights", "Agreed order"]
    assert not judgements_table(told).markup


def test_one_criterion_leaves_nothing_to_weigh_and_nothing_breaks() -> None:
    told = elicited(evaluate(rules({"cost": 1}), proposals({"A": {"cost": 9}})), None)
    assert told.sets == ()
    assert "nothing to weigh" in swing_question_sentence(told)
    assert not weight_sets_figure(told).data
    for shown in (weight_sets_table, disagreements_table, swings_table):
        shown(told)
    weight_sets_sentence(told)
    stakeholders_winners_sentence(told)


def test_without_an_eligible_vendor_there_is_no_winner_and_nothing_breaks() -> None:
    gate = {"id": "g", "label": "G", "answer": "a", "rule": {"at_least": 50}}
    relative = {"a": 1, "b": (1, "this_over_highest")}
    typed = rules(relative, gates=(gate,))
    offers = proposals({"A": {"a": 10, "b": 10}, "B": {"a": 20, "b": 20}})
    told = elicited(evaluate(typed, offers), judged(x={"swing": {"a": 100.0, "b": 50.0}}))
    assert told.sets[0].weights == pytest.approx({"a": 2 / 3, "b": 1 / 3})
    assert stakeholders_winners_sentence(told).startswith("No vendor is eligible")
    assert "no eligible bid" in swings_table(told).markup
    assert not stakeholders_figure(told).data


def test_the_marks_of_the_picture_are_the_weights_and_its_text_says_them() -> None:
    drawn = weight_sets_figure(SUPPORT)
    marks = {trace.name: list(trace.x) for trace in drawn.data if trace.type == "scatter"}
    for one in SUPPORT.sets:
        at = [one.evaluation.tree.at(path) for path in one.evaluation.tree.top]
        assert marks[one.stakeholder] == pytest.approx(list(one.evaluation.tree.weights[at]))
    assert marks["agreed"] == pytest.approx([0.3, 0.3, 0.2, 0.1, 0.1])
    assert len({trace.marker.symbol for trace in drawn.data if trace.type == "scatter"}) == 4
    assert re.search(
        r"Finance: Expertise 22\.6\u00a0%, Cost structure 49\u00a0%", drawn.layout.meta["alt"]
    )


def test_a_hostile_stakeholder_is_shown_as_text() -> None:
    name = "<img src=x onerror=alert(1)>"
    said = {"direct": {"a": 1.0, "b": 3.0}}
    offers = proposals({"A": {"a": 90, "b": 10}, "B": {"a": 10, "b": 20}})
    told = elicited(evaluate(rules({"a": 1, "b": 1}), offers), judged(**{name: said, "y": said}))
    for shown in (judgements_table, weight_sets_table, stakeholders_ranks_table):
        assert "<img" not in shown(told).markup
    for drawn in (weight_sets_figure(told), stakeholders_figure(told)):
        names = [t.name for t in drawn.data if t.name] + list(drawn.layout.xaxis.ticktext or ())
        assert names
        assert not any("<img" in shown for shown in names)
