"""The answer on one bid: everything of it, what the form shows of the winner, nothing of others."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make.awards import AWARD, LETTERS, RULES, awarded, example, proceeding
from make.decided import SIGNED
from make.envelopes import opened_prices
from vendor_eval.award.answer_page import answer
from vendor_eval.award.bid_record import LEFT_OUT
from vendor_eval.award.forms import letter_form
from vendor_eval.award.standstill_period import day
from vendor_eval.cli import main
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.documents.html_page import page
from vendor_eval.outputs.documents.markdown_text import escaped, markdown
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import read_letters_file
from vendor_eval.tender.tender import Tender


def answered(folder: Path, vendor: str, form: str = "private") -> str:
    """The answer as Markdown."""
    return of_tender(read(folder), folder, vendor, form)


def of_tender(tender: Tender, folder: Path, vendor: str, form: str = "private") -> str:
    """The same, of a folder that was read before."""
    file = read_letters_file(folder, tender)
    return markdown(answer(tender, tender.evaluation, vendor, letter_form(form), file))


@pytest.fixture(scope="module")
def support(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tender]:
    """The folder of the constructed example with an award, and what is read of it."""
    place = tmp_path_factory.mktemp("support") / "cs"
    folder = example(data, "customer-support", place, "Aurora Service")
    return folder, read(folder)


def test_an_answer_shows_every_mark_with_its_points_and_cells(
    support: tuple[Path, Tender],
) -> None:
    folder, tender = support
    text = of_tender(tender, folder, "Borealis Contact")
    evaluation = tender.evaluation
    for path in evaluation.tree.leaves:
        label = escaped(evaluation.tree.criterion(path).label)
        points = 100 * float(evaluation.values.at["Borealis Contact", path])
        [row] = re.findall(rf"^\| · {re.escape(label)} \|.*$", text, re.MULTILINE)
        assert float(row.split("|")[3]) == pytest.approx(points, abs=0.05001)
        assert "Borealis response v3 FINAL.xlsx!" in row
    assert "The contract was awarded to Aurora Service on Tue 1 Dec 2026." in text
    assert "Rules not sealed." in text


def test_an_answer_holds_nothing_of_other_losers(support: tuple[Path, Tender]) -> None:
    folder, tender = support
    vendors = tender.proposals.vendors
    for form in ("private", "uk_2023"):
        for vendor in vendors:
            text = of_tender(tender, folder, vendor, form)
            for other in set(vendors) - {vendor, "Aurora Service"}:
                assert other not in text
                assert other.split()[0] not in text


def test_the_winners_scores_are_shown_where_the_form_shows_them(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    assert "The successful bid" not in answered(folder, "Al")
    text = answered(folder, "Al", "uk_2023")
    # by hand: 0.4 x (200,000 - 121,212) / 1,000 + 0.6 x (2 x 83 + 74) / 3 = 31.5 + 48
    assert "Total of the successful tender: 79.5 of 100 points." in text
    assert "The successful bid" not in answered(folder, "Alder", "uk_2023")


@pytest.mark.parametrize(
    ("form", "shown", "hidden"),
    [
        ("eu_2014", "scored higher on: Cost; Team; Plan.", "Total of the successful tender"),
        ("us_far15", "Total of the successful tender: 79.5 of 100 points.", "scored higher on"),
        ("us_far15", "The price of the successful tender as evaluated: \u20ac121,212", "Scores of"),
    ],
)
def test_of_the_winner_a_page_shows_what_letters_of_its_form_show(
    form: str, shown: str, hidden: str, tmp_path: Path
) -> None:
    text = answered(proceeding(awarded(tmp_path / "f"), form), "Al", form)
    part = text.partition("## The successful bid")[2]
    assert shown in part
    assert hidden not in part


def test_where_the_price_of_a_point_ranks_a_page_states_it(tmp_path: Path) -> None:
    rules = RULES.partition("  - {id: cost, label: Cost")[0] + RULES[RULES.index("  - id: qual") :]
    rules += "award_rule: {price_per_point: {quality: [quality], price: cost}}\n"
    # (2 x 71 + 62) / 3 = 68 points for 141,414
    text = answered(awarded(tmp_path / "f", rules=rules), "Al")
    assert "Total: 68.0 of 100 points; price of a point: \u20ac2,079.62." in text


def test_an_excluded_bid_says_why_and_that_its_scores_are_not_shown(tmp_path: Path) -> None:
    text = answered(awarded(tmp_path / "f"), "Birch")
    assert "SOC 2 report: required 'yes'; found: no." in text
    assert "Status: excluded. The bid was not ranked; its scores are not part of this page." in text


def test_no_score_of_a_bid_that_is_not_ranked_is_shown(
    support: tuple[Path, Tender], data: Path
) -> None:
    panel = data / "customer-support-panel"
    for folder, tender in (support, (panel, read(panel))):
        evaluation = tender.evaluation
        for vendor in set(tender.proposals.vendors) - set(evaluation.ranking):
            text = of_tender(tender, folder, vendor)
            assert "The bid was not ranked; its scores are not part of this page." in text
            assert not re.search(r"Points of 100|of 100 points|out of 100|Total:", text)
            gates = [g for g in evaluation.rules.gates if g.criterion]
            failed = [
                g.criterion
                for g in gates
                if evaluation.screening.passages[vendor][g.id].state != "pass"
            ]
            reasons = text.partition("## Reasons")[2].partition("##")[0]
            for path in evaluation.tree.leaves:
                label = evaluation.tree.criterion(path).label
                assert (f"{label}: level" in reasons) == (path in failed)


def test_a_total_that_rounds_to_the_winners_is_shown_with_the_digits_that_differ(
    tmp_path: Path,
) -> None:
    # by hand: 0.4 x (200,000 - c) / 1,000 + 0.6 x 50 is 63.99 for c = 115,025 and 64 for 115,000
    table = "vendor,cost,soc2,team,plan\nAl,115025,yes,50,50\nAlder,115000,yes,50,50\n"
    letters = re.sub(r"  (?:Alder Ltd Services|Birch): .*\n", "", LETTERS)
    text = answered(awarded(tmp_path / "f", table=table, letters=letters), "Al", "uk_2023")
    assert "Total: 63.99 of 100 points." in text
    assert "Total of the successful tender: 64.00 of 100 points." in text


def test_a_panels_marks_stand_with_role_and_day_and_the_reason_word_for_word(
    data: Path, tmp_path: Path
) -> None:
    first = read(data / "customer-support-panel").evaluation.leaders[0]
    folder = example(data, "customer-support-panel", tmp_path / "p", first)
    tender = read(folder)
    panel: Any = tender.panel
    vendors = tender.proposals.vendors
    loser = next(v for v in tender.evaluation.ranking if v != first)
    text = answered(folder, loser)
    for (vendor, _), item in panel.items.items():
        if vendor == loser:
            assert escaped(item.agreement.reason) in text or LEFT_OUT in text.replace("\\", "")
            assert all(day(mark.entry.line.on) in text for mark in item.marks.values())
    assert "Information security" in text
    assert f"its code is {panel.log.code}" in text
    assert not [v for v in vendors if v not in (loser, first) and v in text]


def test_marks_and_agreements_that_were_replaced_stand_with_the_reason_of_the_change(
    data: Path,
) -> None:
    folder = data / "customer-support-panel"
    tender = read(folder)
    panel: Any = tender.panel
    vendor = "Borealis Contact"
    text = of_tender(tender, folder, vendor)
    own = [e for e in panel.log.entries if getattr(e.body, "vendor", "") == vendor]
    marks = [e for e in own if e.kind == "individual"]
    assert any(e.body.replaces for e in marks)
    for entry in marks:
        role = panel.rules.panel.evaluator(entry.body.evaluator).role
        row = f"| {role} | {entry.n} | {day(entry.line.on)} | {entry.body.level} |"
        assert text.count(row) == 1
        if entry.body.replaces:
            assert f"replaces line {entry.body.replaces}: {escaped(entry.text('reason'))}" in text
            assert f"| replaced on line {entry.n} |" in text
    for entry in own:
        if entry.kind == "agreed":
            assert f"agreed on {day(entry.line.on)}, line {entry.n} of the log" in text
    assert "replaced on Mon 15 Mar 2027, line 146" in text
    assert "entered after the agreement on line 125" in text


def test_interests_declared_about_the_vendor_are_shown_and_no_others(data: Path) -> None:
    folder = data / "customer-support-panel"
    tender = read(folder)
    panel: Any = tender.panel
    for vendor in tender.proposals.vendors:
        text = of_tender(tender, folder, vendor)
        declared = [i for i in panel.declared.interests if i.body.vendor in (vendor, "*")]
        for each in declared:
            shown = f"{each.body.interest} | {each.body.mitigation} | {each.body.decided_by}"
            assert shown in text
        none = "Nobody declared an interest about this vendor." in text
        assert none == (not declared)
    assert panel.declared.interests


def test_an_envelopes_answer_names_its_own_file_and_its_receipt_lock_and_opening(
    data: Path,
) -> None:
    folder = data / "california-two-envelope"
    text = answered(folder, "Bidder 2")
    assert "| $21,140,179.90 | proposals/price.csv adjusted_cost |" in text
    # source: scores/log.jsonl of the folder, lines 1 to 4
    assert "| Mon 12 Jan 2026 | proposals/price.csv received at 14:00 | buyer | 2 |" in text
    assert "| Mon 26 Jan 2026 | envelope 'quality' locked | buyer | 3 |" in text
    assert "| Tue 27 Jan 2026 | proposals/price.csv opened | buyer | 4 |" in text
    closed = answered(folder, "Bidder 1")
    assert "| envelope 'price' not opened for this bid |" in closed
    assert "Read from: proposals/quality.csv." in closed


def test_the_receipt_of_another_vendors_envelope_is_not_shown(tmp_path: Path) -> None:
    folder = opened_prices(tmp_path)
    tender = read(folder)
    log: Any = tender.log
    file = "proposals/quality/Birch.xlsx"
    body = log.entries[0].body.model_copy(update={"vendor": "Birch", "file": file})
    own = replace(log.entries[0], body=body)
    tender = replace(tender, log=replace(log, entries=(own, *log.entries[1:])))
    assert "Birch" not in of_tender(tender, folder, "Cedar")
    assert f"{file} received at 11:00" in of_tender(tender, folder, "Birch")


def test_questions_corrections_and_decisions_of_the_bid_are_shown(tmp_path: Path) -> None:
    table = "vendor,cost,soc2,team,plan\nAl,141414 x,yes,71,62\nAlder,121212,yes,83,74\n"
    letters = re.sub(r"  (?:Alder Ltd Services|Birch): .*\n", "", LETTERS)
    folder = awarded(tmp_path / "f", table=table, letters=letters)
    correction = (
        '- {kind: correction, vendor: Al, at: "proposals.csv!Al!cost", found: "141414 x", '
        f"value: 141414, ground: reading, {SIGNED}}}\n"
    )
    (folder / "decisions.yaml").write_text(correction + AWARD.format("Alder"), "utf-8")
    text = answered(folder, "Al")
    row = "| proposals.csv!Al!cost | 141414 x | 141414 | how the cell is read | – | As agreed |"
    assert f"{row} Tue 24 Nov 2026 | Ann | Bob |" in text
    assert "141414 x" not in answered(folder, "Alder")


def test_an_unknown_vendor_is_named_with_those_there_are(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    with pytest.raises(VendorEvalError, match="found 'Aldr'; did you mean 'Alder'"):
        answered(folder, "Aldr")


def test_the_command_prints_markdown_or_writes_a_page(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    shown = CliRunner().invoke(main, ["answer", str(folder), "--vendor", "Al"])
    assert (shown.exit_code, shown.stdout) == (0, answered(folder, "Al"))
    out = tmp_path / "answer.html"
    done = CliRunner().invoke(main, ["answer", str(folder), "--vendor", "Al", "--out", str(out)])
    assert done.exit_code == 0
    written = out.read_text("utf-8")
    assert written.startswith("<!doctype html>")
    assert "<script" not in written
    again = CliRunner().invoke(main, ["answer", str(folder), "--vendor", "Al", "--out", str(out)])
    assert again.exit_code == 2  # nothing is overwritten


def test_what_vendors_typed_is_text_on_the_page(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", letters=LETTERS + 'reasons: {Al: {cost: "<b>x</b>"}}\n')
    tender = read(folder)
    file = read_letters_file(folder, tender)
    document = answer(tender, tender.evaluation, "Al", letter_form("private"), file)
    assert "&lt;b&gt;x&lt;/b&gt;" in page(document)
