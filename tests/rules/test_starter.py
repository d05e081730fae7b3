"""A new evaluation folder: it passes its own check, shows everything, and is whole or not there."""

import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from make.running import invoked
from vendor_eval.analysis.stress.trial import stress_test
from vendor_eval.errors import VendorEvalError
from vendor_eval.questionnaire.answers import answers_form
from vendor_eval.rules.gates import Condition
from vendor_eval.rules.starter import TEMPLATE, make
from vendor_eval.rules.values.function import VALUE_FUNCTIONS
from vendor_eval.rules.values.named import value_function
from vendor_eval.tender.folder import read


def test_a_new_folder_passes_its_own_check(tmp_path: Path) -> None:
    made = invoked("new", tmp_path / "n")
    assert made.exit_code == 0
    files = [tmp_path / "n" / name for name in ("evaluation.yaml", "proposals.csv")]
    assert made.stdout.splitlines() == list(map(str, files))
    checked = invoked("check", tmp_path / "n")
    assert (checked.exit_code, checked.stdout) == (0, "")


def test_it_holds_a_decision_and_every_scenario_can_be_run(tmp_path: Path) -> None:
    assert make(tmp_path / "n") == ("evaluation.yaml", "proposals.csv")
    case = read(tmp_path / "n")
    assert case.warnings == ()
    for scenario in (None, *case.rules.scenarios):
        assessment = case.evaluate(scenario=scenario, draws=100)
        assert len(assessment.evaluation.ranking) >= 2
    statuses = {assessment.evaluation.status(vendor) for vendor in case.proposals.vendors}
    assert statuses == {"eligible", "excluded"}


def test_its_rules_have_no_warning_of_the_stress_test(tmp_path: Path) -> None:
    make(tmp_path / "n")
    assert stress_test(read(tmp_path / "n").rules).warnings == ()


def test_it_says_that_it_is_constructed_and_to_be_replaced(tmp_path: Path) -> None:
    make(tmp_path / "n")
    case = read(tmp_path / "n")
    assert "constructed" in case.rules.title.lower()
    assert re.search(r"constructed example.*replace", str(case.rules.notice), re.IGNORECASE)
    assert all("constructed" in vendor for vendor in case.proposals.vendors)


def examples(key: str) -> list[dict]:
    """What the comments of the rules show for a key, as YAML reads it."""
    lines = (TEMPLATE / "evaluation.yaml").read_text("utf-8").splitlines()
    shown = [line[1:].strip() for line in lines if re.match(rf"#\s+{key}: \{{", line)]
    return [YAML(typ="safe", pure=True).load(line)[key] for line in shown]


def test_each_value_function_that_its_comments_show_can_be_entered_as_shown() -> None:
    shown = examples("value")
    assert {"linear", "steps", "levels"} <= {name for typed in shown for name in typed}
    for typed in shown:
        [(name, parameters)] = typed.items()
        lists = {
            k: tuple(map(tuple, v)) if isinstance(v, list) else v for k, v in parameters.items()
        }
        assert type(value_function({name: lists})) is VALUE_FUNCTIONS[name]


def test_its_comments_and_its_gates_show_every_kind_of_rule(tmp_path: Path) -> None:
    shown = examples("rule")
    for typed in shown:
        plain = {k: tuple(v) if isinstance(v, list) else v for k, v in typed.items()}
        assert Condition.model_validate(plain).form in typed
    make(tmp_path / "n")
    gates = read(tmp_path / "n").rules.gates
    entered = set(Condition.model_fields) - {"best"}  # entered as a shortlist
    assert {form for typed in shown for form in typed} == entered
    assert {gate.rule.form for gate in gates} == entered
    assert any(gate.criterion for gate in gates)


def test_every_question_of_its_workbook_is_one_for_a_vendor(tmp_path: Path) -> None:
    make(tmp_path / "n")
    form = answers_form(read(tmp_path / "n").rules)
    asked = {field.label: (field.kind, field.allowed) for field in form.fields}
    assert list(asked) == [
        "Years of the agents in the buyer's sector",
        "English of the agents",
        "Contacts solved at once, for a client named",
        "Hours open a week",
        "Weeks to take over",
        "Cost",
        "The terms of contract sent with the request",
        "Type of the SOC 2 report in force",
        "Liability that is insured (EUR)",
        "ISO 27001 certificate valid until",
    ]
    assert not any(re.search(r"\b(we|our|us|their|they)\b", label, re.I) for label in asked)
    numbers = ("2000000", "2 million", "3000000", "at least", "at most")
    assert not any(number in label for label in asked for number in numbers)
    assert asked["The terms of contract sent with the request"][1] == ("signed", "none of these")


def test_its_lines_fit_a_window() -> None:
    lines = (TEMPLATE / "evaluation.yaml").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 100


def test_an_empty_folder_is_filled_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path.stat().st_ino
    monkeypatch.chdir(tmp_path)
    make(Path("."))
    assert tmp_path.stat().st_ino == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evaluation.yaml", "proposals.csv"]


def test_a_folder_that_holds_anything_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("mine")
    with pytest.raises(
        VendorEvalError, match=r"found '\.hidden' in it; allowed: a new or an empty"
    ):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".hidden"]


def test_a_file_in_the_way_and_a_missing_parent_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(VendorEvalError, match="found a file; allowed"):
        make(tmp_path / "file")
    with pytest.raises(VendorEvalError, match="found no folder"):
        make(tmp_path / "no" / "where")
    with pytest.raises(VendorEvalError, match="found no folder"):
        make(tmp_path / "file" / "beneath")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    refused = invoked("new", tmp_path / "file")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("exists", [True, False])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    folder = tmp_path / "n"
    if exists:
        folder.mkdir()
    written: list[Path] = []

    def full(self: Path, content: bytes) -> int:
        if written:
            raise OSError(28, "No space left on device")
        written.append(self)
        with self.open("wb") as file:
            return file.write(content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(VendorEvalError, match="cannot be written: No space left on device"):
        make(folder)
    assert folder.exists() == exists
    assert list(tmp_path.iterdir()) == [folder] * exists
    assert not exists or list(folder.iterdir()) == []


def test_a_folder_that_could_not_be_named_leaves_nothing_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "n").mkdir()
    real, calls = Path.rename, []

    def second_fails(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(VendorEvalError, match="Permission denied"):
        make(tmp_path / "n")
    assert list((tmp_path / "n").iterdir()) == []


def test_files_of_a_folder_may_be_read_by_whom_other_new_files_may(tmp_path: Path) -> None:
    make(tmp_path / "n")
    (tmp_path / "other").mkdir()
    assert (tmp_path / "n").stat().st_mode == (tmp_path / "other").stat().st_mode
    shutil.rmtree(tmp_path / "n")
