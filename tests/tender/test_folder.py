"""The evaluation folder: what is read, and how every fault is told with its place."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.outputs.results import results_json
from vendor_eval.tender.bid_files import input_names
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.tender import Tender

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: q, label: Q, weight: 1, answer: q, value: {levels: {lo: 0, hi: 100}}}
  - {id: c, label: C, weight: 1, answer: cost, value: {linear: {worst: 10, best: 0}}}
"""
TABLE = "vendor,q,cost\nA,hi,3\nB,lo,4\n"
STEPS, POINTS = "{steps: {at_least: %s}}", "{piecewise: {points: %s}}"

NO_NUMBERS = """inf|-inf|nan|NaN|1,000|1 000|1'000|1_000|5 %|5%|€5|5 EUR|3.|.5|3,5|0x10|--3|1e400|٣
３|NA|n/a|None|true|3 4|3..|..3|3...4|4..3|3..5..4|1..2..3..4|3..x""".replace("\n", "|").split("|")
NUMBERS = {"3": 3, "+3": 3, "-3": -3, "3.25": 3.25, "1e3": 1000, "1.5E-2": 0.015, "007": 7}
NUMBERS |= {"\u00a03 ": 3, "3..4": 3.5, "3 .. 4": 3.5, "1..2..9": 2, "-5..-3": -4}

Messages = Callable[..., list[str]]


@pytest.fixture
def messages(tmp_path: Path) -> Messages:
    """The faults of a folder with these two files, one line each."""

    def faults(rules: str | bytes = RULES, table: str | bytes = TABLE) -> list[str]:
        try:
            case = opened(tmp_path, rules, table)
        except InputFaults as error:
            return [str(fault) for fault in error.faults]
        return [str(fault) for faults in case.vendor_faults.values() for fault in faults]

    return faults


def opened(folder: Path, rules: str | bytes = RULES, table: str | bytes = TABLE) -> Tender:
    """The folder with these two files, read, and evaluated to see that it can be."""
    for name, content in (("evaluation.yaml", rules), ("proposals.csv", table)):
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    case = read(folder)
    evaluate(case.rules, case.proposals)
    return case


def cost(folder: Path, answer: str) -> float:
    """The number that the first vendor's cost is read as."""
    case = opened(folder, table=f'vendor,q,cost\nA,hi,"{answer}"\n')
    return float(evaluate(case.rules, case.proposals).performance["c"].likely[0])


def changed(old: str, new: str) -> str:
    """The rules with one thing typed otherwise."""
    assert old in RULES
    return RULES.replace(old, new)


def scaled(function: str) -> str:
    """The rules with another value function for the cost."""
    return changed("{linear: {worst: 10, best: 0}}", function)


def gated(rule: str, reads: str = "answer: q") -> str:
    """The rules with one gate, on line 9."""
    return RULES + f"gates:\n  - {{id: g, label: G, {reads}, rule: {rule}}}\n"


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    case = opened(tmp_path)
    assert case.proposals.vendors == ("A", "B")
    assert case.proposals.answers.loc["A"].to_dict() == {"q": "hi", "cost": "3"}
    assert [file.name for file in case.files] == ["evaluation.yaml", "proposals.csv"]
    assert case.files[1].content == TABLE.encode()
    assert case.seal is None
    assert case.warnings == ()


