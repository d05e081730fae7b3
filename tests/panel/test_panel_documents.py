"""The pages on panels say what the tool does; the example shows what its page says."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from make.documents import blocks
from make.panels import panel_folder, unchangeable
from make.running import invoked
from vendor_eval.outputs.evaluators.guide import GUIDE
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import LOG
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.scales import EvaluationPanel
from vendor_eval.rules.starter import TEMPLATE
from vendor_eval.tender.folder import read, read_rules

EXAMPLE = "customer-support-panel"


def test_the_evaluators_page_is_the_sheet_of_their_workbook(root: Path) -> None:
    page = (root / "docs" / "evaluators.md").read_text("utf-8")
    said = [(title, re.findall(r"^- (.*)$", text, re.M)) for title, text in sections(page)]
    assert said == [(title, list(sentences)) for title, sentences in GUIDE]


def sections(page: str) -> list[tuple[str, str]]:
    return re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page, re.M | re.S)


def test_the_rules_that_the_page_prints_can_be_entered(root: Path, tmp_path: Path) -> None:
    [printed] = blocks(root / "docs" / "panel.md", "yaml")
    typed = YAML(typ="safe", pure=True).load(printed)
    about = {"title": "T", "decision": "D?", "currency": "EUR", "price": "cost"}
    cost = {"linear": {"worst": 9, "best": 1}}
    typed["criteria"].append(
        {"id": "cost", "label": "Cost", "weight": 1, "answer": "cost", "value": cost}
    )
    rules = read_rules(panel_folder(tmp_path / "f", about | typed))
    assert rules.panel is not None
    assert rules.readers("approach") == ("e1",)


def test_the_page_names_every_key_of_a_panel(root: Path) -> None:
    page = (root / "docs" / "panel.md").read_text("utf-8")
    for key in EvaluationPanel.model_fields:
        assert f"`panel.{key}" in page, key


def test_what_a_new_evaluation_shows_of_a_panel_can_be_entered(tmp_path: Path) -> None:
    text = (TEMPLATE / "evaluation.yaml").read_text("utf-8")
    shown = text.partition("docs/panel.md describes the steps.")[2].partition("# SCENARIOS")[0]
    lines = [line.removeprefix("#").removeprefix(" ") for line in shown.splitlines()]
    leaf, _, rest = "\n".join(lines).partition("\n\n")
    typed = YAML(typ="safe", pure=True).load(rest)
    cost = {"linear": {"worst": 9, "best": 1}}
    leaves = [
        *YAML(typ="safe", pure=True).load(leaf),
        {"id": "cost", "label": "Cost", "weight": 1, "answer": "cost", "value": cost},
    ]
    about = {"title": "T", "decision": "D?", "currency": "EUR", "price": "cost"}
    rules = Rules.model_validate(unchangeable(about | typed | {"criteria": leaves}))
    assert rules.readers("approach") == ("e1", "e2", "e3")


def test_the_example_shows_what_its_page_says(data: Path) -> None:
    tender = read(data / EXAMPLE)
    result, record = tender.evaluate(draws=2000), tender.panel
    assert record is not None
    assert result.marks is not None
    marks = record.log.of_kind("individual")
    assert len(marks) == 84 + 1
    assert len(record.items) == 24
    [deciding] = result.marks.deciding
    assert deciding.key == ("Eridanus Care", "quality.security")
    taking = result.marks.of_items[deciding.key].would_take
    assert taking == {"Borealis Contact": "3"}
    assert result.marks.second_readings == {"quality.security": ("hr",)}
    [late] = [entry for entry in marks if entry.body.replaces]  # type: ignore[attr-defined]
    assert late.n == 145
    assert late.text("reason")
    [finding] = comment_findings(record)
    assert finding.kind == "copied"
    assert result.judgement_error.said_by == "panel"
    assert record.evidenced == 145


def test_the_example_is_made_byte_for_byte(root: Path, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / EXAMPLE
    folder.mkdir()
    rules = (data / EXAMPLE / "evaluation.yaml").read_bytes()
    (folder / "evaluation.yaml").write_bytes(rules)
    script = root / "scripts" / "build_customer_support_panel.py"
    subprocess.run([sys.executable, script, folder], check=True, cwd=root)
    for name in ("seal.json", "proposals.csv", LOG):
        assert (folder / name).read_bytes() == (data / EXAMPLE / name).read_bytes(), name


def test_californias_envelopes_are_made_byte_for_byte(
    root: Path, data: Path, tmp_path: Path
) -> None:
    made, folder = tmp_path / "california", data / "california-two-envelope"
    shutil.copytree(folder, made)
    script = root / "scripts" / "build_california_two_envelope.py"
    subprocess.run([sys.executable, script, made], check=True, cwd=root)
    for name in ("proposals/quality.csv", "proposals/price.csv", LOG):
        assert (made / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("name", ["log.jsonl"])
def test_the_example_names_no_person(data: Path, name: str) -> None:
    text = (data / EXAMPLE / "scores" / name).read_text("utf-8")
    by = set(re.findall(r'"by":"(\w+)"', text))
    assert by == {"ops", "sec", "hr", "fin", "moderator", "chair"}


def test_the_manifest_of_two_envelopes_without_a_panel_carries_it_too(
    data: Path, tmp_path: Path
) -> None:
    folder = data / "california-two-envelope"
    done = invoked("run", folder, "--out", "report", "-p", "draws=200", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    log = read(folder).log
    assert log is not None
    manifest = json.loads((tmp_path / "report" / "manifest.json").read_bytes())
    assert manifest["log_code"] == log.code


def test_a_runs_manifest_carries_the_code_of_the_log(data: Path, tmp_path: Path) -> None:
    done = invoked("run", data / EXAMPLE, "--out", "report", "-p", "draws=200", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "report" / "manifest.json").read_bytes())
    log = read(data / EXAMPLE).log
    assert log is not None
    assert manifest["log_code"] == log.code
    results = json.loads((tmp_path / "report" / "results.json").read_bytes())
    assert results["panel"]["head"] == log.code
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "Who disagrees" in page
    assert log.code in page
