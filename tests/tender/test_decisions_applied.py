"""Decisions at work in a folder: who is read, who is excluded, which cells are corrected."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from make.response_books import saved
from make.running import vendor_eval
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry, open_headline
from vendor_eval.award.result import assess
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.errors import InputFaults
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.results import results_json
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.outputs.stages.order import advice
from vendor_eval.outputs.template.template import response_template
from vendor_eval.report.decisions import decisions_table
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.report.gates import gates_sentence, gates_table
from vendor_eval.tender import bids
from vendor_eval.tender.bids_after_decisions import corrected_table
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.tender import Tender

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: cost, label: Cost, weight: 1, unit: EUR, answer: cost,
     value: {linear: {worst: 200, best: 0}}}
  - {id: q, label: Quality, weight: 1, answer: quality, value: {levels: {lo: 0, hi: 100}}}
"""
TABLE = "vendor,cost,quality\nAlder,140 120,hi\nBirch,100,hi\nCedar,150,lo\n"
SIGNED = "by: Ann, approved_by: Bob, on: 2026-11-24, reason: As agreed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules alone."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    return tmp_path


def send(folder: Path, file: str, vendor: str, **answers: Any) -> None:
    """Puts a filled-in workbook into the folder."""
    cells = {"cost": "E6", "quality": "E7"}
    book = load_workbook(io.BytesIO(response_template(read_rules(folder))))
    book["Read me"]["C4"] = vendor
    for name, value in answers.items():
        book["Answers"][cells[name]] = value
    (folder / "proposals").mkdir(exist_ok=True)
    (folder / "proposals" / file).write_bytes(saved(book))


def tabled(folder: Path, table: str = TABLE) -> None:
    """Puts the table into the folder."""
    (folder / "proposals.csv").write_text(table, "utf-8")


def decide(folder: Path, *entries: str) -> None:
    """Puts decisions into the folder, one a line."""
    lines = "".join(f"- {{{entry}, {SIGNED}}}\n" for entry in entries)
    (folder / "decisions.yaml").write_text(lines, "utf-8")


def evaluated(case: Tender) -> Evaluation:
    """The evaluation of what was read."""
    return evaluate(case.rules, case.proposals)


def faults(folder: Path) -> list[str]:
    """Every fault that stops the folder."""
    with pytest.raises(InputFaults) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults if fault.vendor is None]


TABLE_CELL = 'at: "proposals.csv!Alder!cost", found: "140 120"'
BOOK_CELL = 'at: "a.xlsx!Answers!E6", found: "140 x"'


SUM = ("", ", calculation: 2 x 45 = 90")
"""What a correction of a sum has to show, and another not."""


def correction(cell: str = TABLE_CELL, value: object = 120, ground: str = "reading") -> str:
    """A correction of a cell of Alder's bid."""
    said = f"{cell}, value: {value}, ground: {ground}{SUM[ground == 'arithmetic']}"
    return f"kind: correction, vendor: Alder, {said}"


def books(folder: Path) -> None:
    """Two workbooks, one of which cannot be read without a correction."""
    send(folder, "a.xlsx", "Alder", cost="140 x", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")


@pytest.mark.parametrize("kind", ["table", "workbooks"])
def test_a_corrected_cell_is_read_as_the_buyer_says_and_the_bid_is_ranked(
    folder: Path, kind: str
) -> None:
    tabled(folder) if kind == "table" else books(folder)
    assert evaluated(read(folder)).status("Alder") == "incomplete"
    cell = TABLE_CELL if kind == "table" else BOOK_CELL
    decide(folder, correction(cell, 90))
    case = read(folder)
    found = evaluated(case)
    assert found.status("Alder") == "eligible"
    assert found.ranking[0] == "Alder"  # at 90 cheaper than Birch at 100, both of quality "hi"
    assert found.price("Alder") == 90
    assert case.proposals.corrected == {cell.split('"')[1]}
    assert case.submitted is not None
    without = evaluate(case.rules, case.submitted)
    assert (without.ranking[0], without.status("Alder")) == ("Birch", "incomplete")
    assert "decisions.yaml" in case.hashes


def test_a_corrected_cell_of_a_workbook_says_so_where_it_is_listed(folder: Path) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, '"120 EUR"', "obvious"))
    assert (
        "a.xlsx!Answers!E6: '140 x' corrected to '120 EUR': an obvious slip" in read(folder).read_as
    )


