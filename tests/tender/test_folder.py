"""The evaluation folder: what is read, and how every fault is told with its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from make.running import invoked
from make.two_files import RULES, TABLE, Messages, changed, gated, opened, scaled
from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.tender.bid_files import input_names
from vendor_eval.tender.folder import read, read_rules

STEPS, POINTS = "{steps: {at_least: %s}}", "{piecewise: {points: %s}}"


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
    ended = invoked("check", tmp_path)
    assert ended.exit_code == 2
    assert len(ended.stderr.splitlines()) == 2
    assert ended.stdout == ""


def test_reading_evaluates_the_bids_once_and_a_copy_with_other_rules_again(tmp_path: Path) -> None:
    tender = opened(tmp_path)
    assert tender.evaluation is tender.evaluated
    other = tender.rules.model_copy(update={"title": "Another"})
    assert replace(tender, rules=other).evaluation.rules is other
