"""The commercial terms in evaluation.yaml: read as typed, and every contradiction with its line."""

import re
from pathlib import Path
from typing import Any

import pytest

from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.measures import CostMeasure
from vendor_eval.measures.measure import MEASURES
from vendor_eval.outputs.catalogue import ACROSS_LINES
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.rules.commercial import Commercial
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read_rules

RULES = """\
title: Helpdesk
decision: Who answers?
currency: EUR
price: total_cost
criteria:
  - {id: cost, label: Cost, weight: 1, measure: total_cost,
     value: {linear: {worst: 9000000, best: 5000000}}}
"""
COMMERCIAL = """\
commercial:
  months: 36
  money: present_value
  timing: mid
  discount: {rate: 0.06, money: nominal}
  inflation: {EUR: 0.02, PLN: 0.04}
  exchange:
    PLN: {rate: 0.2345, as_of: 2026-11-20, source: European Central Bank reference rate}
  indexation:
    PLN: {labour: 0.05}
  volumes:
    base: {monthly: 40000, growth: 0.03}
    low: {by_year: [36000, 34000, 32000]}
  forecast: base
  staffing: workload
  hours_per_transaction: 0.15
  own_costs:
    retained: {label: Retained organisation, amount: 20000, paid: monthly,
               first_month: 1, last_month: 36, indexation: 0.03}
    travel: {label: Travel, amount: 9000, paid: once, first_month: 0, countries: [IN]}
  double_running: 2
  credits_subtracted: 0.1
  baseline: {fixed_a_month: 90000, a_transaction: 4.5, indexation: 0.03, source: Ledger 2026}
"""


def rules(folder: Path, commercial: str) -> Rules:
    """The rules of a folder that holds nothing else."""
    (folder / "evaluation.yaml").write_text(RULES + commercial, "utf-8")
    return read_rules(folder)


def faults(folder: Path, commercial: str) -> list[str]:
    """Every fault found in the rules."""
    with pytest.raises(InputFaults) as raised:
        rules(folder, commercial)
    return [str(fault) for fault in raised.value.faults]


def test_commercial_terms_are_read_as_typed(tmp_path: Path) -> None:
    read = rules(tmp_path, COMMERCIAL).commercial
    assert read is not None
    assert read.exchange["PLN"].rate == 0.2345
    assert read.volumes["low"].by_year == (36000, 34000, 32000)
    assert read.own_costs["travel"].countries == ("IN",)


def test_the_example_of_the_folder_format_is_read(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "folder-format.md").read_text("utf-8")
    [example] = re.findall(r"^```yaml\n(commercial:\n.*?)^```$", text, re.M | re.S)
    assert rules(tmp_path, example).commercial
    unnamed = [n for n in Commercial.model_fields if f"| `{n}` |" not in text]
    assert unnamed == []


def test_the_document_on_costs_names_every_measure_and_pricing_model(root: Path) -> None:
    text = (root / "docs" / "costs.md").read_text("utf-8")
    kinds = [n for n in MEASURES if issubclass(MEASURES[n], CostMeasure)]
    assert [n for n in (*kinds, *PRICING_MODELS, *ACROSS_LINES) if f"| `{n}`" not in text] == []


def test_rules_without_commercial_terms_cannot_be_weighed_by_cost(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, "")
    assert fault.endswith("'total_cost' needs 'commercial', which the rules do not give")


@pytest.mark.parametrize(
    ("before", "changed", "message"),
    [
        ("months: 36", "months: 36.5", "months: found 36.5; allowed: a whole number"),
        ("money: present_value", "money: euros", "money: found 'euros'; allowed: 'nominal', "),
        ("forecast: base", "forecast: bose", "unknown forecast 'bose'; did you mean 'base'?"),
        ("  forecast: base\n", "", "commercial.forecast: is missing; allowed: one of"),
        ("[36000, 34000, 32000]", "[36000]", "found 1 volumes; allowed: 3 for a term of 36"),
        ("{monthly: 40000, growth: 0.03}", "{monthly: 40000}", "'monthly' with 'growth', or"),
        ("  timing: mid\n", "", "commercial.timing: is missing, and discounting and inflation"),
        ("  discount: {rate: 0.06, money: nominal}\n", "", "needs a 'discount' rate"),
        ("{EUR: 0.02, PLN: 0.04}", "{euro: 0.02}", "allowed: a currency's three letters"),
        ("    PLN: {rate", "    EUR: {rate", "is the rules' own currency"),
        ("rate: 0.2345, ", "", "commercial.exchange.PLN: 'rate' is missing"),
        ("  hours_per_transaction: 0.15\n", "", "'workload' needs 'hours_per_transaction'"),
        ("staffing: workload", "staffing: as_bid", "is read by nothing; allowed: with"),
        ("last_month: 36", "last_month: 37", "found month 37; allowed: up to 36"),
        (", indexation: 0.03}\n    travel", "}\n    travel", "'indexation' is missing for a"),
        ("paid: once,", "paid: once, last_month: 3,", "'last_month' stands with a single cost"),
        ("staffing:", "stafing:", "unknown key 'stafing'; did you mean 'staffing'?"),
        ("    base: {", "    Base: {", "small letters, digits and _, with a letter first"),
    ],
)
def test_a_contradiction_is_told_with_its_line_and_what_is_allowed(
    tmp_path: Path, before: str, changed: str, message: str
) -> None:
    assert before in COMMERCIAL
    messages = faults(tmp_path, COMMERCIAL.replace(before, changed))
    assert [fault for fault in messages if message in fault], messages
    assert all(fault.startswith("evaluation.yaml:") for fault in messages)


def test_a_real_discount_rate_needs_the_inflation_of_the_rules_own_currency(tmp_path: Path) -> None:
    typed = COMMERCIAL.replace("money: nominal}", "money: real}")
    assert rules(tmp_path, typed).commercial
    [fault] = faults(tmp_path, typed.replace("{EUR: 0.02, PLN", "{PLN"))
    assert fault.endswith("discount: a rate for real money needs the 'inflation' of EUR")


def test_what_needs_volumes_or_a_baseline_says_so(tmp_path: Path) -> None:
    bare: dict[str, Any] = {
        "months: 12\n  money: nominal\n  staffing: follows_volume": "needs 'volumes'",
        "months: 12\n  money: nominal\n  double_running: 1": "needs 'baseline'",
        "months: 12\n  money: nominal\n"
        "  baseline: {fixed_a_month: 1, a_transaction: 1, indexation: 0}": "needs 'volumes'",
    }
    for typed, message in bare.items():
        [fault] = faults(tmp_path, f"commercial:\n  {typed}\n")
        assert message in fault