def test_a_workbook_without_a_correction_is_read_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, 90))
    opened: list[str] = []

    def counted(content: bytes, source: str, *more: Any, **options: Any) -> Any:
        opened.append(source)
        return response(content, source, *more, **options)

    monkeypatch.setattr(bids, "returned_response", counted)
    read(folder)
    assert opened == ["a.xlsx", "b.xlsx", "a.xlsx"]


def test_a_blank_is_filled_by_the_vendors_answer_and_its_proof(folder: Path) -> None:
    send(folder, "a.xlsx", "Alder", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    proved = ", proof: attachments/alder.pdf"
    for cell in ("a.xlsx!Answers!E6", "a.xlsx!Answers!cost"):
        named = f'at: "{cell}", found: ""'
        decide(folder, correction(named, 90, "answer") + proved)
        assert evaluated(read(folder)).price("Alder") == 90


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (
            correction(TABLE_CELL.replace("140 120", "140120")),
            "decision 1.found: found '140120'; allowed: ",
        ),
        (
            correction(TABLE_CELL.replace("!cost", "!costs")),
            "decision 1.at: found 'proposals.csv!Alder!costs'",
        ),
        (correction(value="nothing"), "decision 1.value: cannot be read there: found 'nothing'"),
        (
            correction('at: "proposals.csv!Alder!quality", found: hi', "lo"),
            "decision 1.ground: found 'reading' for a cell that is read without a fault",
        ),
        (
            correction('at: "proposals.csv!Birch!cost", found: 100', 90, "arithmetic"),
            "decision 1.at: found 'proposals.csv!Birch!cost'",
        ),
    ],
)
def test_a_correction_that_does_not_fit_its_cell_is_a_fault_of_the_decisions(
    folder: Path, entry: str, fault: str
) -> None:
    tabled(folder)
    decide(folder, entry)
    told = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: {fault}") for each in told), told


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (correction(BOOK_CELL, "12 monkeys"), "decision 1.value: cannot be read there: "),
        (
            correction(BOOK_CELL.replace("140 x", "141 x")),
            "decision 1.found: found '141 x'; allowed: ",
        ),
        (correction(BOOK_CELL.replace("E6", "E99")), "decision 1.at: found 'a.xlsx!Answers!E99'"),
        (
            correction(BOOK_CELL.replace("a.xlsx", "b.xlsx")),
            "decision 1.vendor: found 'Alder'; allowed: 'Birch'",
        ),
    ],
)
def test_a_correction_in_a_workbook_is_held_to_the_same(
    folder: Path, entry: str, fault: str
) -> None:
    books(folder)
    decide(folder, entry)
    told = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: {fault}") for each in told), told


