"""An evaluation folder of response workbooks: what is read, skipped, refused and told."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.response_books import carried_away, saved
from make.running import invoked
from make.sent_books import RULES, TABLE, both, faults, send
from vendor_eval.bids.workbooks import limits
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bid_files import LARGEST, input_names
from vendor_eval.tender.folder import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules and nothing else."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals").mkdir()
    return tmp_path


def test_workbooks_are_read_as_the_table_would_be(folder: Path, tmp_path: Path) -> None:
    both(folder)
    case = read(folder)
    assert case.proposals.vendors == ("Birch", "alder")
    assert [f.name for f in case.files] == [
        "evaluation.yaml", "proposals/1.xlsx", "proposals/2.xlsx"
    ]  # fmt: skip
    assert [r.source for r in case.responses] == ["1.xlsx", "2.xlsx"]
    assert case.proposals.place("alder", "cost") == "2.xlsx!Answers!E7"
    assert case.warnings == case.notes == ()
    assert case.read_as == (
        "1.xlsx!Answers!E7: '4 EUR' read as 4",
        "2.xlsx!Answers!E9: '31.05.2028' read as 2028-05-31",
    )
    other = tmp_path / "other"
    other.mkdir()
    (other / "evaluation.yaml").write_text(RULES, "utf-8")
    (other / "proposals.csv").write_text(TABLE, "utf-8")
    table = read(other).proposals.answers
    assert case.proposals.answers.to_dict() == table[list(case.proposals.answers)].to_dict()


def test_a_workbook_made_for_other_rules_is_warned_of(folder: Path) -> None:
    both(folder)
    (folder / "evaluation.yaml").write_text(RULES.replace("title: T", "title: Another"), "utf-8")
    assert read(folder).warnings == (
        "1.xlsx was made for different rules.",
        "2.xlsx was made for different rules.",
    )


def test_a_workbook_without_a_fingerprint_is_warned_of(folder: Path) -> None:
    send(folder, "1.xlsx", "Birch", quality="lo", cost=4, attrition=0.025)
    book = load_workbook(folder / "proposals" / "1.xlsx")
    carried_away(book)
    (folder / "proposals" / "1.xlsx").write_bytes(saved(book))
    warning = "1.xlsx carries no fingerprint of the rules it was made for."
    assert read(folder).warnings == (warning,)


def test_the_command_line_scores_checks_and_lists_what_was_read(folder: Path) -> None:
    both(folder)
    done = invoked("check", folder, cwd=folder)
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "vendor-eval: 1.xlsx!Answers!E7: '4 EUR' read as 4",
        "vendor-eval: 2.xlsx!Answers!E9: '31.05.2028' read as 2028-05-31",
        "2 proposals read, no fault found",
    ]
    results = json.loads(invoked("score", folder, cwd=folder).stdout)
    assert results["ranking"] == ["alder"]
    assert results["vendors"]["Birch"]["status"] == "undecided"


GATE = "  - {id: terms, label: Terms, answer: terms, rule: {equals: signed}}\n"


@pytest.mark.parametrize(
    ("typed", "status"),
    [("Signed", "eligible"), ("none of these", "excluded"), ("No", "incomplete")],
)
def test_no_vendor_is_excluded_for_a_capital_letter_or_for_other_words(
    folder: Path, typed: str, status: str
) -> None:
    (folder / "evaluation.yaml").write_text(RULES.replace("criteria:", f"{GATE}criteria:"), "utf-8")
    send(folder, "1.xlsx", "Birch", quality="lo", cost=4, attrition=0.2, valid="2028-05-31",
         terms=typed)  # fmt: skip
    case = read(folder)
    assert evaluate(case.rules, case.proposals).status("Birch") == status
    assert bool(case.read_as) == (typed == "Signed")


def test_readings_that_differ_by_case_alone_are_one_line_of_check(folder: Path) -> None:
    both(folder)
    send(
        folder, "2.xlsx", "alder", quality="HI ", cost=" 3", attrition="20..30", valid="2028-05-31"
    )
    done = invoked("check", folder, cwd=folder)
    assert done.stderr.splitlines() == [
        "vendor-eval: 1.xlsx!Answers!E7: '4 EUR' read as 4",
        "vendor-eval: 1 cell differs only by case or spaces from what was read",
        "2 proposals read, no fault found",
    ]
    send(folder, "1.xlsx", "Birch", quality="Lo", cost=4, attrition=0.025)
    assert read(folder).read_as == ("2 cells differ only by case or spaces from what was read",)


def test_a_run_reads_its_own_copy_of_the_workbooks(folder: Path) -> None:
    from vendor_eval.runs import _snapshot

    both(folder)
    copy = folder / "copy"
    digests = _snapshot(read(folder), folder, copy)
    assert list(digests) == ["evaluation.yaml", "proposals/1.xlsx", "proposals/2.xlsx"]
    assert input_names(copy) == tuple(digests)
    assert read(copy).proposals.answers.equals(read(folder).proposals.answers)


def test_a_vendor_answers_once(folder: Path) -> None:
    both(folder)
    send(folder, "3.xlsx", "BIRCH", quality="hi", cost=1, attrition=0.2)
    [message] = faults(folder)
    assert message == (
        "3.xlsx: found the vendor 'BIRCH' again, after 1.xlsx; allowed: one workbook a vendor, or "
        "an entry 'two_vendors' in decisions.yaml that says which file stands"
    )


def test_every_fault_of_every_workbook_is_told_at_once_with_its_cell(folder: Path) -> None:
    send(folder, "1.xlsx", "Birch", quality="medium", cost="4.500", attrition=0.2, valid="soon")
    send(folder, "2.xlsx", None, quality="hi", cost=3, attrition=0.2)
    (folder / "proposals" / "3.xlsx").write_bytes(b"PK")
    messages = "\n".join(faults(folder))
    assert "1.xlsx!Answers!E7: found '4.500', which can mean 4.500 or 4500" in messages
    assert "1.xlsx!Answers!E9: found 'soon'; allowed: a date" in messages
    assert "1.xlsx!Answers!E6: found 'medium'" in messages
    assert "2.xlsx!Read me!B4: the vendor's name is blank" in messages
    assert "3.xlsx: found a damaged workbook" in messages


def test_a_blank_answer_is_told_by_its_place(folder: Path) -> None:
    send(folder, "1.xlsx", "Birch", quality="hi", attrition=0.2, valid="2028-05-31")
    [message] = faults(folder)
    assert message.startswith("1.xlsx!Answers!E7: blank: ")


def test_a_workbook_too_large_is_not_even_read(folder: Path) -> None:
    both(folder)
    with (folder / "proposals" / "3.xlsx").open("wb") as file:
        file.truncate(10_000_001)
    [message] = faults(folder)
    assert message == "proposals/3.xlsx: found 10000001 bytes; allowed: 10000000 at most"
    assert LARGEST["proposals"] == limits.FILE_BYTES


@pytest.fixture
def counted() -> Any:
    """A measure of nothing: how many letters the vendor's name has."""

    class Letters(Measure):
        """How many letters the vendor's name has."""

        def questions(self, rules: Rules) -> frozenset[str]:
            return frozenset()

        def __call__(self, facts: Facts) -> Measured:
            return Measured(float(len(facts.vendor)))

    MEASURES.register("letters_of_the_name")(Letters)
    yield
    MEASURES._known.pop("letters_of_the_name")


MEASURED = """\
  - {id: n, label: Name, weight: 1, measure: letters_of_the_name,
     value: {linear: {worst: 0, best: 9}}}
"""


@pytest.mark.usefixtures("counted")
def test_a_measure_reads_workbooks_and_no_table(folder: Path) -> None:
    (folder / "evaluation.yaml").write_text(RULES + MEASURED, "utf-8")
    both(folder)
    case = read(folder)
    assert list(case.proposals.answers["letters_of_the_name"]) == ["5", "5"]
    evaluate(case.rules, case.proposals)
    for path in (folder / "proposals").iterdir():
        path.unlink()
    (folder / "proposals.csv").write_text(TABLE, "utf-8")
    [message] = faults(folder)
    assert message.startswith("proposals.csv: the rules take the measure 'letters_of_the_name'; ")
    assert "measures read response workbooks" in message
