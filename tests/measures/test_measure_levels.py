"""Rules that value or ask for levels which a measure never finds are told before bids come."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from make.evidence import MANILA, SOC2
from make.responses import response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.expertise import commitments, references, workforce
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measure import MEASURES
from vendor_eval.measures.measures import answered, measure
from vendor_eval.measures.security import certificates, controls
from vendor_eval.questionnaire.security import CERTIFICATE_NAMES, CONTROL_DOMAINS
from vendor_eval.rules.criteria import Measurement
from vendor_eval.tender.rules_file import read_rules_file

RULES = """\
title: A title
decision: Which vendor?
currency: EUR
price: price
as_of: 2026-11-20
start: 2027-01-01
gates:
  - id: soc2
    label: SOC 2
    measure: {soc2: {gap_months: 6}}
    rule: {equals: Type II at all sites}
criteria:
  - {id: price, label: Price, weight: 1, answer: price, value: {linear: {worst: 9, best: 0}}}
  - id: mfa
    label: Second factor
    weight: 1
    measure: {control: {question: access_mfa}}
    value: {levels: {yes: 100, partial: 40, no: 0, not applicable: 0}}
"""


def faults(was: str, becomes: str) -> list[str]:
    assert was in RULES
    _, found, _ = read_rules_file(RULES.replace(was, becomes).encode())
    return [str(fault) for fault in found]


def test_rules_that_ask_for_what_is_found_have_no_fault() -> None:
    assert faults("title", "title") == []


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        (
            "measure: {soc2: {gap_months: 6}}\n    rule: {equals: Type II at all sites}",
            "measure: attrition\n    rule: {one_of: [low]}",
            "evaluation.yaml:11: gates.0.rule.one_of: 'attrition' finds a number, never 'low'",
        ),
        (
            "measure: {soc2: {gap_months: 6}}\n    rule: {equals: Type II at all sites}",
            "measure: attrition\n    rule: {not_before: start}",
            "evaluation.yaml:11: gates.0.rule.not_before: 'attrition' finds a number; allowed: ",
        ),
        (
            "equals: Type II at all sites",
            "equals: Type II",
            "evaluation.yaml:11: gates.0.rule.equals: 'soc2' never finds 'Type II'; allowed: ",
        ),
        (
            "equals: Type II at all sites",
            "one_of: [Type II at all sites, Type 1 only]",
            "evaluation.yaml:11: gates.0.rule.one_of: 'soc2' never finds 'Type 1 only'; allowed: ",
        ),
        (
            "equals: Type II at all sites",
            "at_least: 1",
            (
                "evaluation.yaml:11: gates.0.rule.at_least: 'soc2' finds levels: "
                "'equals' or 'one_of' of them"
            ),
        ),
        (
            ", not applicable: 0",
            "",
            (
                "evaluation.yaml:18: criteria.1.value: 'control' may also find 'not applicable'; "
                "allowed: a value for each"
            ),
        ),
        (
            "partial: 40",
            "partial: 40, partially: 20",
            (
                "evaluation.yaml:18: criteria.1.value: 'control' never finds 'partially'; "
                "did you mean 'partial'?"
            ),
        ),
        (
            "start: 2027-01-01\n",
            "",
            "evaluation.yaml:9: gates.0.measure: 'soc2' needs 'start', which the rules do not give",
        ),
    ],
)
def test_a_level_that_is_never_found_is_a_fault_of_the_rules(
    was: str, becomes: str, told: str
) -> None:
    [fault] = faults(was, becomes)
    assert fault.startswith(told)


def test_a_date_that_no_parameter_names_is_not_needed() -> None:
    rules, found, _ = read_rules_file(
        RULES.replace("start: 2027-01-01\n", "")
        .replace("gap_months: 6", "gap_months: 6, at: as_of")
        .encode()
    )
    assert found == []
    assert rules is not None


def response_with(*certificates: dict[str, Any]) -> Any:
    return response(
        forms={"answers": {"price": 4}, "controls": {"access_mfa": "yes"}},
        tables={"certificates": certificates, "sites": [MANILA]},
    )


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "eligible"),
        ({"type": "Type I"}, "excluded"),
        ({"sites": None, "scope": "The group"}, "undecided"),
    ],
)
def test_evidence_decides_a_gate_or_leaves_the_vendor_undecided(change: Any, status: str) -> None:
    rules, _, _ = read_rules_file(RULES.encode())
    assert rules is not None
    proposals = answered(rules, facts_of(rules, [response_with({**SOC2, **change})]))
    evaluation = evaluate(rules, proposals)
    assert evaluation.status("Alder") == status


def test_the_document_on_evidence_names_measures_levels_and_domains_as_they_are(root: Path) -> None:
    document = (root / "docs" / "evidence.md").read_text("utf-8")
    tables = re.findall(r"^\| (`.*?) \|", document, re.M)
    typed = [YAML(typ="safe").load(code) for row in tables for code in re.findall("`(.*?)`", row)]
    named = {name for form in typed for name in ([form] if isinstance(form, str) else form)}
    for form in typed:
        if isinstance(form, dict) and set(form) <= set(MEASURES):
            [(name, parameters)] = form.items()
            assert measure(Measurement(name=name, parameters=parameters))
    for module in (certificates, controls, references, commitments, workforce):
        own = {n for n in MEASURES if MEASURES[n].__module__ == module.__name__}
        assert own <= named, module.__name__
        for name in own:
            assert [x for x in MEASURES[name].levels if f"`{x}`" not in document] == [], name
    for known in (*CONTROL_DOMAINS, *CERTIFICATE_NAMES):
        assert f"`{known}`" in document
