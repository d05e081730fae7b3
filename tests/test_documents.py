"""The documents tell the truth: their examples run, and their tables are complete."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from make.documents import blocks
from make.running import invoked
from vendor_eval.analysis.methods.panel import METHODS
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.cli import main
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.questionnaire.expertise import SECTORS
from vendor_eval.rules.clarify import Clarify
from vendor_eval.rules.values.named import value_function
from vendor_eval.rules.yaml_lines import yaml_document
from vendor_eval.tender.folder import read


@pytest.fixture
def example(root: Path, tmp_path: Path) -> Path:
    """The evaluation folder that the README prints."""
    [rules], [proposals] = blocks(root / "README.md", "yaml"), blocks(root / "README.md", "csv")
    (tmp_path / "evaluation.yaml").write_text(rules, "utf-8")
    (tmp_path / "proposals.csv").write_text(proposals, "utf-8")
    return tmp_path


def test_the_readmes_example_is_ranked_as_by_hand_and_leaves_cedar_undecided(example: Path) -> None:
    case = read(example)
    evaluation = evaluate(case.rules, case.proposals)
    assert evaluation.ranking == ("Alder", "Birch")
    # cost: (900,000 - 640,000) / 400,000 = 0.65 and (900,000 - 580,000) / 400,000 = 0.80
    assert evaluation.scores["Alder"] == pytest.approx(0.4 * 0.65 + 0.6 * 1.0)
    assert evaluation.scores["Birch"] == pytest.approx(0.4 * 0.8 + 0.6 * 0.5)
    assert evaluation.status("Cedar") == "undecided"


def test_the_readmes_commands_end_well_one_after_the_other(root: Path, tmp_path: Path) -> None:
    lines = "".join(blocks(root / "README.md", "sh")).splitlines()
    commands = [line.partition("#")[0].split()[1:] for line in lines if line[:11] == "vendor-eval"]
    named = [command[0] for command in commands]
    assert named == ["new", "next", "check", "run", "template", "list"]
    for command in commands:
        done = invoked(*command, cwd=tmp_path)
        assert done.exit_code == 0, done.stderr
    assert list(tmp_path.glob("reports/my-evaluation/*/report.html"))


def test_the_readmes_lines_of_python_run_and_are_eight(root: Path) -> None:
    [code] = blocks(root / "README.md", "python")
    assert len(code.splitlines()) == 8
    shown = "print(result.verdict, trial.ranking.index[0], type(matrix).__name__, sep='; ')"
    done = subprocess.run(
        [sys.executable, "-c", code + shown], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "sensitive; Dorado Dialogue; DecisionMatrix"


def test_the_readme_names_notebooks_that_there_are_and_every_command(
    root: Path, notebooks: tuple[Path, ...]
) -> None:
    readme = (root / "README.md").read_text("utf-8")
    named = re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)
    assert len(named) > 4
    assert set(named) <= {notebook.stem for notebook in notebooks}
    commands = re.findall(r"^\| `vendor-eval ([\w-]+)", readme, re.MULTILINE)
    assert sorted(commands) == sorted(main.commands)


def test_the_example_of_a_value_function_works_as_printed(root: Path) -> None:
    code = blocks(root / "docs" / "extending.md", "python")[0]
    script = f"""
from typing import Annotated, Any, ClassVar
import numpy as np
from pydantic import Field
from vendor_eval.rules.values.function import *
from vendor_eval.rules.values import absolute
{code}
print(VALUE_FUNCTIONS["square_root"](best=100.0)(np.array([0.0, 25.0, 400.0])))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[0.  0.5 1. ]"


def test_the_folder_format_names_every_method(root: Path) -> None:
    text = (root / "docs" / "folder-format.md").read_text("utf-8")
    assert [name for name in METHODS if not re.search(rf"`{name}\b", text)] == []


def test_every_value_function_that_the_folder_format_shows_can_be_entered(root: Path) -> None:
    text = (root / "docs" / "folder-format.md").read_text("utf-8")
    table = text.partition("| `value:` |")[2].partition("\n\n")[0]
    entered = re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
    assert len(entered) > 9
    for line in entered:
        typed, _ = yaml_document(line, "folder-format.md")
        assert value_function(typed).about, line


def test_the_page_on_evidence_names_every_sector(root: Path) -> None:
    text = (root / "docs" / "evidence.md").read_text("utf-8")
    assert [sector for sector in SECTORS if f"`{sector}`" not in text] == []


def test_the_page_on_clarifications_names_every_check_and_what_it_needs(root: Path) -> None:
    text = (root / "docs" / "clarifications.md").read_text("utf-8")
    for name in CHECKS:
        [row] = [line for line in text.splitlines() if line.startswith(f"| `{name}` |")]
        assert [need for need in CHECKS[name].needs if f"`{need}`" not in row] == [], name
    format_ = (root / "docs" / "folder-format.md").read_text("utf-8")
    assert [key for key in Clarify.model_fields if f"| `{key}: " not in format_] == []


def test_the_example_of_a_check_works_as_printed(root: Path) -> None:
    [code] = blocks(root / "docs" / "clarifications.md", "python")
    script = f"""
from vendor_eval.clarifications.check import *
from make.cases import bid, case, site
from vendor_eval.clarifications import clarifications_of
from vendor_eval.cli import main
from vendor_eval.evaluation.evaluation import evaluate
{code}
asleep = bid(sites=[site(shifts="08:00-16:00")])
awake = bid("Birch", sites=[site(shifts="00:00-24:00")])
found = case(asleep, awake)
asked = clarifications_of(found, evaluate(found.rules, found.proposals))
print([(vendor, check.label) for vendor, check, _ in asked])
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root / "tests",
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[('Alder', 'Night shift')]"


def test_every_link_between_documents_leads_somewhere(root: Path) -> None:
    documents = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("reports/*.md")]
    broken = [
        f"{document.relative_to(root)}: {target}"
        for document in documents
        for pair in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\":]+)\"", document.read_text("utf-8"))
        for target in filter(None, pair)
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_every_file_that_the_documents_name_is_there(root: Path) -> None:
    named = {
        f"{document.relative_to(root)}: {name}"
        for document in [*root.glob("*.md"), *root.glob("docs/*.md")]
        for name in re.findall(
            r"`((?:vendor_eval|tests|notebooks|docs|data)/[\w./-]*)`", document.read_text("utf-8")
        )
        if not (root / name).exists()
    }
    assert named == set()
