"""Vendors in the same position get the same question; who is not asked is named with the reason."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from make.cases import LEAF, bid, case, line
from make.priced import FLAT, TERMS
from make.running import invoked
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.clarifications.equal import equal_questions, equal_sentences
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.tender import Tender

QUALITY = {"levels": {"lo": 0, "hi": 100}}
FILLED = LEAF | {"missing": "worst"}
LEVEL = {"id": "q", "label": "Quality", "weight": 1, "answer": "q", "value": QUALITY}
GATE = {"id": "iso", "label": "ISO 27001", "answer": "iso", "rule": {"equals": "yes"}}


def tender(*answers: tuple[object, str | None, str | None], missing: str = "worst") -> Tender:
    """Bids by their cost, quality and certificate; vendors are A, B, C ..."""
    bids = [
        bid("ABCDEFGH"[n], cost, answers={"q": quality, "iso": iso})
        for n, (cost, quality, iso) in enumerate(answers)
    ]
    criteria = (LEAF | {"missing": missing}, LEVEL | {"missing": missing})
    return case(*bids, criteria=criteria, gates=(GATE,))


def sentences(rfp: Tender) -> tuple[str, ...]:
    """What is said of the blanks of a case."""
    evaluation = evaluate(rfp.rules, rfp.proposals)
    return equal_sentences(equal_questions(clarifications_of(rfp, evaluation), evaluation))


def test_who_is_excluded_is_not_asked_and_it_is_said_why() -> None:
    rfp = tender((5, None, "yes"), (6, None, "yes"), (7, None, "no"), (8, "hi", "yes"))
    [sentence] = sentences(rfp)
    assert sentence == (
        "asked 2 of the 3 vendors with a blank in “Quality” (q): A and B; not asked: "
        "C (excluded: ISO 27001)"
    )


@pytest.mark.parametrize(
    ("blank", "sentence"),
    [
        (2, "asked both vendors with a blank in “Quality” (q): A and B"),
        (3, "asked all 3 vendors with a blank in “Quality” (q): A, B and C"),
    ],
)
def test_all_in_the_same_position_are_asked(blank: int, sentence: str) -> None:
    rows = [(5, None if n < blank else "hi", "yes") for n in range(4)]
    assert sentences(tender(*rows)) == (sentence,)


def test_where_nothing_is_blank_or_one_vendor_alone_is_asked_nothing_is_said() -> None:
    assert sentences(tender((5, "hi", "yes"))) == ()
    assert sentences(tender((5, "hi", "yes"), (6, None, "yes"))) == ()


def test_one_vendor_alone_that_is_not_asked_is_named() -> None:
    assert sentences(tender((5, "hi", "yes"), (6, None, "no"))) == (
        "asked no vendor with a blank in “Quality” (q); not asked: B (excluded: ISO 27001)",
    )


ROW = st.tuples(
    st.sampled_from([5, None]), st.sampled_from(["hi", None]), st.sampled_from(["yes", None])
)


@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from(["worst", "fault"]))
def test_whoever_is_not_excluded_is_asked_about_every_blank(
    rows: list[tuple[object, str | None, str | None]], missing: str
) -> None:
    rfp = tender(*rows, missing=missing)
    evaluation = evaluate(rfp.rules, rfp.proposals)
    blanks = equal_questions(clarifications_of(rfp, evaluation), evaluation)
    expected = {
        column: [v for v, row in zip("ABCDEFGH", rows, strict=False) if row[at] is None]
        for at, column in enumerate(("cost", "q", "iso"))
    }
    assert {b.column: list(b.vendors) for b in blanks} == {c: v for c, v in expected.items() if v}
    assert [blank.unasked for blank in blanks] == [{} for _ in blanks]


def test_check_writes_letters_and_says_who_is_asked(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(
        "title: T\ndecision: D\ncurrency: EUR\nprice: cost\ncriteria:\n"
        "  - {id: cost, label: Cost, weight: 1, answer: cost, missing: fault, "
        "value: {linear: {worst: 9, best: 0}}}\n",
        "utf-8",
    )
    (tmp_path / "proposals.csv").write_text("vendor,cost\nAlder,\nBirch,6\nCedar,\n", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.md").write_text("my own", "utf-8")
    done = invoked("check", tmp_path, "--letters", "out", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "asked both vendors with a blank in “Cost” (cost): Alder and Cedar" in done.stderr
    assert done.stdout.splitlines() == ["out/alder.md", "out/cedar.md"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "alder.md", "cedar.md", "mine.md"
    ]  # fmt: skip
    assert "Cedar" not in (tmp_path / "out" / "alder.md").read_text("utf-8")


def test_a_fault_elsewhere_keeps_no_vendor_from_being_asked_about_a_blank() -> None:
    fault = Fault("A.xlsx!Answers!E6", "found '1 OO'; allowed: an amount", "A", "vendor")
    rfp = tender((5, None, None), (6, None, None), (7, "hi", "yes"))
    first, *others = rfp.responses
    broken = replace(first, faults=(replace(fault, about=("answers.cost",)),))
    criteria = (FILLED, LEVEL | {"missing": "worst"})
    evaluated = case(broken, *others, criteria=criteria, gates=(GATE,))
    evaluation = evaluate(evaluated.rules, evaluated.proposals)
    assert evaluation.status("A") == "incomplete"
    assert sentences(evaluated) == (
        "asked both vendors with a blank in “Quality” (q): A and B",
        "asked both vendors with a blank in “ISO 27001” (iso): A and B",
    )


def test_a_blank_measure_that_every_letter_asks_about_counts_as_asked() -> None:
    leaf = {key: value for key, value in LEAF.items() if key != "answer"}
    leaf |= {"label": "Total cost", "measure": "total_cost", "missing": "fault"}
    lines = [line("per_month", price=9)]
    terms = TERMS | {"exit_charge": None}
    rfp = case(
        *(bid(vendor, price_lines=lines, price_terms=terms) for vendor in ("Alder", "Birch")),
        criteria=(leaf,),
        price="total_cost",
        commercial={"months": 12, "money": "nominal", "volumes": FLAT, "forecast": "base"},
    )
    evaluation = evaluate(rfp.rules, rfp.proposals)
    assert len(every_letter(rfp, evaluation)) == 2
    assert sentences(rfp) == (
        "asked both vendors with a blank in \u201cTotal cost\u201d (total_cost): Alder and Birch",
    )


def test_where_the_folder_has_a_fault_check_keeps_its_notes_and_says_that_no_letter_is_written(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "support"
    shutil.copytree(ROOT / "data" / "customer-support", folder)
    before = invoked("check", folder, cwd=tmp_path).stderr.splitlines()
    (folder / "proposals" / "Late.ods").write_bytes(b"x")
    done = invoked("check", folder, "--letters", "out", cwd=tmp_path)
    assert done.exit_code == 2
    assert not (tmp_path / "out").exists()
    assert "--letters out: no letter was written: first settle the faults" in done.stderr
    notes = [line for line in before if " read as " in line]
    assert notes
    assert set(notes) <= set(done.stderr.splitlines())
