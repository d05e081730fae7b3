"""A vendor's answer to a question can be recorded; what nobody asked about is not changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from make.priced import TERMS, line
from make.response_books import fill, saved
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.errors import Fault, InputFaults, SealBroken
from vendor_eval.outputs.template.template import workbook
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.sealing import new_seal

RULES = """\
title: T
decision: Which one?
currency: EUR
price: total_cost
criteria:
  - {id: c, label: Total cost, weight: 1, measure: total_cost,
     value: {linear: {worst: 1000000, best: 0}}}
  - {id: q, label: Solved, weight: 1, answer: solved, unit: points, value: identity}
commercial:
  months: 12
  money: nominal
  volumes: {base: {monthly: 1000, growth: 0}}
  forecast: base
"""
SIGNED = "by: Ann, approved_by: Bob, on: 2026-11-24, reason: As agreed"
ANSWER = "ground: answer, proof: attachments/a.txt"
Lines = Sequence[Mapping[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules and the proof of an answer."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    for name in ("proposals", "attachments"):
        (tmp_path / name).mkdir()
    (tmp_path / "attachments" / "a.txt").write_text("so we mean it", "utf-8")
    return tmp_path


def send(folder: Path, lines: Lines, *, solved: object = 80, **cells: Any) -> None:
    """Puts Alder's workbook into the folder, with some cells of *Pricing* as they are given."""
    rules = read_rules(folder)
    asked = questionnaire(rules)
    forms = {"price_terms": TERMS | {"double_running": None}, "answers": {"solved": solved}}
    book = fill(workbook(asked, rules), asked, "Alder", forms, {"price_lines": lines})
    for at, entered in cells.items():
        book["Pricing"][at] = entered
    (folder / "proposals" / "Alder.xlsx").write_bytes(saved(book))


def correction(at: str, found: object, value: object, ground: str = ANSWER) -> str:
    """A correction of a cell of Alder's bid, as it stands in `decisions.yaml`."""
    said = f"vendor: Alder, at: 'Alder.xlsx!{at}', found: '{found}', value: '{value}', {ground}"
    return f"- {{kind: correction, {said}, {SIGNED}}}\n"


def decide(folder: Path, *entries: str) -> list[str]:
    """What is wrong with these decisions, once they are in the folder."""
    (folder / "decisions.yaml").write_text("".join(entries), "utf-8")
    try:
        read(folder)
    except InputFaults as error:
        return [str(fault) for fault in error.faults]
    return []


def open_faults(folder: Path) -> list[Fault]:
    """What stops Alder's bid."""
    return [fault for fault in read(folder).vendor_faults.get("Alder", ()) if fault.stops]


TWO = [line("per_transaction", 7.5), line("per_transaction", 9000, item="Set-up")]
TYPO = correction("Pricing!E6", "7,5O", "7.5", "ground: reading")
ONCE = correction("Pricing!C7", "per_transaction", "once")
SWAPPED = [line("per_month", 100, first_month=12, last_month=1)]
THOUSAND = [line("per_transaction", 7500, item="Contacts, per 1,000")]
CASES: list[tuple[Lines, Mapping[str, Any], tuple[str, ...]]] = [
    # the shares of 200 % show only once the price can be read
    (TWO, {"E6": "7,5O"}, (TYPO, ONCE)),
    # the question about the months is put at the sheet, and answered by two cells together
    (SWAPPED, {}, (correction("Pricing!H6", 12, 1), correction("Pricing!I6", 1, 12))),
    # the question is put at the basis, and answered by the price and the share
    (THOUSAND, {}, (correction("Pricing!E6", 7500, 7.5), correction("Pricing!J6", "", "100 %"))),
    # what was asked about without stopping the bid: a range
    ([TWO[0]], {"solved": "70..80"}, (correction("Answers!E6", "70..80", 75),)),
]


@pytest.mark.parametrize(("lines", "entered", "entries"), CASES)
def test_the_answer_to_a_question_is_recorded_in_whatever_order(
    folder: Path, lines: Lines, entered: Mapping[str, Any], entries: tuple[str, ...]
) -> None:
    send(folder, lines, **entered)
    for ordered in permutations(entries):
        assert decide(folder, *ordered) == []
        assert open_faults(folder) == []


