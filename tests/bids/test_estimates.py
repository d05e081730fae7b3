"""A number or range is read once, where it is typed, and stays what it is to the simulation."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import vendor_eval as ve
from make.builders import rules
from make.response_books import fill, saved
from vendor_eval.analysis.simulation.answers import Ranges, uncertain
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.bids.table import read_answers_file
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measures import answered
from vendor_eval.outputs.scorecard.plan import planned
from vendor_eval.outputs.template.template import workbook
from vendor_eval.rules.estimates import Estimate, span
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.request import questionnaire
from vendor_eval.wording import plain

COLUMNS = ("a", "b", "c", "d", "e")
GRAPH = {"linear": {"worst": -1e9, "best": 1e9}}
RULES = rules(dict.fromkeys(COLUMNS, (1, GRAPH)))
WORKBOOK = saved(workbook(questionnaire(RULES), RULES))


@st.composite
def estimates(draw: st.DrawFn) -> tuple[Estimate, float | str]:
    """A number, a range or a range with a likely number, ends equal or not, and how it is typed.

    Two decimals, since a workbook's 1.234 may mean a thousand times as much.
    """
    numbers = draw(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=3))
    again = draw(st.integers(0, 2))
    parts = [n / 100 for n in sorted([*numbers, *numbers[:1] * again][:3])]
    text = "..".join(map(plain, parts))
    likely = parts[1] if len(parts) == 3 else None
    given = span(parts[0], likely, parts[-1], text)
    as_number = len(parts) == 1 and draw(st.booleans())
    return given, parts[0] if as_number else text


def simulated(typed: Rules, bids: Proposals, vendor: str, column: str) -> Estimate:
    """What the simulation draws one answer from."""
    performance, row = evaluate(typed, bids).performance[column], bids.rows[vendor]
    low, likely, high = (
        float(ends[row]) for ends in (performance.low, performance.likely, performance.high)
    )
    if low < high:
        ranges = Ranges.of(performance, np.array([row]))
        assert (ranges.low[0], ranges.high[0]) == (low, high)
        assert ranges.peak[0, 0] == (likely / 2 - low / 2) / (high / 2 - low / 2)
        assert ranges.peaked[0] == performance.peaked[row]
    return Estimate(low, likely, high, bool(performance.peaked[row]), performance.answers[row])


@given(st.lists(estimates(), min_size=5, max_size=5))
def test_what_a_table_says_is_what_the_simulation_draws_from(
    drawn: list[tuple[Estimate, float | str]],
) -> None:
    row = ",".join(each.text for each, _ in drawn)
    document = f"vendor,{','.join(COLUMNS)}\nBeta,{row}\n"
    bids, faults = read_answers_file(document.encode(), RULES, "vendor")
    assert bids is not None
    assert faults == []
    for column, (each, _) in zip(COLUMNS, drawn, strict=True):
        assert bids.estimates["Beta", column] == each
        assert simulated(RULES, bids, "Beta", column) == each


@settings(max_examples=30, deadline=None)
@given(st.lists(estimates(), min_size=5, max_size=5))
def test_what_a_workbook_says_is_what_the_simulation_draws_from(
    drawn: list[tuple[Estimate, float | str]],
) -> None:
    asked = questionnaire(RULES)
    typed = dict(zip(COLUMNS, (entered for _, entered in drawn), strict=True))
    book = fill(load_workbook(io.BytesIO(WORKBOOK)), asked, "Beta", {"answers": typed}, {})
    read, faults = response(saved(book), "Beta.xlsx", asked)
    assert read is not None
    assert faults == []
    bids = answered(RULES, facts_of(RULES, [read]))
    for column, (each, _) in zip(COLUMNS, drawn, strict=True):
        assert bids.estimates["Beta", column] == each
        assert simulated(RULES, bids, "Beta", column) == each


def test_an_answer_that_is_changed_is_read_anew() -> None:
    before = proposals({"X": {"a": "1..2..4"}})
    changed = before.answers.copy()
    changed.loc["X", "a"] = "7"
    assert Proposals(changed, "proposals", estimates=before.estimates).estimates == {
        ("X", "a"): span(7, None, 7, "7")
    }


@pytest.mark.parametrize("typed", ["5", "5..5", "5..5..5", "5 .. 5"])
def test_a_range_between_equal_ends_is_a_certain_number_everywhere(typed: str) -> None:
    gate = {"id": "g", "label": "G", "answer": "a", "rule": {"at_least": 6}}
    by_rules = rules({"a": (1, "identity")}, gates=(gate,))
    bids = proposals({"X": {"a": typed}, "Y": {"a": "20..60"}, "Z": {"a": "8"}})
    evaluation = evaluate(by_rules, bids)
    assert evaluation.screening.passages["X"]["g"].found == 5.0
    assert not evaluation.performance["a"].peaked.any()

    free = rules({"a": (1, "identity")})
    result = ve.evaluate(free, bids)
    assert [doubt.vendors.tolist() for doubt in uncertain(result.evaluation).doubts] == [[0]]
    assert {question.vendor for question in open_answers(result.evaluation)} == {"Y"}
    alone = evaluate(free, proposals({"X": {"a": typed}, "Z": {"a": "8"}}))
    assert planned(alone).ends == {}
