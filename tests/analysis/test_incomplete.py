"""One vendor's fault stops that vendor, never the others, and is asked about before an award."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from make.builders import assessed, rules
from make.incomplete import ROWS, folder
from vendor_eval.analysis import incomplete
from vendor_eval.analysis.incomplete import open_entries, rank_range
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry, stopped
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.results import results_json
from vendor_eval.report.summary import summary_of
from vendor_eval.tender.folder import read

BAD = st.sampled_from(["x", "1,5", "5 %", "101", "NaN", "6..5", "h\u202ei"])


def results(at: Path) -> dict[str, Any]:
    """What `results.json` says of a folder."""
    case = read(at)
    found = results_json(case, case.evaluate(draws=300))
    return dict(json.loads(found))


def without(told: Any, vendor: str) -> str:
    """Results but for the files' hash, one vendor's own part and what says what is open."""
    told.pop("inputs_hash")
    told["vendors"].pop(vendor, None)
    told["warnings"] = [line for line in told["warnings"] if vendor not in line]
    for key in ("open", "sentence", "verdict"):
        told["recommendation"].pop(key)
    return json.dumps(told)


# one failing draw says enough: each shrinking step would be two whole assessments
@settings(max_examples=15, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(
    scores=st.lists(st.integers(0, 100), min_size=2, max_size=4),
    bad=BAD,
    column=st.sampled_from([0, 1]),
    name=st.sampled_from(["0", "Zz", "Bb"]),
)
def test_with_absolute_scales_an_incomplete_vendor_moves_no_byte_of_the_others(
    tmp_path_factory: pytest.TempPathFactory, scores: list[int], bad: str, column: int, name: str
) -> None:
    assume(column == 0 or bad != "101")  # which is a cost like any other
    at = tmp_path_factory.mktemp("folder")
    rows = {f"V{n}": f"{score},40,EU" for n, score in enumerate(scores)}
    others = results(folder(at, rows))
    cells = ["80", "20", "EU"]
    cells[column] = f'"{bad}"'
    together = results(folder(at, rows | {name: ",".join(cells)}))
    assert together["vendors"][name]["status"] == "incomplete"
    assert together["vendors"][name]["faults"]
    open_, verdict = (together["recommendation"][key] for key in ("open", "verdict"))
    assert verdict == ("open" if open_ else others["recommendation"]["verdict"])
    assert without(together, name) == without(others, name)


@pytest.mark.parametrize(
    ("row", "ranks", "stands_open"),
    [
        ("x,40,EU", [1, 4], True),  # 30 to 80 points
        ("x,95,EU", [4, 4], False),  # 2.5 to 52.5
        ("65,x,EU", [1, 4], True),  # 32.5 to 82.5
        ("10,x,EU", [3, 4], False),  # 5 to 55, level with C
        ("x,x,EU", [1, 4], True),  # 0 to 100
        ("70,40", [1, 4], True),  # a row too short: nothing of it can be trusted
    ],
)
def test_faulty_answers_are_worth_anything_from_nothing_to_everything(
    tmp_path: Path, row: str, ranks: list[int], stands_open: bool
) -> None:
    told = results(folder(tmp_path, {**ROWS, "D": row}))
    assert told["vendors"]["D"]["rank_range"] == ranks
    assert [entry["vendor"] for entry in told["recommendation"]["open"]] == ["D"] * stands_open
    assert told["ranking"] == ["A", "B", "C"]
    assert told["vendors"]["A"]["rank_range"] is None


def test_a_fault_that_could_change_who_is_first_is_the_headline(tmp_path: Path) -> None:
    # the buyer filled in the table: a fault in it is the buyer's to settle, a blank the vendor's
    case = read(folder(tmp_path, {**ROWS, "D": "x,40,EU"}))
    assessment = case.evaluate(draws=300)
    assert sentence(assessment) == (
        "Open: we must settle the bid of D first. "
        "Until then A, for \u20ac40, is first, 65.0 to 60.0."
    )
    [entry] = assessment.recommendation.open
    assert (entry.kind, entry.about, entry.to) == ("fault", ("proposals.csv!D!q",), ("D",))
    assert open_entry(assessment, entry) == "The bid of D holds 1 fault; D could be first."
    assert "1 of 4 vendors incomplete: D (1 fault; could be 1st to 4th)" in (
        summary_of(assessment).unknown
    )
    case = read(folder(tmp_path, {**ROWS, "D": ",40,EU"}))
    assert sentence(case.evaluate(draws=300)).startswith("Open: D must answer first. ")


def test_a_needed_blank_is_a_question_and_a_failed_gate_comes_before_any_fault(
    tmp_path: Path,
) -> None:
    told = results(folder(tmp_path, {**ROWS, "D": ",10,EU", "E": "x,10,US", "F": "x,10,"}))
    vendors = told["vendors"]
    assert [vendors[v]["status"] for v in "DEF"] == ["incomplete", "excluded", "incomplete"]
    [question] = vendors["D"]["faults"]
    assert question == {
        "place": "proposals.csv!D!q",
        "found": "blank: 'Q'",
        "allowed": "an answer",
        "vendor": "D",
        "audience": "vendor",
        "severity": "question",
    }
    assert [fault["severity"] for fault in vendors["E"]["faults"]] == ["fault"]
    kinds = [(e["vendor"], e["kind"], e["about"]) for e in told["recommendation"]["open"]]
    assert kinds == [
        ("D", "question", ["proposals.csv!D!q"]),
        ("F", "fault", ["proposals.csv!F!q"]),
        ("F", "gate", ["law"]),
    ]


def test_a_relative_function_that_reads_a_fault_leaves_everything_open() -> None:
    typed = rules({"p": (1, "lowest_over_this"), "q": 0})
    offers = {"A": {"p": 10, "q": 50}, "B": {"p": 90, "q": 50}, "C": {"p": 0, "q": 50}}
    found = assessed(offers, typed, draws=50)
    assert found.evaluation.faults["C"][0].allowed == "above 0"
    assert rank_range(found.evaluation, "C") == (1, 3)
    [entry] = found.recommendation.open
    assert (entry.vendor, entry.to) == ("C", ())
    # where the leaf that is compared can be read, the others are measured with it
    offers["C"] = {"p": 5, "q": "x"}
    assert rank_range(evaluate(typed, proposals(offers)), "C") == (1, 1)
    assert evaluate(typed, proposals(offers)).values.loc["A", "p"] == 1.0


def test_two_incomplete_vendors_are_looked_at_together_where_neither_alone_changes_a_thing() -> (
    None
):
    """A price earns 50 points, and 1 for each per cent below the mean; quality counts as much.

    Between A and B the prices are worth 3000 / mean points to A, quality 20 to B. The mean is 115
    (26.1), with C or D 143.3 (20.9), with both 157.5 (19.0): only then is B first.
    """
    mean = {"mean_based": {"direction": "min", "points_per_percent": 1}}
    typed = rules({"p": (1, mean), "q": 1})
    offers = {"A": {"p": 100, "q": 80}, "B": {"p": 130, "q": 100}}
    late = {"C": {"p": 200, "q": "x"}, "D": {"p": 200, "q": "x"}}
    for vendor, offer in late.items():
        assert assessed(offers | {vendor: offer}, typed, draws=50).recommendation.open == ()
    found = assessed(offers | late, typed, draws=50).recommendation
    assert found.vendor == "A"
    assert [(entry.vendor, entry.to) for entry in found.open] == [("C", ("B",)), ("D", ("B",))]


@settings(max_examples=40, deadline=None)
@given(
    typed=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=4),
    worth=st.integers(0, 100),
)
def test_no_answer_that_a_fault_could_stand_for_leaves_its_range_or_turns_a_closed_award(
    typed: list[tuple[int, int]], worth: int
) -> None:
    ruled = rules({"a": 2, "b": 1}, price="a")
    offers: dict[str, dict[str, Any]] = {
        f"V{n}": {"a": a, "b": b} for n, (a, b) in enumerate(typed)
    }
    faulty = assessed(offers | {"V0": {"a": typed[0][0], "b": "x"}}, ruled, draws=20)
    best, worst = rank_range(faulty.evaluation, "V0") or (0, 0)
    settled = evaluate(ruled, proposals(offers | {"V0": {"a": typed[0][0], "b": worth}}))
    assert best <= settled.ranks["V0"] <= worst
    if not faulty.recommendation.open:
        first = set(faulty.evaluation.leaders)
        assert set(settled.leaders) == first


def test_a_rank_range_counts_every_vendor_that_may_still_become_eligible(tmp_path: Path) -> None:
    rows = {"A": "70,40,EU", "B": "x,40,EU", "C": "60,x,EU", "D": "90,30,", "E": "9,9,US"}
    told = results(folder(tmp_path, rows))["vendors"]
    assert told["B"]["rank_range"] == [1, 4]  # 30 to 80 points; A 65, C 30 to 80, D 80
    assert told["C"]["rank_range"] == [1, 4]
    nobody = {v: row for v, row in rows.items() if v in "BC"}
    told = results(folder(tmp_path, nobody))["vendors"]
    assert [told[v]["rank_range"] for v in "BC"] == [[1, 2], [1, 2]]


def test_an_incomplete_and_an_undecided_vendor_are_tried_together(tmp_path: Path) -> None:
    """A stub stands for relative scales, on which only both of them change who is first."""
    case = read(folder(tmp_path, {**ROWS, "D": "x,95,EU", "E": "10,95,"}))
    evaluation = evaluate(case.rules, case.proposals)
    asked = open_answers(evaluation)
    assert open_entries(evaluation, asked) == ()
    original = incomplete._could_lead

    def together(found: Evaluation, entering: Sequence[str]) -> tuple[str, ...] | None:
        return ("B",) if set(entering) == {"D", "E"} else original(found, entering)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incomplete, "_could_lead", together)
        entries = open_entries(evaluation, asked)
    assert [(e.vendor, e.kind, e.to) for e in entries] == [
        ("D", "fault", ("B",)),
        ("E", "gate", ("B",)),
    ]


def test_one_choice_that_several_cells_leave_open_is_one_needed_answer(tmp_path: Path) -> None:
    case = read(folder(tmp_path, ROWS))
    evaluation = evaluate(case.rules, case.proposals)
    asked = [
        Fault(f"A.xlsx!P!M{n}", "blank", "A", "vendor", "question", ("price_lines.tier_prices",))
        for n in (6, 7, 8)
    ]
    stopped_one = replace(evaluation, faults={"A": tuple(asked)})
    assert stopped(stopped_one, "A") == "1 answer needed"
