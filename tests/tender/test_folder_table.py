"""A folder's table of proposals: what is read, and how each fault is told with its place."""

import json
from pathlib import Path

import pytest

from make.two_files import RULES, TABLE, Messages, changed, gated, opened, scaled
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.results import results_json

NO_NUMBERS = """inf|-inf|nan|NaN|1,000|1 000|1'000|1_000|5 %|5%|€5|5 EUR|3.|.5|3,5|0x10|--3|1e400|٣
３|NA|n/a|None|true|3 4|3..|..3|3...4|4..3|3..5..4|1..2..3..4|3..x""".replace("\n", "|").split("|")
NUMBERS = {"3": 3, "+3": 3, "-3": -3, "3.25": 3.25, "1e3": 1000, "1.5E-2": 0.015, "007": 7}
NUMBERS |= {"\u00a03 ": 3, "3..4": 3.5, "3 .. 4": 3.5, "1..2..9": 2, "-5..-3": -4}


def cost(folder: Path, answer: str) -> float:
    """The number that the first vendor's cost is read as."""
    case = opened(folder, table=f'vendor,q,cost\nA,hi,"{answer}"\n')
    return float(evaluate(case.rules, case.proposals).performance["c"].likely[0])


@pytest.mark.parametrize(
    ("table", "place", "words"),
    [
        ("vendr,q,cost\nA,hi,3\n", "proposals.csv:1", ["'vendor'", "'vendr'?"]),
        ("vendor,qq,cost\nA,hi,3\n", "proposals.csv:1", ["'q'", "'qq'?"]),
        ("vendor,q,q,cost\nA,hi,hi,3\n", "proposals.csv:1", ["'q'", "twice"]),
        ("vendor,q,,cost\nA,hi,,3\n", "proposals.csv:1", ["column 3", "name"]),
        (TABLE + "C,hi\n", "proposals.csv:4", ["2 cells", "3"]),
        (TABLE + "C,hi,3,4\n", "proposals.csv:4", ["4 cells", "3"]),
        ('vendor,q,cost\n"A\nB",hi,3\nC,hi\n', "proposals.csv:4", ["2 cells"]),
        (TABLE + "a,hi,3\n", "proposals.csv:4", ["'a'", "'A'", "line 2"]),
        (TABLE + ",hi,3\n", "proposals.csv:4", ["name"]),
        (TABLE + "C,h\x07i,3\n", "proposals.csv:4", ["'q'", "x07"]),
        (TABLE + "\u202eC,hi,3\n", "proposals.csv:4", ["202e"]),
        ("vendor,q,cost\n", "proposals.csv", ["no vendor"]),
        ("", "proposals.csv", ["empty"]),
        ("\ufeff \n\n", "proposals.csv", ["empty"]),
        ('vendor,q,cost\nA,"hi"x,3\n', "proposals.csv:2", ["CSV"]),
        ('vendor,q,cost\nA,"hi,3\n', "proposals.csv:2", ["CSV"]),
        (TABLE.replace("B", "É").encode("latin-1"), "proposals.csv:3", ["0xc9", "UTF-8"]),
        (TABLE.encode("utf-16"), "proposals.csv:1", ["UTF-8"]),
        (TABLE.replace("hi", "Hi"), "proposals.csv!A!q", ["'Hi'", "'hi' or 'lo'"]),
        (TABLE.replace("hi", "NA"), "proposals.csv!A!q", ["'NA'", "'hi' or 'lo'"]),
        (TABLE.replace("hi", ""), "proposals.csv!A!q", ["blank", "an answer"]),
        (TABLE.replace("hi", "\u00a0 "), "proposals.csv!A!q", ["blank"]),
    ],
)
def test_a_fault_in_the_proposals_is_told_with_its_place(
    messages: Messages, table: str | bytes, place: str, words: list[str]
) -> None:
    faults = messages(table=table)
    assert any(
        fault.startswith(f"{place}: ") and all(word in fault for word in words) for fault in faults
    ), faults


@pytest.mark.parametrize(
    "answer",
    NO_NUMBERS,
)
def test_what_is_not_a_plain_number_is_refused(messages: Messages, answer: str) -> None:
    [fault] = messages(table=f'vendor,q,cost\nA,hi,"{answer}"\n')
    assert fault.startswith("proposals.csv!A!cost: ")
    assert "allowed: " in fault


@pytest.mark.parametrize(
    ("answer", "number"),
    NUMBERS.items(),
)
def test_a_number_is_a_sign_digits_a_point_and_an_exponent(
    tmp_path: Path, answer: str, number: float
) -> None:
    assert cost(tmp_path, answer) == number


