"""One mistake hides no other, and each is told once, in plain words, where it stands."""

from pathlib import Path

import pytest

from make.small_folder import RULES, TABLE
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read


def faults(folder: Path, rules: str = RULES, table: str = TABLE) -> list[str]:
    (folder / "evaluation.yaml").write_text(rules, "utf-8")
    (folder / "proposals.csv").write_text(table, "utf-8")
    try:
        case = read(folder)
    except InputFaults as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for faults in case.vendor_faults.values() for fault in faults]


def test_an_answer_called_like_the_vendor_column_is_a_fault(tmp_path: Path) -> None:
    rules = RULES.replace("answer: q", "answer: vendor").replace("lo: 0", "A: 0, B: 5")
    assert any("vendor_column" in fault for fault in faults(tmp_path, rules))


@pytest.mark.parametrize("more", ["' hi ': 3", "'hi\\u00a0': 3"])
def test_two_levels_that_are_one_after_trimming_are_a_fault(tmp_path: Path, more: str) -> None:
    more = more.replace("'", '"')
    assert faults(tmp_path, RULES.replace("hi: 100", f"hi: 100, {more}"))


def test_two_levels_that_are_one_as_text_are_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, RULES.replace("lo: 0", "lo: 0, 3: 3, '3': 90"))


def test_a_key_that_comes_again_with_a_space_is_a_duplicate(tmp_path: Path) -> None:
    assert faults(tmp_path, RULES + '"title ": another\n')


def test_a_blank_is_told_beside_an_unreadable_answer(tmp_path: Path) -> None:
    told = faults(tmp_path, table="vendor,q,cost\nA,zz,x\nB,,5%\n")
    assert any("!B!q" in fault for fault in told)


def test_another_vendor_column_is_heeded_though_another_rule_is_faulty(tmp_path: Path) -> None:
    rules = RULES.replace("title: T", "titel: T") + "vendor_column: bidder\n"
    told = faults(tmp_path, rules, TABLE.replace("vendor", "bidder"))
    assert not any("no column" in fault for fault in told)


def test_faulty_items_do_not_make_a_list_empty(tmp_path: Path) -> None:
    told = faults(tmp_path, RULES.replace("weight: 1", "weight: -1"))
    assert not any("at least 1 item" in fault for fault in told)


@pytest.mark.parametrize("typed", ["start: 2027-02-30", "start: " + "9" * 5000, "start: !!int b"])
def test_what_yaml_cannot_build_has_its_line(tmp_path: Path, typed: str) -> None:
    assert faults(tmp_path, RULES + typed + "\n")[0].startswith("evaluation.yaml:8:")


def test_a_wrong_type_does_not_hide_an_unknown_method(tmp_path: Path) -> None:
    told = faults(tmp_path, RULES.replace("weight: 1", "weight: x") + "methods: [topsys]\n")
    assert any("topsys" in fault for fault in told)


def test_one_mistake_in_a_gate_is_one_fault_in_plain_words(tmp_path: Path) -> None:
    gate = "gates:\n  - {id: g, label: G, answer: q, rule: {not_before: soon}}\n"
    told = faults(tmp_path, RULES + gate)
    assert len(told) == 1
    assert "literal[" not in told[0]


@pytest.mark.parametrize("typed", ["methods: topsis", "gates:", "scenarios:"])
def test_faults_speak_of_lists_and_not_of_python(tmp_path: Path, typed: str) -> None:
    told = "\n".join(faults(tmp_path, RULES + typed + "\n"))
    assert "tuple" not in told
    assert "dictionary" not in told


def test_a_control_character_in_the_rules_is_a_fault_as_in_the_proposals(tmp_path: Path) -> None:
    assert faults(tmp_path, RULES.replace("title: T", 'title: "a\\0b\\x07"'))


def test_numbers_and_texts_may_stand_in_one_list_of_accepted_answers(tmp_path: Path) -> None:
    gate = "gates:\n  - {id: g, label: G, answer: q, rule: {one_of: [3, hi, lo]}}\n"
    assert faults(tmp_path, RULES + gate) == []


def test_an_absent_column_does_not_hide_an_unreadable_answer(tmp_path: Path) -> None:
    told = faults(tmp_path, table="vendor,qq,cost\nA,hi,x\n")
    assert any("!A!cost" in fault for fault in told)


def test_a_broken_seal_file_does_not_hide_other_faults(tmp_path: Path) -> None:
    (tmp_path / "seal.json").write_text("{}")
    told = faults(tmp_path, RULES.replace("title", "titel"))
    assert any("titel" in fault for fault in told)


def test_the_first_line_with_text_tells_the_delimiter(tmp_path: Path) -> None:
    assert faults(tmp_path, table="\n" + TABLE.replace(",", ";")) == []
