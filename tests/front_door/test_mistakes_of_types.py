"""Arguments of the wrong type, and a mistyped folder, are named with what is allowed."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import vendor_eval as ve
from make.builders import assessed, rules

BIDS = {"A": {"cost": 60, "q": 50}, "B": {"cost": 50, "q": 70}}


def test_weights_may_stand_in_a_series_as_they_are_shown() -> None:
    result = assessed(BIDS, rules({"cost": 1, "q": 3}))
    same = result.what_if(weights=result.weights)
    assert same.scores.to_dict() == result.scores.to_dict()
    other = result.what_if(weights=pd.Series({"cost": 1.0}))
    assert other.scores.to_dict() == {"A": 60.0, "B": 50.0}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"weights": [0.5]}, "weights: found <list of 1>; allowed: a dictionary or a Series"),
        ({"without": 3}, "without: found 3; allowed: a name or a list"),
        ({"gates_off": True}, "gates_off: found True; allowed: a name or a list"),
    ],
)
def test_what_is_no_dictionary_and_no_name_is_refused(options: Any, said: str) -> None:
    with pytest.raises(ve.VendorEvalError, match=said):
        assessed(BIDS, rules({"cost": 1, "q": 3})).what_if(**options)


def test_the_card_of_a_trial_says_what_it_changes() -> None:
    three = {**BIDS, "C": {"cost": 10, "q": 10}}
    trial = assessed(three, rules({"cost": 1, "q": 3})).what_if(weights={"q": 0.5}, without="C")
    assert "q at 0.5; without C (a trial, which changes no result)" in trial._repr_html_()


def test_a_card_of_many_vendors_counts_those_it_leaves_out() -> None:
    many = {f"V{n:02}": {"cost": n, "q": n} for n in range(11)}
    card = assessed(many, rules({"cost": 1, "q": 3}))._repr_html_()
    assert "3 more vendors, in to_frame()" in card


def test_a_mistyped_folder_names_the_nearest_and_a_file_the_folder_that_is_wanted(
    tmp_path: Path,
) -> None:
    (tmp_path / "payroll").mkdir()
    with pytest.raises(ve.InputFaults, match="no such folder; did you mean 'payroll'"):
        ve.read(tmp_path / "payrol")
    (tmp_path / "evaluation.yaml").touch()
    with pytest.raises(ve.InputFaults, match="is a file; allowed: the folder that holds"):
        ve.read(tmp_path / "evaluation.yaml")