@pytest.mark.parametrize("range_", ["90..110", "-1..50"])
def test_both_ends_of_a_range_are_held_to_the_scale(messages: Messages, range_: str) -> None:
    [fault] = messages(scaled("identity"), f"vendor,q,cost\nA,hi,{range_}\n")
    assert fault.startswith("proposals.csv!A!cost: ")
    assert "0 to 100" in fault


@pytest.mark.parametrize("answer", ["0", "-1", "-1..9", "0..4"])
def test_a_relative_function_refuses_an_answer_it_would_divide_by(
    messages: Messages, answer: str
) -> None:
    for function in ("lowest_over_this", "above_lowest", "this_over_highest"):
        [fault] = messages(scaled(function), f"vendor,q,cost\nA,hi,{answer}\nB,hi,4\n")
        assert fault.startswith("proposals.csv!A!cost: ")
    assert (
        messages(scaled("{linear_range: {direction: min}}"), f"vendor,q,cost\nA,hi,{answer}\n")
        == []
    )


@pytest.mark.parametrize(
    "day", ["20270101", "2027-1-1", "01.01.2027", "2027-02-30", "2027-W01-1", "2027-01-01T00:00"]
)
def test_a_date_is_year_month_and_day_with_hyphens(messages: Messages, day: str) -> None:
    rules = gated("{not_before: 2027-01-01}", "answer: until")
    [fault] = messages(rules, f"vendor,q,cost,until\nA,hi,3,{day}\nB,hi,3,2027-01-01\n")
    assert fault.startswith("proposals.csv!A!until: ")
    assert "2026-11-20" in fault


@pytest.mark.parametrize(
    "table",
    [
        TABLE.replace(",", ";"),
        "\ufeff" + TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace(",", " ,\u00a0"),
        '"vendor","q","cost"\n"A","hi","3"\nB,lo,4\n',
        TABLE + "\n,,\n \u00a0,,\n",
        "\n" + TABLE,
    ],
)
def test_the_ways_spreadsheets_write_a_table_all_say_the_same(tmp_path: Path, table: str) -> None:
    answers = opened(tmp_path, table=table).proposals.answers
    assert answers.to_dict() == {"q": {"A": "hi", "B": "lo"}, "cost": {"A": "3", "B": "4"}}


def test_a_semicolon_table_may_hold_commas_in_its_cells(tmp_path: Path) -> None:
    case = opened(tmp_path, table="vendor;q;cost\nAcme, Inc.;hi;3\n")
    assert case.proposals.vendors == ("Acme, Inc.",)


def test_texts_are_the_same_however_their_accents_are_composed(tmp_path: Path) -> None:
    case = opened(tmp_path, changed("hi: 100", "\u00e9: 100"), TABLE.replace("hi", "e\u0301"))
    assert evaluate(case.rules, case.proposals).values.loc["A", "q"] == 1


def test_not_applicable_is_a_text_like_any_other(tmp_path: Path) -> None:
    case = opened(tmp_path, changed("lo: 0", "lo: 0, NA: 7"), TABLE.replace("hi", "NA"))
    assert evaluate(case.rules, case.proposals).values.loc["A", "q"] == 0.07


def test_the_vendors_column_may_have_another_name(tmp_path: Path) -> None:
    rules, table = RULES + "vendor_column: bidder\n", TABLE.replace("vendor", "bidder")
    assert opened(tmp_path, rules, table).proposals.vendors == ("A", "B")


def test_a_column_that_no_rule_reads_is_listed(tmp_path: Path) -> None:
    case = opened(tmp_path, table="vendor,q,notes,cost\nA,hi,nice,3\n")
    assert case.proposals.unread == ("notes",)
    assert "'notes'" in case.warnings[0]


def test_a_number_that_may_mean_thousands_is_warned_of(tmp_path: Path) -> None:
    gates = """gates:
  - {id: seats, label: Seats, answer: seats, rule: {at_least: 1}}
  - {id: kind, label: Kind, answer: kind, rule: {one_of: [a, 2.5]}}
  - {id: word, label: Word, answer: word, rule: {equals: "1.234"}}
"""
    header = "vendor,q,cost,seats,kind,word,unread\n"
    table = header + "A,hi,640.000,1.500,12.345,1.234,2.345\nB,lo,640.0,0.125,1234.567,1.234,\n"
    case = opened(tmp_path, RULES + gates, table)
    assert case.warnings[1:] == (
        "proposals.csv!A!cost: '640.000' is read as 640, since numbers have a decimal point",
        "proposals.csv!A!seats: '1.500' is read as 1.5, since numbers have a decimal point",
        "proposals.csv!A!kind: '12.345' is read as 12.345, since numbers have a decimal point",
    )
    results = json.loads(results_json(case, case.evaluate(draws=50)))
    assert set(case.warnings) <= set(results["warnings"])
