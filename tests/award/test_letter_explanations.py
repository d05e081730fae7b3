"""What letters say of an answer: what was entered, what counted, and what was corrected."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.awards import AWARD, RULES, TABLE, awarded, documents, letters
from vendor_eval.award.account import assessed
from vendor_eval.award.letter_case import exclusion_reasons
from vendor_eval.award.published_scales import WORDS
from vendor_eval.rules.values.function import VALUE_FUNCTIONS
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


@pytest.fixture(scope="module")
def support(data: Path) -> Tender:
    return read(data / "customer-support")


def said(tender: Tender, vendor: str, path: str) -> str:
    """What a vendor reads of its answer on a criterion."""
    every = assessed(tender, tender.evaluation, vendor, whose="your")
    return next(each.explanation for each in every if each.path == path)


# The cells as the workbooks of data/customer-support hold them: "10..14" in E8, "76..80..83" in E6.
@pytest.mark.parametrize(
    ("vendor", "path", "answered", "counted"),
    [
        (
            "Dorado Dialogue",
            "expertise.transition",
            "you answered 10 weeks to 14 weeks (your workbook, Answers E8)",
            "we counted the middle, 12 weeks, which scores 70.0 out of 100.",
        ),
        (
            "Borealis Contact",
            "expertise.first_contact",
            "you answered 76 % to 83 % (your workbook, Answers E6)",
            "we counted the likely value, 80 %, which scores 83.3 out of 100.",
        ),
        (
            "Cygnus Assist",
            "security.open_findings",
            "you gave no answer (your workbook, Answers E9)",
            "by the rules, a blank answer counts as the worst and scores 0.0 out of 100.",
        ),
    ],
)
def test_a_range_and_a_blank_are_stated_as_entered_with_the_rule_that_counts_them(
    support: Tender, vendor: str, path: str, answered: str, counted: str
) -> None:
    assert said(support, vendor, path).endswith(f": {answered}; {counted}")


def test_a_figure_that_is_calculated_from_cells_is_not_stated_as_their_content(
    support: Tender,
) -> None:
    assert "28 % (calculated from your workbook, Workforce E6) scores 65.3 out of 100" in said(
        support, "Dorado Dialogue", "expertise.attrition"
    )


def test_an_undecided_gate_states_why_the_cells_do_not_decide_it(support: Tender) -> None:
    [reason] = exclusion_reasons(support.evaluation, "Eridanus Support")
    assert "this could not be decided: Certificates D7 does not decide the sites" in reason
    assert "no answer" not in reason
    assert ".xlsx" not in reason


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 40), st.integers(1, 30), st.integers(1, 30))
def test_every_range_names_both_ends_and_what_counted(
    tmp_path_factory: pytest.TempPathFactory, low: int, to_likely: int, to_high: int
) -> None:
    likely, high = low + to_likely, low + to_likely + to_high
    folder = tmp_path_factory.mktemp("ranges")
    table = TABLE.replace("71,62", f"{low}..{likely}..{high},{low}..{high}")
    tender = read(awarded(folder / "f", table=table))
    ends = f"you answered {low} points to {high} points (your tender)"
    assert f"{ends}; we counted the likely value, {likely} points," in said(
        tender, "Al", "quality.team"
    )
    middle = f"{(low + high) / 2:g}"
    assert f"{ends}; we counted the middle, {middle} points," in said(tender, "Al", "quality.plan")


def test_a_correction_stands_with_both_texts_its_day_and_its_ground(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", table=TABLE.replace("71,62", "71,50..70"))
    entry = (
        "- {kind: correction, vendor: Al, at: proposals.csv!Al!plan, found: 50..70, value: 62, "
        "ground: arithmetic, calculation: 70 - 8, by: Ann, approved_by: Bob, on: 2026-11-25, "
        "reason: As Al confirmed}\n"
    )
    (folder / "decisions.yaml").write_text(AWARD.format("Alder") + entry, "utf-8")
    text = letters(documents(folder))["Al"]
    assert "62 points (your tender, as corrected) scores 62.0 out of 100." in text
    corrected = "from “50..70” to “62” on Wed 25 Nov 2026; ground: the sum is wrong."
    assert corrected in text
    assert corrected not in letters(documents(folder))["Birch"]


def test_the_scale_states_what_a_blank_answer_scores(tmp_path: Path) -> None:
    rules = RULES.replace("answer: plan,", "answer: plan, missing: worst,")
    folder = awarded(tmp_path / "f", rules=rules, table=TABLE.replace("71,62", "71,"))
    text = letters(documents(folder))["Al"]
    assert "Plan: you gave no answer (your tender); by the rules, a blank answer" in text
    assert text.count("no answer: 0 points") == 1


def test_every_value_function_of_the_package_has_words_for_letters() -> None:
    assert set(WORDS) == set(VALUE_FUNCTIONS)


# Each by its formula in docs/how-a-ranking-is-made.md, at its ends.
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("identity", "the answer counts directly as points (0 to 100)"),
        (
            "{linear: {worst: 0, best: 90}}",
            "0 points: 0 points; 90 points: 100; in proportion between",
        ),
        (
            "{piecewise: {points: [[15, 100], [30, 60], [60, 0]]}}",
            "15 points: 100 points; 30 points: 60; 60 points: 0; in proportion between",
        ),
        (
            "{steps: {below: 100, at_least: [[9, 70], [17, 0]]}}",
            "under 9 points: 100 points; 9 points or more: 70; 17 points or more: 0",
        ),
        ("this_over_highest", "100 points × your answer / the highest"),
        (
            "{linear_range: {direction: max}}",
            "the lowest answer of all bids: 0 points; the highest: 100; in proportion between",
        ),
        (
            "{mean_based: {direction: max, points_per_percent: 2}}",
            "50 points at the mean of all bids; 2 points more for each per cent above it",
        ),
    ],
)
def test_a_scale_is_stated_in_words(value: str, words: str, tmp_path: Path) -> None:
    rules = RULES.replace("answer: plan, value: identity", f"answer: plan, value: {value}")
    assert f"Plan | {words} |" in letters(documents(awarded(tmp_path / "f", rules=rules)))["Al"]