@pytest.mark.parametrize(
    ("lines", "entered", "entries"),
    [
        ([TWO[0]], {}, (correction("Pricing!E6", 7.5, 6),)),
        # the other line's question is no question about this one
        (
            [*SWAPPED, line("per_month", 50, component="other")],
            {},
            (correction("Pricing!E7", 50, 40),),
        ),
        # a cell that cannot be read is asked about alone
        (TWO[:1], {"E6": "7,5O"}, (TYPO, correction("Pricing!D6", "labour", "other"))),
        # neither was asked about, so neither makes the other a question
        (
            [line("per_month", 100)],
            {},
            (correction("Pricing!E6", 100, 90), correction("Pricing!F6", "EUR", "USD")),
        ),
    ],
)
def test_what_nobody_asked_about_is_not_changed_by_an_answer(
    folder: Path, lines: Lines, entered: Mapping[str, Any], entries: tuple[str, ...]
) -> None:
    send(folder, lines, **entered)
    faults = [fault for fault in decide(folder, *entries) if fault.startswith("decisions.yaml")]
    refused = [entry for entry in entries if entry != TYPO]
    assert len(faults) == len(refused)
    for fault in faults:
        assert "read without a fault and that nothing was asked about; allowed: 'arith" in fault


@pytest.mark.parametrize(("ground", "letters"), [("ground: reading", 1), (ANSWER, 0)])
def test_what_a_vendor_answered_is_not_asked_of_it_again(
    folder: Path, ground: str, letters: int
) -> None:
    send(folder, TWO[:1], E6="7,5O")
    assert decide(folder, correction("Pricing!E6", "7,5O", "7.5", ground)) == []
    tender = read(folder)
    assert len(every_letter(tender, tender.evaluation)) == letters


def test_an_answer_that_settles_a_part_is_recorded_and_the_rest_is_asked_again(
    folder: Path,
) -> None:
    send(folder, TWO)
    shares = [correction(f"Pricing!J{n}", "", f"{share} %") for n, share in ((6, 60), (7, 30))]
    assert decide(folder, *shares) == []
    assert {fault.audience for fault in open_faults(folder)} == {"vendor"}
    assert all("for 90 % of the transactions" in fault.message for fault in open_faults(folder))


def test_a_fault_that_was_corrected_is_not_reported_whatever_else_is_wrong(folder: Path) -> None:
    send(folder, TWO, E6="7,5O")
    new_seal(folder, read_rules(folder), on=date(2026, 11, 20), bids=())
    assert decide(folder, TYPO, ONCE) == []
    rules = folder / "evaluation.yaml"
    sealed = rules.read_text("utf-8")
    rules.write_text(sealed.replace("worst: 1000000", "worst: 900000"), "utf-8")
    with pytest.raises(SealBroken) as caught:
        read(folder)
    assert [fault.place for fault in caught.value.faults] == ["seal.json"]
    rules.write_text(sealed, "utf-8")
    unknown = f"- {{kind: closed, vendor: Nobody, ground: Late, {SIGNED}}}\n"
    [fault] = decide(folder, TYPO, ONCE, unknown)
    assert "unknown vendor 'Nobody'" in fault


def test_in_a_public_procedure_an_answer_that_changes_what_could_be_read_is_warned_of(
    folder: Path,
) -> None:
    send(folder, SWAPPED, E6="1OO")
    read_as = correction("Pricing!E6", "1OO", 100)
    swapped = [correction("Pricing!H6", 12, 1), correction("Pricing!I6", 1, 12)]
    assert decide(folder, read_as, *swapped) == []
    assert read(folder).warnings == ()
    rules = folder / "evaluation.yaml"
    rules.write_text(f"{RULES}procedure: public\ntie_break: [c]\n", "utf-8")
    send(folder, SWAPPED, E6="1OO")
    ours = [warning for warning in read(folder).warnings if warning.startswith("decisions.yaml")]
    assert ours == [
        f"decisions.yaml: Alder.xlsx!Pricing!{at} held {held!r} and is read as {value!r} by an "
        "answer of Alder; in a public procedure an answer may explain a bid, not change it"
        for at, held, value in (("H6", "12", "1"), ("I6", "1", "12"))
    ]


BOOKS = {"prices": st.lists(st.integers(1, 99), min_size=1, max_size=3)}


@given(prices=BOOKS["prices"], row=st.integers(0, 2), column=st.sampled_from("BCDEF"))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_answer_is_recorded_exactly_where_something_is_asked(
    folder: Path, prices: list[int], row: int, column: str
) -> None:
    # several prices for all transactions of one component are asked about, one alone is not
    lines = [line("per_transaction", price, item=f"I{n}") for n, price in enumerate(prices)]
    (folder / "decisions.yaml").unlink(missing_ok=True)
    send(folder, lines)
    asked = bool(open_faults(folder))
    assert asked is (len(prices) > 1)
    at = 6 + row % len(prices)
    found = {"B": f"I{at - 6}", "C": "per_transaction", "D": "labour", "F": "EUR"}
    value = {"B": "Calls", "C": "per_month", "D": "other", "F": "EUR", "E": 5}[column]
    entry = correction(f"Pricing!{column}{at}", found.get(column, prices[at - 6]), value)
    refused = [f for f in decide(folder, entry) if f.startswith("decisions.yaml")]
    assert bool(refused) is not asked