def test_a_sum_that_reads_well_may_be_corrected_for_arithmetic(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140"))
    cell = TABLE_CELL.replace('"140 120"', "140")
    decide(folder, correction(cell, 90, "arithmetic"))
    case = read(folder)
    assert evaluated(case).ranking[0] == "Alder"
    assert case.submitted is not None
    assert evaluate(case.rules, case.submitted).ranking[0] == "Birch"


def test_a_corrected_cell_of_a_table_is_no_longer_spoilt_and_the_others_are(folder: Path) -> None:
    tabled(folder)
    spoilt = frozenset({("Alder", "cost"), ("Alder", "quality"), ("Birch", "cost")})
    proposals = replace(read(folder).proposals, spoilt=spoilt)
    decide(folder, correction())
    corrected, cells = corrected_table(proposals, read(folder).decisions.corrections)
    assert list(cells) == ["proposals.csv!Alder!cost"]
    assert corrected.spoilt == spoilt - {("Alder", "cost")}


def test_a_closed_bid_and_a_rejected_price_are_excluded_with_their_ground(folder: Path) -> None:
    tabled(folder)
    decide(
        folder,
        "kind: closed, vendor: Alder, ground: No answer by 24 November",
        "kind: investigation, vendor: Birch, asked_on: 2026-11-20, outcome: rejected",
    )
    found = evaluated(read(folder))
    assert found.ranking == ("Cedar",)
    assert {v: found.status(v) for v in ("Alder", "Birch")} == dict.fromkeys(
        ("Alder", "Birch"), "excluded"
    )
    assert found.screening.excluded == {
        "Alder": "No answer by 24 November",
        "Birch": "price rejected as abnormally low: As agreed",
    }


LOW = """clarify:
  estimate: 180
  abnormally_low: {below_mean_of_others: 30, below_estimate: 40}
"""
REJECTED = "kind: investigation, vendor: Birch, asked_on: 2026-11-20, outcome: rejected"


def test_no_vendor_is_closed_or_judged_for_what_nothing_raised(folder: Path) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    # Birch's 130 is 10 % below the mean of 140 and 150, and 28 % below the estimate
    tabled(folder, "vendor,cost,quality\nAlder,140,hi\nBirch,130,hi\nCedar,150,lo\n")
    decide(folder, "kind: closed, vendor: Alder, ground: Late", REJECTED)
    closes, judges = (fault.partition(";")[0] for fault in faults(folder))
    assert closes == (
        "decisions.yaml:1: decision 1.kind: closes the bid of 'Alder', which holds no fault and "
        "leaves no needed answer or requirement open"
    )
    assert judges == (
        "decisions.yaml:2: decision 2.kind: judges the price of 'Birch', which is not abnormally "
        "low by 'clarify.abnormally_low' of the rules"
    )


@pytest.mark.parametrize("others", [("140", "150"), ("300", "290")])
def test_a_price_that_is_abnormally_low_by_either_rule_may_be_judged(
    folder: Path, others: tuple[str, str]
) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    price = "100" if others[0] == "140" else "190"  # below the estimate, or below the mean alone
    tabled(folder, f"vendor,cost,quality\nA,{others[0]},hi\nBirch,{price},hi\nC,{others[1]},lo\n")
    decide(folder, REJECTED)
    assert evaluated(read(folder)).status("Birch") == "excluded"


def test_an_undecided_vendor_may_be_closed(folder: Path) -> None:
    gate = "gates:\n  - {id: g, label: Law, answer: law, rule: {equals: EU}}\n"
    (folder / "evaluation.yaml").write_text(RULES + gate, "utf-8")
    tabled(folder, "vendor,cost,quality,law\nAlder,140,hi,\nBirch,100,hi,EU\n")
    decide(folder, "kind: closed, vendor: Alder, ground: No answer")
    assert evaluated(read(folder)).ranking == ("Birch",)


def test_an_exclusion_that_changes_who_is_first_stands_on_the_first_screen(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140"))
    said = "The buyer excluded {}; without that Birch would be first, not Alder."
    for vendor, shown in (("Birch", True), ("Cedar", False)):
        decide(folder, REJECTED.replace("Birch", vendor))
        case = read(folder)
        result = assess(case.rules, case.proposals, draws=10)
        told = str(first_screen_html(case, result).markup)
        assert (said.format(vendor) in told) is shown
        assert "1 of 3 vendors excluded, 1 by the buyer" in told


def test_a_low_price_that_leads_is_asked_about_until_an_investigation_is_recorded(
    folder: Path,
) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    tabled(folder, "vendor,cost,quality\nAlder,140,hi\nBirch,90,hi\nCedar,160,lo\n")
    case = read(folder)
    result = assess(case.rules, case.proposals, draws=10)
    [entry] = result.recommendation.open
    # 90 is 40 % below the mean of 140 and 160, 150, and 50 % below the estimate of 180
    assert (entry.vendor, entry.kind, entry.to) == ("Birch", "question", ("Alder",))
    assert open_entry(result, entry) == (
        "The price of Birch is 40 % below the mean of the 2 other bids and 50 % below our "
        "estimate, and no investigation of it is recorded; Alder could be first."
    )
    assert sentence(result) == (
        "Open: we must settle the low price of Birch first. Until then Birch, for \u20ac90, is "
        "first, 77.5 to 65.0."
    )
    told = advice(folder)
    assert told.stage == "questions open"
    assert [need.vendor for need in told.needs] == [None]
    assert told.command is not None
    assert "--letters" in told.command
    decide(folder, REJECTED.replace("rejected", "accepted, answered: 2026-11-22"))
    case = read(folder)
    assert assess(case.rules, case.proposals, draws=10).recommendation.open == ()
    assert advice(folder).stage == "ready"


def test_a_cell_that_was_not_read_letter_for_letter_is_corrected_by_the_vendors_answer(
    folder: Path,
) -> None:
    send(folder, "a.xlsx", "Alder", cost="140 120", quality="hi")
    send(folder, "b.xlsx", "Birch", cost="100", quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    cell = BOOK_CELL.replace("140 x", "140 120")
    for ground in ("reading", "answer"):
        decide(folder, correction(cell, 120, ground) + ", proof: attachments/alder.pdf")
        assert evaluated(read(folder)).price("Alder") == 120
    decide(folder, correction(cell, 120, "obvious"))
    [told] = faults(folder)
    assert told.endswith("allowed: 'arithmetic', 'reading' or 'answer'")


def test_in_a_public_procedure_a_blank_that_is_filled_is_warned_of(folder: Path) -> None:
    send(folder, "a.xlsx", "Alder", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    filled = correction('at: "a.xlsx!Answers!E6", found: ""', 90, "answer")
    decide(folder, filled + ", proof: attachments/alder.pdf")
    said = (
        "decisions.yaml: a.xlsx!Answers!E6 was blank and is filled with '90' by an answer of "
        "Alder; in a public procedure an answer may explain a bid, not add to it"
    )
    assert said not in read(folder).warnings
    (folder / "evaluation.yaml").write_text(RULES + "procedure: public\n", "utf-8")
    assert said in read(folder).warnings


TWINS = "vendor,cost,quality\nDelphi v1,90,hi\nDelphi Ltd. v2 FINAL,80,hi\nCedar,150,lo\n"


def test_one_vendor_as_two_is_incomplete_until_it_is_decided_which_bid_stands(folder: Path) -> None:
    tabled(folder, TWINS)
    case = read(folder)
    assert evaluated(case).ranking == ("Cedar",)
    assert sorted(case.vendor_faults) == ["Delphi Ltd. v2 FINAL", "Delphi v1"]
    assert {f.audience for met in case.vendor_faults.values() for f in met} == {"buyer"}
    decide(folder, "kind: two_vendors, stands: Delphi Ltd. v2 FINAL, instead_of: Delphi v1")
    case = read(folder)
    assert evaluated(case).ranking == ("Delphi Ltd. v2 FINAL", "Cedar")
    assert case.notes == (
        "Delphi v1: not read; Delphi Ltd. v2 FINAL stands instead of it (decisions.yaml)",
    )
    decide(folder, "kind: two_vendors, vendors: [Delphi v1, Delphi Ltd. v2 FINAL]")
    assert evaluated(read(folder)).ranking == ("Delphi Ltd. v2 FINAL", "Delphi v1", "Cedar")


def test_a_vendor_that_is_named_twice_is_incomplete_until_one_of_the_bids_stands(
    folder: Path,
) -> None:
    send(folder, "one.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "two.xlsx", "ALDER", cost=80, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    case = read(folder)
    assert evaluated(case).ranking == ("Birch",)
    [(vendor, [fault])] = case.vendor_faults.items()
    assert (vendor, fault.place, fault.audience) == ("Alder", "two.xlsx", "buyer")
    decide(folder, "kind: two_vendors, stands: two.xlsx, instead_of: one.xlsx")
    assert evaluated(read(folder)).price("ALDER") == 80


def test_a_row_that_names_a_vendor_again_is_held_to_the_same(folder: Path) -> None:
    tabled(folder, "vendor,cost,quality\nAlder,90,hi\nBirch,100,hi\nalder,80,hi\n")
    case = read(folder)
    assert evaluated(case).ranking == ("Birch",)
    decide(folder, "kind: two_vendors, stands: proposals.csv:4, instead_of: proposals.csv:2")
    assert evaluated(read(folder)).price("alder") == 80


SWAP = "kind: two_vendors, stands: {}, instead_of: {}"


@pytest.mark.parametrize(
    ("swaps", "fault"),
    [
        ([("Alder", "Birch"), ("Birch", "Alder")], "1.stands: 'Alder' is not read either"),
        ([("Delphi v2", "Delphi v1"), ("Delphi v3", "Delphi v2")], "1.stands: 'Delphi v2' is not"),
        ([("proposals.csv:2", "Alder")], "1.stands: 'proposals.csv:2' is not read either"),
        ([("Birch", "Alder")], "1: nothing says that 'Alder' and 'Birch' are one bid"),
        ([("proposals.csv:3", "proposals.csv:2")], "1: nothing says that "),
        ([("proposals.csv:1", "Alder")], "1.stands: unknown bid 'proposals.csv:1'"),
        ([("Alder", "Twice")], "1.instead_of: 'Twice' names 2 bids; allowed: one of 'proposals"),
    ],
)
def test_no_bid_is_removed_without_another_that_is_read_and_may_be_the_same_one(
    folder: Path, swaps: list[tuple[str, str]], fault: str
) -> None:
    rows = "Alder,140,hi\nBirch,100,hi\nDelphi v1,9,hi\nDelphi v2,8,hi\nDelphi v3,7,hi\n"
    tabled(folder, f"vendor,cost,quality\n{rows}Twice,1,hi\nTwice,1,hi\n")
    decide(folder, *(SWAP.format(stands, gone) for stands, gone in swaps))
    told = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: decision {fault}") for each in told), told
    assert all(each.startswith("decisions.yaml:") for each in told)


@pytest.mark.parametrize(
    ("stands", "gone", "fault"),
    [
        ("b.xlsx", "Alder", "nothing says that "),
        ("Alder", "a.xlsx", "'Alder' is not read either"),
        ("b.xlsx", "twice.xlsx", "nothing says that "),
    ],
)
def test_no_workbook_is_removed_without_another_either(
    folder: Path, stands: str, gone: str, fault: str
) -> None:
    send(folder, "a.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "proposals" / "twice.xlsx").write_bytes(b"broken")
    decide(folder, SWAP.format(stands, gone))
    [told] = faults(folder)
    assert fault in told


def test_two_bids_that_stand_for_each_other_are_the_only_fault_of_their_folder(
    folder: Path,
) -> None:
    tabled(folder, "vendor,cost,quality\nDelphi v1,9,hi\nDelphi v2,8,hi\n")
    one, other = "Delphi v1", "Delphi v2"
    decide(folder, SWAP.format(one, other), SWAP.format(other, one))
    told = faults(folder)
    assert [each.partition(":")[0] for each in told] == ["decisions.yaml"] * 2
    assert all("is not read either" in each for each in told)


def test_vendors_that_are_said_to_be_two_do_not_stand_for_each_other(folder: Path) -> None:
    tabled(folder, TWINS)
    one, other = "Delphi v1", "Delphi Ltd. v2 FINAL"
    decide(folder, f"kind: two_vendors, vendors: [{one}, {other}]", SWAP.format(other, one))
    [told] = faults(folder)
    assert "whose vendors are two by another decision" in told


NAMES = ["A v1", "A v2", "A v3", "B", "b"]
SWAPS = st.tuples(*[st.sampled_from([*NAMES, "proposals.csv:3"])] * 2)


@given(st.lists(SWAPS.filter(lambda swap: swap[0] != swap[1]), max_size=4))
@settings(max_examples=20, deadline=None)
def test_regardless_of_what_is_decided_every_bid_is_read_listed_or_at_fault(
    tmp_path_factory: pytest.TempPathFactory, swaps: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "evaluation.yaml").write_text(RULES, "utf-8")
    rows = "".join(f"{vendor},{n},hi\n" for n, vendor in enumerate(NAMES))
    tabled(folder, f"vendor,cost,quality\n{rows}")
    decide(folder, *(SWAP.format(*swap) for swap in swaps))
    try:
        case = read(folder)
    except InputFaults:
        return
    places = {fault.place for met in case.vendor_faults.values() for fault in met}
    again = {"b"} if "proposals.csv:6" in places else set()  # a second line of one vendor
    gone = {each.replaced.vendor for each in case.replaced}
    assert {*case.proposals.vendors, *gone, *again} == set(NAMES)
    assert {each.stands.vendor for each in case.replaced} <= set(case.proposals.vendors)


def test_results_list_the_bids_that_are_not_read(folder: Path) -> None:
    send(folder, "one.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "two.xlsx", "ALDER", cost=80, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    assert "replaced" not in results(folder)
    decide(folder, SWAP.format("two.xlsx", "Alder"))
    told = results(folder)
    assert told["ranking"] == ["ALDER", "Birch"]
    assert told["replaced"] == [
        {
            "by": "Ann", "on": "2026-11-24", "reason": "As agreed", "approved_by": "Bob",
            "vendor": "Alder", "at": "one.xlsx", "stands": "ALDER", "stands_at": "two.xlsx",
        }
    ]  # fmt: skip


def test_decisions_do_not_move_a_digit_of_other_vendors(folder: Path) -> None:
    tabled(folder, TABLE + "Dorado,x,hi\n")
    before = evaluated(read(folder)).scores
    decide(folder, correction(), "kind: closed, vendor: Dorado, ground: Late")
    after = evaluated(read(folder)).scores
    assert after["Birch"] == before["Birch"]


def results(folder: Path) -> dict[str, Any]:
    """`results.json` of a folder."""
    case = read(folder)
    return json.loads(results_json(case, assess(case.rules, case.proposals, draws=10)))


@pytest.mark.parametrize("kind", ["table", "workbooks"])
def test_results_list_corrections_and_mark_what_reads_them(folder: Path, kind: str) -> None:
    tabled(folder) if kind == "table" else books(folder)
    assert "corrections" not in results(folder)
    decide(folder, correction(TABLE_CELL if kind == "table" else BOOK_CELL, 90))
    told = results(folder)
    [entry] = told["corrections"]
    assert (entry["vendor"], entry["value"], entry["ground"]) == ("Alder", 90, "reading")
    assert (entry["by"], entry["approved_by"], entry["on"]) == ("Ann", "Bob", "2026-11-24")
    assert told["ranking"][0] == "Alder"
    assert told["ranking_without_corrections"][0] == "Birch"
    criteria = {vendor: each["criteria"] for vendor, each in told["vendors"].items()}
    assert criteria["Alder"]["cost"]["corrected"] is True
    assert "corrected" not in criteria["Alder"]["q"]
    assert "corrected" not in criteria["Birch"]["cost"]


def test_a_correction_that_changes_who_is_first_stands_on_the_first_screen(folder: Path) -> None:
    tabled(folder)
    for value, shown in ((90, True), (120, False)):
        decide(folder, correction(value=value))
        case = read(folder)
        result = assess(case.rules, case.proposals, draws=10)
        sentence = (
            "The buyer corrected 1 cell; without corrections Birch would be first, not Alder."
        )
        assert (sentence in str(first_screen_html(case, result).markup)) is shown
        assert "is read as" in decisions_table(case, result.evaluation).markup


def test_the_ground_of_an_excluded_vendor_stands_wherever_it_is_shown(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140") + "Dorado,x,hi\n")
    gate = "gates:\n  - {id: g, label: Hi, answer: quality, rule: {one_of: [hi, lo]}}\n"
    (folder / "evaluation.yaml").write_text(RULES + gate, "utf-8")
    decide(folder, "kind: closed, vendor: Dorado, ground: No answer in time")
    case = read(folder)
    result = assess(case.rules, case.proposals, draws=10)
    vendor = results(folder)["vendors"]["Dorado"]
    assert (vendor["status"], vendor["ground"], vendor["rank"]) == (
        "excluded",
        "No answer in time",
        None,
    )
    assert "excluded by the buyer: No answer in time" in gates_table(result).markup
    assert gates_sentence(result) == (
        "Of 4 vendors, 3 pass every gate and 1 is excluded by the buyer. Only those that pass "
        "are ranked."
    )
    assert "Dorado" not in result.to_qualify
    [row] = [v for v in explorer_model(case, result)["vendors"] if v["closed"]]
    assert row["name"] == "Dorado"
    book = load_workbook(io.BytesIO(scorecard_workbook(case, result)))
    cells = [str(cell.value) for row in book["Gates"].iter_rows() for cell in row]
    assert "excluded" in cells


def test_a_run_lists_corrections_in_its_manifest_and_report(folder: Path, tmp_path: Path) -> None:
    tabled(folder)
    decide(folder, correction(value=90))
    done = vendor_eval("run", folder, "--out", tmp_path / "out", "-p", "draws=100", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["corrections"][0]["at"] == "proposals.csv!Alder!cost"
    assert "decisions.yaml" in manifest["inputs"]
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "What the buyer decided of the bids" in report
    assert "The ranking with corrections and without" in report


def test_what_only_the_buyer_can_settle_is_asked_of_no_vendor(folder: Path) -> None:
    tabled(folder, TWINS)
    case = read(folder)
    told = open_headline(assess(case.rules, case.proposals, draws=10))
    assert told.startswith(
        "Open: we must settle the bids of Delphi Ltd. v2 FINAL and Delphi v1 first. Until then "
    )
    assert list_letters(case) == []


def list_letters(case: Tender) -> list[str]:
    """The names of the letters that a case gives rise to."""
    return sorted(every_letter(case, evaluated(case)))


@pytest.mark.parametrize("value", [90, "120 EUR", "1.234,50", "10..14", "12,5", "1 234"])
def test_a_corrected_cell_is_read_as_if_the_vendor_had_entered_it(
    folder: Path, value: object
) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, json.dumps(value)))
    corrected = read(folder).proposals.answers
    (folder / "decisions.yaml").unlink()
    send(folder, "a.xlsx", "Alder", cost=value, quality="hi")
    assert corrected.equals(read(folder).proposals.answers)


def test_where_the_buyer_excluded_the_last_vendor_no_gate_is_blamed(folder: Path) -> None:
    tabled(folder, "vendor,cost,quality\nAlder,x,hi\n")
    decide(folder, "kind: closed, vendor: Alder, ground: Late")
    case = read(folder)
    result = assess(case.rules, case.proposals, draws=10)
    assert sentence(result) == "No award: no vendor is eligible."
    assert gates_sentence(result) == (
        "Of 1 vendor, none pass every gate and 1 is excluded by the buyer. Only those that pass "
        "are ranked."
    )
