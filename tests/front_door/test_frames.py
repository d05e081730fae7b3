"""`evaluate` and `from_skcriteria`: rules and bids held in memory count as their files would."""

import math
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from skcriteria import mkdm

import vendor_eval as ve
from make import ROOT

TABLES = ("gsa-help-desk", "time-attendance-software")
RULES = {
    "title": "Payroll 2027",
    "decision": "Who runs payroll?",
    "currency": "EUR",
    "price": "cost",
    "criteria": [
        {
            "id": "cost",
            "label": "Cost",
            "weight": 40,
            "answer": "cost",
            "value": {"linear": {"worst": 900, "best": 500}},
        },
        {
            "id": "grade",
            "label": "Grade",
            "weight": 60,
            "answer": "grade",
            "value": {"levels": {"1": 0, "2": 50, "3": 100}},
        },
    ],
}


def bids(**columns: list[Any]) -> pd.DataFrame:
    """Three bids, some of their columns other ones."""
    shown: dict[str, Any] = {"cost": [640, 580.5, 610], "grade": ["3", "2", "1"]}
    return pd.DataFrame(shown | columns, index=["Alder", "Birch", "Cedar"])


@pytest.mark.parametrize("name", TABLES)
def test_a_dictionary_and_a_frame_count_as_the_files_they_stand_for(name: str) -> None:
    folder = ROOT / "data" / name
    rules = YAML(typ="safe").load((folder / "evaluation.yaml").read_text("utf-8"))
    frame = pd.read_csv(folder / "proposals.csv")
    of_folder = ve.read(folder).evaluate(draws=200).to_frame()
    assert ve.evaluate(rules, frame, draws=200).to_frame().equals(of_folder)
    paths = folder / "evaluation.yaml", str(folder / "proposals.csv")
    assert ve.evaluate(*paths, draws=200).to_frame().equals(of_folder)


@pytest.mark.parametrize("blank", [None, math.nan, pd.NA, pd.NaT, ""])
def test_a_blank_of_any_kind_is_an_answer_that_was_not_given(blank: object) -> None:
    result = ve.evaluate(RULES, bids(grade=["3", blank, "1"]), draws=10)
    assert result.to_frame().loc["Birch", "status"] == "incomplete"
    [fault] = result.tender.vendor_faults["Birch"]
    assert str(fault) == "bids!Birch!grade: blank: 'Grade'; allowed: an answer"


def test_whole_numbers_stay_whole_though_a_blank_made_floats_of_their_column() -> None:
    result = ve.evaluate(RULES, bids(grade=[3.0, math.nan, 1.0]), draws=10)
    assert result.to_frame().loc["Alder", "grade"] == 100


@given(cost=st.floats(1e-9, 1e9), of=st.sampled_from([float, np.float64, np.float32]))
@settings(max_examples=40)
def test_a_number_of_a_frame_is_read_to_its_last_digit(cost: float, of: type) -> None:
    frame = bids(cost=[of(cost), 1, 2])
    result = ve.evaluate(RULES, frame.astype({"cost": object}), draws=10)
    assert result.evaluation.price("Alder") == float(of(cost))


def test_what_no_table_holds_is_a_fault_at_its_cell() -> None:
    with pytest.raises(ve.InputFaults) as caught:
        ve.evaluate(RULES, bids(cost=[640, [580], True]))
    assert str(caught.value).splitlines() == [
        f"bids.iloc[{row}]['cost']: found {what}; allowed: a number, text such as 'yes', a date, "
        "or a blank"
        for row, what in ((1, "a list"), (2, "True"))
    ]


def test_rows_that_are_only_numbered_name_no_vendor() -> None:
    with pytest.raises(ve.InputFaults, match=r"^bids: found no column 'vendor' and an index that"):
        ve.evaluate(RULES, bids().reset_index(drop=True))
    named = bids().rename_axis("vendor").reset_index()
    assert ve.evaluate(RULES, named, draws=10).scores.equals(
        ve.evaluate(RULES, bids(), draws=10).scores
    )


def test_faults_of_rules_and_of_bids_are_reported_at_once() -> None:
    wrong = {**RULES, "currency": "euro"}
    with pytest.raises(ve.InputFaults) as caught:
        ve.evaluate(wrong, bids(cost=[[], 1, 2]))
    places = [fault.place for fault in caught.value.faults]
    assert places == ["rules['currency']", "bids.iloc[0]['cost']"]


@pytest.mark.parametrize(
    "day", [date(2027, 3, 1), pd.Timestamp(2027, 3, 1), np.datetime64("2027-03-01")]
)
def test_a_day_is_written_as_a_day(day: Any) -> None:
    frame = bids().assign(valid=pd.Series([day] * 3, index=bids().index, dtype=object))
    result = ve.evaluate(RULES, frame, draws=10)
    assert result.tender.proposals.answers.at["Alder", "valid"] == "2027-03-01"


def test_a_frame_without_a_column_that_the_rules_read_is_refused() -> None:
    with pytest.raises(ve.InputFaults, match=r"bids\.columns: found no column 'grade'"):
        ve.evaluate(RULES, bids().drop(columns="grade"))


