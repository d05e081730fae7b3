"""No number reaches a reader with more digits than people write, on any page, letter or answer."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT, mostly_more
from make.awards import RULES, TABLE, awarded, documents, example, letters
from make.notebook_pages import shown_texts
from vendor_eval.award.answer_page import answer
from vendor_eval.award.forms import letter_form
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.wording import number_apart

NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*)\.(\d+)(?![\w.])")
MOST, CENTS, DIGITS = 6, 2, 6
"""Decimals of any number, of an amount, and the significant digits of a number that is none."""
EVALUATIONS = sorted(path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml"))
NOTEBOOKS = ("vendor_selection", "intake", "robustness", "weights", "total_cost", "award", "panel")


def raw(text: str) -> Iterator[str]:
    """The numbers of a text that nobody would write, each with the words around it."""
    for match in NUMBER.finditer(text):
        whole, decimals = match[1].replace(",", ""), match[2]
        digits = (whole + decimals).lstrip("0")
        if len(decimals) > MOST or (len(decimals) > CENTS and len(digits) > DIGITS):
            yield text[max(0, match.start() - 40) : match.end() + 20]


@pytest.mark.parametrize("name", EVALUATIONS)
@pytest.mark.parametrize("notebook", mostly_more(NOTEBOOKS, "vendor_selection", "intake"))
def test_no_page_shows_a_raw_number(notebook: str, name: str, data: Path) -> None:
    every = [one for text in shown_texts(notebook, data / name) for one in raw(text)]
    assert every == []


@pytest.mark.parametrize("name", mostly_more(EVALUATIONS, "gsa-help-desk"))
def test_no_letter_and_no_answer_shows_a_raw_number(name: str, data: Path, tmp_path: Path) -> None:
    first = read(data / name).evaluation.leaders[0]
    folder = example(data, name, tmp_path / "folder", first)
    decisions = folder / "decisions.yaml"  # by somebody who has declared
    decisions.write_text(decisions.read_text("utf-8").replace("Committee", "moderator"), "utf-8")
    public = read(folder).rules.procedure == "public"
    form = "uk_2023" if public else "private"
    texts = list(letters(documents(folder, form)).values())
    tender = read(folder)
    for vendor in tender.proposals.vendors:
        page = answer(tender, tender.evaluation, vendor, letter_form(form), LettersFile())
        texts.append(markdown(page))
    assert [one for text in texts for one in raw(text)] == []


def test_the_lint_finds_what_nobody_would_write() -> None:
    shown = "56.916666667 points, 17916830.4544 EUR, 0.0444444 and 3.14159, 1,234,567.89, 70.6161"
    assert len(list(raw(shown))) == 3


@given(
    x=st.floats(-1e6, 1e6).map(lambda x: round(x, 9)),
    bound=st.floats(-1e6, 1e6).map(lambda x: round(x, 2)),
    near=st.sampled_from([-1e-7, 0.0, 1e-7, None]),
    decimals=st.sampled_from([None, 1]),
)
def test_a_number_is_shown_on_its_side_of_a_bound(
    x: float, bound: float, near: float | None, decimals: int | None
) -> None:
    x = x if near is None else round(bound + near, 9)
    shown = float(number_apart(x, bound, decimals).replace(",", ""))
    # what it shows is within a digit of it
    assert shown == pytest.approx(x, rel=1e-5, abs=0.06)
    assert (shown < bound, shown > bound) == (x < bound, x > bound)


GATES = """\
gates:
  - {id: soc2, label: SOC 2 report, answer: soc2, rule: {one_of: ["yes"]}}
  - {id: price, label: The price, answer: cost, rule: {at_most: 150000}}
  - {id: good, label: The quality, criterion: quality, rule: {at_least: 64}}
"""


def test_a_letter_states_what_a_gate_asks_and_found_with_its_unit(tmp_path: Path) -> None:
    gate = re.search("gates:\n.*\n", RULES)
    assert gate is not None
    # the quality of Alder Ltd Services: (2 x 65 + 61.9) / 3 = 63.9666...
    table = TABLE.replace("151515,yes,65,56", "151515,yes,65,61.9")
    folder = awarded(tmp_path / "f", rules=RULES.replace(gate[0], GATES), table=table)
    text = letters(documents(folder, "private"))["Alder Ltd Services"]
    assert "The price: required at most €150,000; found: €151,515" in text
    assert "The quality: required at least 64 points; found: 63.97 points" in text
