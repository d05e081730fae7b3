"""What arrived is shown as it is: whose workbook, under which rules, how read, what is blank."""

import re
from dataclasses import replace

from make.cases import LEAF, bid, case, line, site
from vendor_eval.bids.proposal import Proposals, SourceFile
from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.clarifications import clarifications_of
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.report.clarifications import (
    checks_table,
    clarifications_sentence,
    clarifications_table,
)
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.report.intake import (
    blanks_sentence,
    blanks_table,
    files_sentence,
    files_table,
    intake_screen,
    intake_sentence,
    readings_sentence,
    readings_table,
    unread_sentence,
)
from vendor_eval.rules.rules import fingerprint
from vendor_eval.tender.tender import Tender

BLANK = {"answer": "late", "id": "in_time", "label": "In time", "rule": {"equals": "no"}}


def intake() -> Tender:
    """Three responses: one to these rules, one to others, one without a fingerprint."""
    read = Cell(1234.5, "Birch.xlsx!Answers!E9", "1.234,50 EUR", "1.234,50 EUR read as 1234.5")
    odd = Response("Birch", "Birch.xlsx", {"answers": {"cost": Answer(read)}}, {}, "sha256:other")
    proof = Cell("see annex", "Cedar.xlsx!Answers!F9", "see annex")
    cost = Answer(Cell(5.0, "Cedar.xlsx!Answers!E9", "5"), proof)
    late = Answer(Cell("no", "Cedar.xlsx!Answers!E10", "no"))
    whole = Response("Cedar", "Cedar.xlsx", {"answers": {"cost": cost, "late": late}})
    tender = case(bid("Alder", sites=[site(city="Gda\u0144sk")]), odd, whole, gates=(BLANK,))
    ours = fingerprint(tender.rules)
    return replace(tender, responses=(replace(tender.responses[0], fingerprint=ours), odd, whole))


def rows(markup: str) -> list[list[str]]:
    """The cells of a table's rows, as text."""
    body = markup.replace("<wbr>", "").partition("<tbody>")[2]
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", body)
    ]


def test_every_workbook_says_whose_it_is_and_under_which_rules_it_was_asked() -> None:
    tender = intake()
    assert [row[:5] for row in rows(files_table(tender).markup)] == [
        ["Alder.xlsx", "Alder", "that of these rules", "4", "0"],
        ["Birch.xlsx", "Birch", "of other rules", "1", "1"],
        ["Cedar.xlsx", "Cedar", "carries none", "3", "0"],
    ]
    assert files_sentence(tender) == (
        "3 workbooks read, 1 with the fingerprint of these rules, 1 with that of other rules, "
        "1 with none."
    )


def test_readings_blanks_and_answers_without_evidence_are_told() -> None:
    tender = intake()
    assert rows(readings_table(tender).markup) == [
        ["Birch.xlsx!Answers!E9", "1.234,50 EUR", "1.234,50 EUR read as 1234.5"]
    ]
    assert rows(blanks_table(tender).markup) == [
        ["Alder", "In time", "Cost"],
        ["Birch", "In time", "Cost"],
        ["Cedar", "\u2013", "In time"],
    ]
    assert readings_sentence(tender) == "8 cells read, 1 with a note on how."
    assert blanks_sentence(tender) == (
        "2 of the answers that the rules read are blank: Alder and Birch."
    )


def test_of_a_table_it_is_said_plainly_that_there_are_no_workbooks() -> None:
    tender = intake()
    answers = Proposals(tender.proposals.answers, "proposals.csv")
    plain = Tender(tender.rules, answers, None, ())
    asked = clarifications_of(plain, evaluate(plain.rules, plain.proposals))
    screen = first_screen_html(intake_screen(plain, asked)).markup
    assert "All answers are in proposals.csv; there are no response workbooks." in screen
    assert screen.count("<h1") == 1
    assert "Rules not sealed" in screen
    for part in (files_table, readings_table):
        assert part(plain).markup == ""


def test_the_report_says_which_checks_were_made_and_why_the_others_were_not() -> None:
    lines = [line("per_fte_month", 30)]
    tender = case(
        bid("Alder", sites=[site(head_count=40)], price_lines=lines),
        bid("Birch", sites=[site(head_count=40)]),
        clarify={"tolerance": 5.0},
    )
    asked = clarifications_of(tender, evaluate(tender.rules, tender.proposals))
    outcomes = {row[0]: row[1] for row in rows(checks_table(asked).markup)}
    assert len(outcomes) == len(asked.outcomes)
    assert outcomes["Head-count"] == (
        "1 question; could not be made where: no labour is priced per FTE (Birch)"
    )
    assert outcomes["Volumes"] == "not made: no transactions are assumed"
    assert outcomes["Price of labour"] == (
        "not made: the rules give no &#39;clarify.loaded_wage_month&#39;"
    )
    assert outcomes["Requirements"] == "not made: the rules set no gates"
    shown = clarifications_table(asked).markup
    assert re.findall("<h3>(.*?)</h3>", shown) == ["Alder"]
    [cells] = re.findall("<small>(.*?)</small>", shown)
    assert cells.split("; ") == [
        "Alder.xlsx!sites!head_count1 \u201c40\u201d",
        "Alder.xlsx!price_lines!quantity1 \u201c30\u201d",
    ]


def test_a_check_that_no_bid_could_be_put_to_does_not_count_as_made() -> None:
    tender = case(bid("Alder"), bid("Birch", None))
    asked = clarifications_of(tender, evaluate(tender.rules, tender.proposals))
    outcomes = [row[1] for row in rows(checks_table(asked).markup)]
    made = sum(not outcome.startswith("not made") for outcome in outcomes)
    assert 0 < made < len(outcomes)
    assert f"{made} of {len(outcomes)} checks could be made" in clarifications_sentence(asked)


def test_faults_and_needed_answers_are_counted_apart_from_the_questions() -> None:
    leaf = LEAF | {"missing": "fault"}
    tender = case(bid("Alder", None), bid("Birch"), criteria=(leaf,))
    evaluation = evaluate(tender.rules, tender.proposals)
    tender = replace(tender, vendor_faults=evaluation.faults)
    asked = clarifications_of(tender, evaluation)
    assert intake_sentence(tender, asked) == (
        "2 proposals read, 1 of them with faults or needed answers; besides these, nothing to ask."
    )
    assert unread_sentence(tender) == "Alder (1 needed answer)."
    assert clarifications_sentence(asked).startswith("Besides faults and needed answers, no bid")


def test_a_workbook_that_names_a_vendor_again_is_said_to_have_arrived() -> None:
    files = (SourceFile("proposals/Alder.xlsx", b""), SourceFile("proposals/Alder v2.xlsx", b""))
    tender = replace(case(bid("Alder")), files=files)
    assert files_sentence(tender).startswith(
        "1 workbook read, 1 not read because another names the same vendor, "
    )
