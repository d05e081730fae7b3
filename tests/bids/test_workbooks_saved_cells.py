"""What a cell holds besides text: formulas, errors, truth values, merged cells; and names."""

from datetime import datetime
from typing import Any

import pytest

from make.response_books import (
    FILLED,
    RULES,
    SOURCE,
    fill,
    filled,
    read,
    saved,
    sheet_part,
    values,
    with_cell,
)
from make.response_cells import (
    BASIS,
    CITY,
    NBSP,
    PRICE,
    SOLVED,
    WHERE,
    cell,
)
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.expertise import REFERENCES
from vendor_eval.questionnaire.pricing import TERMS
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.questionnaire.sites import SITES

NAMES = {
    "blank": (None, "the vendor's name is blank"),
    "of spaces": (f" {NBSP}", "the vendor's name is blank"),
    "too long": ("B" * 61, "a name of 61 characters"),
    "turned": ("Be\u202eta", r"the invisible '\u202e'"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_workbook_without_a_proper_name_is_nobodys(kind: str) -> None:
    typed, message = NAMES[kind]
    book = filled()
    book["Read me"]["C4"] = typed
    bid, [fault] = read(saved(book))
    assert bid is None
    assert message in fault.message
    assert fault.place in (f"{SOURCE}!Read me!B4", f"{SOURCE}!Read me!C4")


def test_a_vendor_may_be_named_by_a_number() -> None:
    book = filled()
    book["Read me"]["C4"] = 360
    bid, faults = read(saved(book))
    assert bid is not None
    assert (bid.vendor, faults) == ("360", [])


F = "<f>B2*1.05</f>"
KEPT = (
    "the value kept from the formula =[2]Rates!C3, whose link to another workbook was not followed"
)
# the XML of a cell's content, its kind, and what is read, noted or told
FORMULAS = {
    "with its value": (PRICE, "n", f"{F}<v>98</v>", 98.0, "98, the value of the formula =B2*1.05"),
    "of another workbook": (PRICE, "n", "<f>[2]Rates!C3</f><v>98</v>", 98.0, KEPT),
    "shared": (PRICE, "n", '<f t="shared" si="0"/><v>98</v>', 98.0, "98, the value of a formula"),
    "of text": (BASIS, "str", "<f>A1</f><v>once</v>", "once", "once, the value of the formula =A1"),
    "that gives nothing": (CITY, "str", '<f>IF(1,"")</f><v></v>', None, None),
    "without its value": (PRICE, "n", F, None, "found the formula =B2*1.05, whose value was not"),
    "with an empty value": (PRICE, "n", f"{F}<v></v>", None, "whose value was not calculated"),
    "in error": (PRICE, "e", f"{F}<v>#REF!</v>", None, "found the error #REF!; allowed: an amount"),
    "not there": (CITY, "e", "<f>VLOOKUP(1,A:A,1)</f><v>#N/A</v>", None, "found the error #N/A"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_formula_counts_by_the_value_saved_with_it(kind: str) -> None:
    at, held, inside, expected, message = FORMULAS[kind]
    book = filled()
    sheet, _, name = at.partition("!")
    bid, faults = read(with_cell(saved(book), sheet_part(book, sheet), name, held, inside))
    assert bid is not None
    rest = {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert values(bid) == rest | ({WHERE[at]: expected} if expected is not None else {})
    notes = [c.note for c in bid.cells if c.note]
    if expected is not None:
        assert (notes, faults) == ([message], [])
    elif message is None:
        assert (notes, faults) == ([], [])
    else:
        assert [(f.place, message in f.message) for f in faults] == [(f"{SOURCE}!{at}", True)]


def test_a_row_of_formulas_that_give_zero_is_no_entry() -> None:
    book = filled()
    book["Pricing"]["D10"] = 0
    content = with_cell(
        saved(book), sheet_part(book, "Pricing"), "D10", "n", "<f>G10*2</f><v>0</v>"
    )
    bid, faults = read(content)
    assert bid is not None
    assert (values(bid), faults) == (FILLED, [])
    assert bid.notes == (f"{SOURCE}!Pricing: row 10 is not asked for, and not read in full",)


def test_dates_counted_from_1904_are_the_days_they_show() -> None:
    book = filled()
    book.epoch = datetime.fromisoformat("1904-01-01")
    bid, faults = read(saved(book))
    assert bid is not None
    assert (values(bid), faults) == (FILLED, [])


# each amount of the standard price terms with the cell, and what is said of its currency
@pytest.mark.parametrize(
    ("amount", "stated"),
    [("arc_price", "PLN"), ("rrc_price", "PLN"), ("gain_share_floor", "CZK"),
     ("gain_share_cap", "CZK"), ("exit_charge", "CZK")],
)  # fmt: skip
def test_an_amount_is_in_the_currency_that_is_asked_next_after_it(amount: str, stated: str) -> None:
    asked = Questionnaire((TERMS,))
    terms = {"band_currency": "PLN", "terms_currency": "CZK"}
    for typed, right in ((f"18,40 {stated}", True), ("18,40 EUR", False),
                         (f"18,40 {'PLN' if stated == 'CZK' else 'CZK'}", False)):  # fmt: skip
        form = {TERMS.id: {**terms, amount: typed}}
        bid, faults = read(saved(fill(workbook(asked, RULES), asked, "Beta", form, {})), asked)
        assert bid is not None
        said = [f"the currency stated is {stated} at" in fault.message for fault in faults]
        assert said == ([] if right else [True])
        assert bid.forms[TERMS.id][amount].answer is not None


@pytest.mark.parametrize(
    ("typed", "told_as"), [("true", "TRUE"), ("1", "TRUE"), ("false", "FALSE"), ("0", "FALSE")]
)
def test_a_truth_value_is_read_as_it_is_saved(typed: str, told_as: str) -> None:
    part = sheet_part(filled(), "Sites")
    bid, faults = read(with_cell(saved(filled()), part, "C7", "b", f"<v>{typed}</v>"))
    assert bid is not None
    assert (values(bid), faults) == ({**FILLED, WHERE[CITY]: told_as}, [])


def test_a_percentage_is_read_in_the_digits_that_its_cell_shows() -> None:
    book = filled()
    cell(book, SOLVED).value = 0.1 + 0.2  # 0.30000000000000004
    bid, faults = read(saved(book))
    assert bid is not None
    assert (values(bid), faults) == ({**FILLED, WHERE[SOLVED]: 30.0}, [])


def test_a_value_under_a_merged_cell_is_a_fault() -> None:
    book = filled()
    book["Sites"].merge_cells("D7:D8")
    content = with_cell(saved(book), sheet_part(book, "Sites"), "D8", "n", "<v>22</v>")
    bid, [fault] = read(content)
    assert bid is not None
    assert fault.place == f"{SOURCE}!Sites!D8"
    assert fault.message.startswith("found '22' under a cell that is merged with D7; allowed:")
    assert values(bid) == {k: v for k, v in FILLED.items() if k != ("sites", 1, "heads")}


def test_what_is_for_the_buyer_to_fill_in_is_noted_where_it_is_filled_in() -> None:
    asked = Questionnaire((REFERENCES,))
    row = {"client": "A", "sector": "retail", "fte": 9.0, "from_year": 2020.0}
    rows = {REFERENCES.id: [row, {**row, "checked": "confirmed"}]}
    bid, faults = read(saved(fill(workbook(asked, RULES), asked, "Beta", {}, rows)), asked)
    assert bid is not None
    assert faults == []
    note = "'confirmed' under 'Checked (for the buyer)', which the buyer fills in"
    assert bid.notes == (f"{SOURCE}!References!I8: {note}",)


@pytest.mark.parametrize("typed", [-130, "-130", "-130 FTE"])
def test_a_head_count_below_nought_is_a_fault(typed: Any) -> None:
    asked = Questionnaire((SITES,))
    rows = {SITES.id: [{"country": "PL", "head_count": typed}]}
    book = fill(workbook(asked, RULES), asked, "Beta", {}, rows)
    _, [fault] = read(saved(book), asked)
    assert "-130" in fault.message
    assert fault.message.endswith("allowed: a number, at least 0")
    [rule] = [v for v in book["Sites"].data_validations.dataValidation if v.type == "decimal"]
    assert (rule.formula1, rule.formula2) == ("0", "1E+15")