@pytest.mark.parametrize(
    ("rules", "place", "words"),
    [
        (changed("title:", "titel:"), "evaluation.yaml:1", ["unknown key", "'title'?"]),
        (changed("title: T\n", ""), "evaluation.yaml:1", ["'title' is missing"]),
        (changed("title: T", "title: ' '"), "evaluation.yaml:1", ["title"]),
        (changed("title: T", "title: true"), "evaluation.yaml:1", ["title", "True"]),
        (changed("Which one?", "D" * 101), "evaluation.yaml:2", ["decision", "100"]),
        (changed("EUR", "euro"), "evaluation.yaml:3", ["currency", "'euro'"]),
        (changed("price: cost", "price: cots"), "evaluation.yaml:4", ["'cots'", "'cost'?"]),
        (changed("price: cost", "price: q"), "evaluation.yaml:4", ["'q'", "level"]),
        (changed("wer: q, val", "wer: q, vlaue"), "evaluation.yaml:6", ["'vlaueue'", "'value'?"]),
        (changed("id: c,", "id: q,"), "evaluation.yaml:7", ["'q'", "twice"]),
        (changed("id: c,", "id: C1,"), "evaluation.yaml:7", ["'C1'"]),
        (changed("weight: 1, answer: c", "weight: -1, answer: c"), "evaluation.yaml:7", ["-1"]),
        (changed("weight: 1, answer: c", "weight: '1', answer: c"), "evaluation.yaml:7", ["'1'"]),
        (changed("weight: 1, answer: c", "weight: .nan, answer: c"), "evaluation.yaml:7", ["nan"]),
        (changed("weight: 1, answer: c", "weight: .inf, answer: c"), "evaluation.yaml:7", ["inf"]),
        (changed("weight: 1", "weight: 0"), "evaluation.yaml:5", ["every weight", "0"]),
        (changed("answer: q, ", "answer: q, criteria: [], "), "evaluation.yaml:6", ["criteria"]),
        (changed("answer: q, ", ""), "evaluation.yaml:6", ["leaf", "'answer'"]),
        (scaled("{liner: {worst: 1, best: 0}}"), "evaluation.yaml:7", ["'liner'", "'linear'?"]),
        (scaled("{linear: {wurst: 1, best: 0}}"), "evaluation.yaml:7", ["'wurst'", "'worst'?"]),
        (scaled("{linear: {worst: 1, best: 1}}"), "evaluation.yaml:7", ["worst 1", "best 1"]),
        (scaled("{linear: {worst: .inf, best: 1}}"), "evaluation.yaml:7", ["inf", "finite"]),
        (scaled("{linear: {worst: 1%s, best: 1}}" % ("0" * 400)), "evaluation.yaml:7", ["worst"]),
        (scaled(POINTS % "[[1, 1]]"), "evaluation.yaml:7", ["points", "2"]),
        (scaled(POINTS % "[[1, 1], [1, 2]]"), "evaluation.yaml:7", ["ascending"]),
        (scaled(POINTS % "[[1, 1], [2, 101]]"), "evaluation.yaml:7", ["101", "100"]),
        (scaled(STEPS % "[[2, 1], [1, 2]]"), "evaluation.yaml:7", ["ascending"]),
        (scaled("{identity: {}, linear: {worst: 1, best: 2}}"), "evaluation.yaml:7", ["one of"]),
        (scaled("{linear_range: {direction: up}}"), "evaluation.yaml:7", ["'up'", "'max'"]),
        (changed("lo: 0, hi: 100", ""), "evaluation.yaml:6", ["levels"]),
        (gated("{equals: hi, at_least: 1}"), "evaluation.yaml:9", ["exactly one of", "'one_of'"]),
        (gated("{at_laest: 1}"), "evaluation.yaml:9", ["'at_laest'", "'at_least'?"]),
        (gated("{not_before: start}"), "evaluation.yaml:9", ["'start'", "a date"]),
        (gated("{at_least: 1}", "criterion: qq"), "evaluation.yaml:9", ["'qq'", "'q'?"]),
        (gated("{equals: 1}", "criterion: q"), "evaluation.yaml:9", ["'equals'", "'at_least'"]),
        (gated("{at_least: 1}", "criterion: q, answer: q"), "evaluation.yaml:9", ["'answer'"]),
        (RULES + "methods: [topsys]\n", "evaluation.yaml:8", ["'topsys'", "'topsis'?"]),
        (RULES + "methods: [topsis, topsis]\n", "evaluation.yaml:8", ["'topsis'", "twice"]),
        (RULES + "tie_break: [qq]\n", "evaluation.yaml:8", ["'qq'", "'q'?"]),
        (RULES + "scenarios: {s: {weights: {q: 1}}}\n", "evaluation.yaml:8", ["'q'", "'c'"]),
        (
            RULES + "scenarios: {s: {weights: {q: 0, c: 0}}}\n",
            "evaluation.yaml:8",
            ["every weight"],
        ),
        (RULES + "scenarios: {s: {weights: {q: 1, c: 1, x: 1}}}\n", "evaluation.yaml:8", ["'x'"]),
        (RULES + "start: 01.02.2027\n", "evaluation.yaml:8", ["start", "date"]),
    ],
)
def test_a_fault_in_the_rules_is_told_with_its_line(
    messages: Messages, rules: str, place: str, words: list[str]
) -> None:
    assert any(
        fault.startswith(f"{place}: ") and all(word in fault for word in words)
        for fault in messages(rules)
    ), messages(rules)


def test_a_gate_may_not_read_what_depends_on_other_bids(messages: Messages) -> None:
    [fault] = messages(
        scaled("lowest_over_this") + gated("{at_least: 1}", "criterion: c")[len(RULES) :]
    )
    assert fault.startswith("evaluation.yaml:9: ")
    assert "depends on the other bids" in fault


def test_exactly_one_criterion_reads_the_price(messages: Messages) -> None:
    again = "  - {id: d, label: D, weight: 1, answer: cost, value: identity}\n"
    [fault] = messages(RULES + again)
    assert fault.startswith("evaluation.yaml:4: ")
    assert "'c' or 'd'" in fault


