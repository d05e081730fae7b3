"""Rules of two envelopes: what each of them holds of summed prices and of knock-outs."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from make.envelopes import envelope_rules
from vendor_eval.errors import InputFaults
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.stage import stage_rules
from vendor_eval.tender.folder import read_rules


def branched_rules(place: Path, *first: str) -> Rules:
    """Rules that knock a branch of both judged leaves out, with these in the first envelope."""
    judged, last = ("quality.approach", "quality.security"), ["cost"]
    last += [path for path in judged if path not in first and "quality" not in first]
    typed = envelope_rules(knock_out={"criterion": "quality", "below": 10})
    approach, security, cost = typed["criteria"]
    branch = {"id": "quality", "label": "Quality", "weight": 60, "criteria": [approach, security]}
    typed["criteria"] = [branch, cost]
    typed["envelopes"][0]["criteria"], typed["envelopes"][1]["criteria"] = [*first], last
    for evaluator in typed["panel"]["evaluators"]:
        evaluator["criteria"] = ["quality"]
    with (place / "evaluation.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(typed, file)
    return read_rules(place)


def test_a_branch_is_knocked_out_where_all_its_leaves_are_in_one_envelope(tmp_path: Path) -> None:
    for first in (["quality"], ["quality.approach", "quality.security"]):
        assert stage_rules(branched_rules(tmp_path, *first), "quality").knock_out
    with pytest.raises(InputFaults, match="'quality' is not all in one envelope"):
        branched_rules(tmp_path, "quality.approach")


def summed_rules(place: Path, **more: Any) -> Rules:
    """Rules of two envelopes whose price is a fee and a monthly payment, as read from a file."""
    typed = envelope_rules(price={"sum": [{"answer": "fee"}, {"answer": "monthly"}]}, **more)
    for criterion in typed["criteria"]:
        if criterion["id"] == "cost":
            criterion["answer"] = "price"
    with (place / "evaluation.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(typed, file)
    return read_rules(place)


def test_the_parts_of_a_summed_price_are_asked_in_the_last_envelope_alone(tmp_path: Path) -> None:
    cap = {"id": "cap", "label": "Cap", "answer": "fee", "rule": {"at_most": 100}}
    rules = summed_rules(tmp_path, gates=[cap])
    first, last = (stage_rules(rules, id) for id in ("quality", "price"))
    assert not {"fee", "monthly"} & {*first.answers, *first.columns}
    assert {"fee", "monthly"} <= {*last.answers}
    assert [gate.id for gate in last.gates] == ["cap"]
    assert "cap" not in [gate.id for gate in first.gates]


def test_a_summed_price_in_the_first_envelope_is_a_fault(tmp_path: Path) -> None:
    envelopes = [
        {"id": "quality", "criteria": ["approach", "cost"]},
        {"id": "price", "criteria": ["security"]},
    ]
    with pytest.raises(InputFaults, match="holds 'cost', the price; allowed: in the last"):
        summed_rules(tmp_path, envelopes=envelopes)