def test_a_vendor_named_twice_is_incomplete_and_both_rows_are_named() -> None:
    frame = bids().set_axis(["Alder", "Birch", "ALDER"])
    result = ve.evaluate(RULES, frame, draws=10)
    [fault] = [f for f in result.tender.vendor_faults["Alder"] if "again" in f.message]
    assert fault.place == "bids.iloc[2]"
    # a frame has rows and no lines, and decisions are kept in a folder
    assert fault.found == "found the vendor 'ALDER' again, after 'Alder' at bids.iloc[0]"
    assert str(fault.allowed).endswith(
        "'two_vendors' in decisions.yaml of an evaluation folder that says which line stands, as "
        "bids.iloc[2]"
    )


@pytest.mark.parametrize(
    ("folder", "shown"), [("", "an empty text"), (None, "a NoneType"), (3, "a int")]
)
def test_what_is_no_path_is_a_fault_and_never_the_working_directory(
    folder: Any, shown: str
) -> None:
    with pytest.raises(ve.InputFaults, match=f"folder: found {shown}; allowed: the path of an "):
        ve.read(folder)


def test_a_table_without_a_column_that_the_rules_read_names_those_it_has() -> None:
    frame = bids().rename(columns={"grade": "q"})
    with pytest.raises(ve.InputFaults, match=r"the columns are 'vendor', 'cost' and 'q'"):
        ve.evaluate(RULES, frame[["cost", "q"]])


def test_faults_of_a_dictionary_stand_at_their_keys() -> None:
    wrong = {**RULES, "criteria": [{**RULES["criteria"][0], "weight": -1}], "methods": ["topsys"]}
    with pytest.raises(ve.InputFaults) as caught:
        ve.evaluate(wrong, bids())
    places = {fault.place for fault in caught.value.faults}
    assert places == {"rules['criteria'][0]['weight']", "rules['methods'][0]"}


def test_a_missing_file_and_a_wrong_kind_are_faults_with_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(ve.InputFaults, match=r"rules .*none\.yaml: cannot be read"):
        ve.evaluate(tmp_path / "none.yaml", bids())
    with pytest.raises(ve.InputFaults, match="bids: found a int; allowed: a DataFrame, or the"):
        ve.evaluate(RULES, 3)  # type: ignore[arg-type]


numbers = st.one_of(st.integers(-5, 5).map(float), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))


@st.composite
def matrices(draw: st.DrawFn) -> Any:
    """Decision matrices, the first criterion to be minimised."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(numbers, min_size=m, max_size=m), min_size=n, max_size=n))
    senses = [
        "min",
        *draw(st.lists(st.sampled_from(["min", "max"]), min_size=m - 1, max_size=m - 1)),
    ]
    weights = draw(st.lists(st.floats(0.1, 10), min_size=m, max_size=m))
    names = [f"Criterion {k}" for k in range(m)]
    alternatives = [f"Vendor {k}" for k in range(n)]
    return mkdm(rows, senses, weights=weights, criteria=names, alternatives=alternatives)


@given(matrix=matrices())
@settings(max_examples=25)
def test_a_decision_matrix_comes_back_as_it_went_in(matrix: Any) -> None:
    result = ve.from_skcriteria(matrix, price="Criterion 0", draws=10)
    back = result.to_skcriteria()
    order = list(matrix.alternatives)
    assert (
        back.matrix.loc[order].to_numpy().tolist()
        == matrix.matrix.astype(float).to_numpy().tolist()
    )
    assert back.iobjectives.tolist() == matrix.iobjectives.tolist()
    shares = matrix.weights / matrix.weights.sum()
    assert back.weights.tolist() == pytest.approx(shares.tolist())


@given(matrix=matrices())
@settings(max_examples=25)
def test_a_decision_matrix_is_scored_by_weighted_positions_between_worst_and_best(
    matrix: Any,
) -> None:
    scores = ve.from_skcriteria(matrix, price="Criterion 0", draws=10).scores
    values = matrix.matrix.to_numpy(dtype=float) * matrix.iobjectives.to_numpy()
    low, high = values.min(axis=0), values.max(axis=0)
    spread = np.where(high > low, high - low, 1.0)
    between = np.where(high > low, (values - low) / spread, 1.0)
    weights = matrix.weights.to_numpy() / matrix.weights.sum()
    expected = dict(zip(matrix.alternatives, 100 * between @ weights, strict=True))
    assert scores.to_dict() == pytest.approx(expected, abs=1e-6)


def test_which_criterion_holds_the_price_is_asked_where_it_cannot_be_known() -> None:
    matrix = mkdm([[1, 2], [2, 1]], ["min", "min"], criteria=["cost", "days"])
    with pytest.raises(ve.VendorEvalError, match=r"price=NAME, one of 'cost' or 'days'"):
        ve.from_skcriteria(matrix)
    with pytest.raises(ve.VendorEvalError, match="did you mean 'cost'"):
        ve.from_skcriteria(matrix, price="costs")
    with pytest.raises(ve.VendorEvalError, match=r"matrix: found a DataFrame; allowed: a Decision"):
        ve.from_skcriteria(bids())


def test_nobody_eligible_makes_no_matrix() -> None:
    frame = bids(grade=[None, None, None])
    with pytest.raises(ve.VendorEvalError, match="found no eligible vendor"):
        ve.evaluate(RULES, frame, draws=10).to_skcriteria()