@pytest.mark.parametrize(
    ("rules", "place"),
    [
        (RULES + "title: again\n", "evaluation.yaml:8"),
        (changed("label: Q,", "label: Q, label: Z,"), "evaluation.yaml:6"),
        (changed("title: T", "title: &t T\nsource: *t"), "evaluation.yaml:2"),
        (changed("title: T", "title: !!python/object/apply:os.getcwd []"), "evaluation.yaml:1"),
        (changed("title: T", "title: !mine T"), "evaluation.yaml:1"),
        (changed("title: T", "title: 'open"), "evaluation.yaml:"),
        (RULES + "---\ntitle: another\n", "evaluation.yaml:8"),
        (RULES + "? {a: b}\n: c\n", "evaluation.yaml:8"),
        (changed("title: T", "title: " + "[" * 1_000 + "]" * 1_000), "evaluation.yaml"),
        (changed("title: T", "title: " + "9" * 5_000), "evaluation.yaml"),
        (RULES.replace("T", "a\0b", 1), "evaluation.yaml"),
        ("", "evaluation.yaml:1"),
        ("# nothing yet\n", "evaluation.yaml:1"),
        ("- a\n- b\n", "evaluation.yaml:1"),
        (changed("title: T", "title: é").encode("latin-1"), "evaluation.yaml:1"),
        (RULES.encode("utf-16"), "evaluation.yaml:1"),
    ],
)
def test_yaml_that_is_broken_or_means_harm_is_refused(
    messages: Messages, rules: str | bytes, place: str
) -> None:
    faults = messages(rules)
    assert len(faults) == 1
    assert faults[0].startswith(place)


def test_a_billion_laughs_are_refused_before_they_are_told(messages: Messages) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    [fault] = messages(RULES + bomb)
    assert fault.startswith("evaluation.yaml:9: found the alias")


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


def test_faults_of_rules_and_proposals_are_told_all_at_once(messages: Messages) -> None:
    rules = changed("title:", "titel:").replace("hi: 100", "hi: 101").replace("EUR", "E")
    places = {fault.split(": ")[0] for fault in messages(rules, TABLE + "C,hi\na,lo,3\n")}
    assert places >= {"evaluation.yaml:1", "evaluation.yaml:3", "evaluation.yaml:6"}
    assert places >= {"proposals.csv:4", "proposals.csv:5"}


def test_every_answer_that_cannot_be_read_is_told_at_once(messages: Messages) -> None:
    rules = gated("{not_before: 2027-01-01}", "answer: until")
    faults = messages(rules, "vendor,q,cost,until\nA,zz,x,y\nB,hi,5%,2027-01-01\n")
    places = [fault.split(": ")[0].removeprefix("proposals.csv!") for fault in faults]
    assert sorted(places) == ["A!cost", "A!q", "A!until", "B!cost"]


def test_a_fault_stays_on_one_line_whatever_a_vendor_is_called(messages: Messages) -> None:
    [fault] = messages(table='vendor,q,cost\n"A\nevaluation.yaml:1: forged",hi,x\n')
    assert fault.startswith("proposals.csv!A\\nevaluation.yaml:1: forged!cost: ")


def test_a_folder_needs_rules_and_one_kind_of_proposals(tmp_path: Path) -> None:
    with pytest.raises(
        InputFaults, match=r"(?s)evaluation\.yaml: no such.*proposals\.csv: no such"
    ):
        read(tmp_path)
    opened(tmp_path)
    (tmp_path / "proposals").mkdir()
    assert read(tmp_path).proposals.vendors == ("A", "B")  # an empty folder is no second kind
    (tmp_path / "proposals" / "Beta.xlsx").write_bytes(b"")
    with pytest.raises(InputFaults, match="one of the two"):
        read(tmp_path)


def test_a_folder_that_is_not_there_or_is_a_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="no such folder; 'vendor-eval new FOLDER' makes one"):
        read(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputFaults, match="is a file; allowed: the folder that holds"):
        read(tmp_path / "file")


@pytest.mark.parametrize("name", ["evaluation.yaml", "proposals.csv"])
def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path: Path, name: str) -> None:
    opened(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    with pytest.raises(InputFaults, match=name):
        read(tmp_path)


def test_a_file_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    opened(tmp_path)
    with (tmp_path / "evaluation.yaml").open("r+b") as file:
        file.truncate(1_000_001)
    with pytest.raises(InputFaults, match="1000000 at most"):
        read(tmp_path)


def test_rules_are_read_alone_before_there_are_proposals(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(RULES)
    assert read_rules(tmp_path).title == "T"
    assert input_names(tmp_path) == ("evaluation.yaml",)


def test_faults_end_the_command_with_exit_code_two_and_a_line_each(tmp_path: Path) -> None:
    with pytest.raises(VendorEvalError):
        opened(tmp_path, changed("EUR", "euro"), "vendor,q,q\nA,zz,1\n")
    command = [sys.executable, "-c", "from vendor_eval.cli import main; main()"]
    ended = subprocess.run([*command, "check", tmp_path], capture_output=True, text=True)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 2
    assert ended.stdout == ""


def test_reading_evaluates_the_bids_once_and_a_copy_with_other_rules_again(tmp_path: Path) -> None:
    tender = opened(tmp_path)
    assert tender.evaluation is tender.evaluated
    other = tender.rules.model_copy(update={"title": "Another"})
    assert replace(tender, rules=other).evaluation.rules is other
