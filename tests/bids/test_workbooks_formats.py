"""What a cell shows by its number format, and what is read of it: the same, or a fault."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest

from make.response_books import FILLED, SOURCE, filled, patched, read, saved, values
from vendor_eval.bids.workbooks import numbers
from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.kinds import read as read_cell
from vendor_eval.bids.workbooks.notation import Ambiguous
from vendor_eval.questionnaire.sheet import Question

PRICE, DISCOUNT, QUANTITY = "Pricing!D6", "Pricing!F6", "Pricing!G6"
VALID, REFERENCE, CITY, YEARS = "Answers!E9", "Answers!E10", "Sites!C7", "Answers!E6"
WHERE = {
    **{PRICE: ("lines", 0, "price"), DISCOUNT: ("lines", 0, "discount")},
    **{QUANTITY: ("lines", 0, "quantity"), YEARS: ("answers", "years")},
    **{VALID: ("answers", "valid"), REFERENCE: ("answers", "reference")},
    **{CITY: ("sites", 0, "city")},
}
ACCOUNTING = r'_-* #,##0.00\ [$€-407]_-;\-* #,##0.00\ [$€-407]_-;_-* "-"??\ [$€-407]_-;_-@_-'
DOLLARS = r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)'
MONEY = Question("price", "Price", "money")

# at which cell what is held, by which number format, and what the fault says
FAULTS = [
    (PRICE, 18.5, r'#,##0.0\ "k€"', "found '18.5 k€', with 'k€'; allowed: an amount"),
    (PRICE, 18500, r'#,##0.0,\ "k€"', "found '18.5 k€', shown by the number format"),
    (PRICE, 16300, r"#,##0.00\ [$kr.-406]", "found '16,300.00 kr.', but the currency stated is"),
    (PRICE, 26280, r'#,##0\ "€ p.a."', "found '26,280 € p.a.', with '€ p.a.'"),
    (PRICE, 2190, r'#,##0.00\ "USD"', "found '2,190.00 USD', but the currency stated is EUR"),
    (PRICE, 2190, "[$$-409]#,##0.00", "found '$2,190.00', but the currency stated is EUR"),
    (PRICE, 1000, r"\8", r"found '8', shown by the number format '\\8' for 1000; allowed: an"),
    (PRICE, 8, r"0\0", "found '80'"), (PRICE, 8000, "0,", "found '8'"),
    (PRICE, 8000, "#,##0.0,", "found '8.0'"), (PRICE, -8, "0;0", "found '8'"),
    (PRICE, -8, "0;[Red]0", "found '8'"), (PRICE, 8, r"\-0", "found '-8'"),
    (PRICE, 8, ";;;", "found '8', which the cell does not show; allowed: an amount"),
    (PRICE, 0, "#", "found '0', which the cell does not show"),
    (PRICE, 16.3, r"0\.000", "found '0.016'"), (PRICE, 12345, "0-00-00", "found '1-23-45'"),
    (PRICE, 18.5, "# ?/?", "found 18.5, shown by the number format '# ?/?', which is not read"),
    (PRICE, 18.5, "[DBNum1]0.0", "which is not read"), (PRICE, 18.5, "0;0;0;@;0", "not read"),
    (PRICE, 18.5, "0.0[", "found '18.5['"), (PRICE, -8, "[>=1000]0;0", "which is not read"),
    (PRICE, 1250, r'[>=1000]#,##0.0,"k";0', "found '1.3k', shown by"),
    (PRICE, 46357, "mmm-yy", "found Dec-26, shown as a date"),
    (PRICE, 1.5, "[h]:mm", "found 36:00, shown as a date"),
    (QUANTITY, 62, '0" heads"', "found '62 heads', with 'heads'; allowed: a number of FTE"),
    (DISCOUNT, 0.05, "0%%", "found '500%%'"),
    (PRICE, 18.5, '0.0" \u202eRUE"', r"found the invisible '\u202e'; allowed: printable text"),
    (VALID, 46357, "mmm-yy", "found Dec-26, without a day, a month and a year"),
    (VALID, 46357, "[$-407]mmm yyyy;@", "found Dec 2026, without a day"),
    (VALID, 46357, "yyyy", "found 2026, without a day"), (VALID, 46357, "d mmm", "found 1 Dec,"),
    (VALID, 46357, "d mmmmm yyyy", "found 1 D 2026, without a day"),
    (VALID, 46357, "dd.mm.yyyy hh:mm:ss.000", "which is not read"),
    (VALID, 46357, 'd mmm yyyy" at the latest"', "found '1 Dec 2026 at the latest'"),
    (VALID, 46357, r'd mmm yyyy\7', "found '1 Dec 20267'"), (VALID, 46357, "h:mm", "without a day"),
    (VALID, 46357, "[$-2060401]dd/mm/yyyy", "which is not read"),
    (VALID, -1, "yyyy-mm-dd", "found -1, shown by the number format 'yyyy-mm-dd'"),
    (REFERENCE, "731", ";;;", "found '731', which the cell does not show"),
    (YEARS, "9", '0;0;0;@" months"', "found '9 months', with 'months'"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "held", "code", "message"), FAULTS)
def test_what_a_cell_shows_and_does_not_hold_is_a_fault(
    at: str, held: Any, code: str, message: str
) -> None:
    book = filled()
    cell = _cell(book, at)
    cell.value, cell.number_format = held, code
    bid, faults = read(saved(book))
    assert bid is not None
    assert [f.place for f in faults] == [f"{SOURCE}!{at}"]
    assert message in faults[0].message


# what is held, by which number format, what it is read as, and what is noted
READ = [
    (PRICE, 3150.5, "#,##0.00", 3150.5, None), (PRICE, 3150.5, "General", 3150.5, None),
    (PRICE, 3150.5, ACCOUNTING, 3150.5, None), (PRICE, -3150.5, ACCOUNTING, -3150.5, None),
    (PRICE, 0, ACCOUNTING, 0.0, "shown as '-   €', read as 0"),
    (PRICE, -3150.5, "#,##0.00_);(#,##0.00)", -3150.5, "shown as '(3,150.50)', read as -3150.5"),
    (PRICE, 18.456, "#,##0.00", 18.456, "shown as '18.46', read as 18.456"),
    (PRICE, 18.456, "0.00 [$€-1]", 18.456, "shown as '18.46 €', read as 18.456"),
    (PRICE, 1234567, "#,##0.00\\ [$EUR]", 1234567.0, None), (PRICE, 0.125, "#.###", 0.125, None),
    (PRICE, 16300, "# ##0", 16300.0, None), (PRICE, 16300, "#'##0.00", 16300.0, None),
    (PRICE, 1630000, r"[>=10000000]##\,##\,##\,##0;[>=100000]##\,##\,##0;##,##0", 1630000.0, None),
    (PRICE, 16300, "0.00E+00", 16300.0, None), (PRICE, 16300, "0.0E+0", 16300.0, "read as 16300"),
    (PRICE, 16300, "[Blue]0;[Red]-0", 16300.0, None), (PRICE, 8, "@", 8.0, None),
    (PRICE, 8, "General;-General", 8.0, None), (PRICE, -8, "General;-General", -8.0, None),
    (DISCOUNT, 0.5, r"0.0\%", 0.005, "shown as '0.5%', read as 0.5 %"),
    (DISCOUNT, 0.025, "0.0##%", 0.025, None), (DISCOUNT, 0.02512, "0.0%", 0.02512, "'2.5%'"),
    (QUANTITY, 62, '0" FTE"', 62.0, None),
    (VALID, 46357, "dd/mm/yyyy", date(2026, 12, 1), "shown as '01/12/2026', read as 2026-12-01"),
    (VALID, 46357, "mm-dd-yy", date(2026, 12, 1), "shown as '12-01-26', read as 2026-12-01"),
    (VALID, 46357, "[$-F800]dddd, mmmm dd, yyyy", date(2026, 12, 1), None),
    (VALID, 46357, 'yyyy"年"m"月"d"日"', date(2026, 12, 1), None),
    (VALID, 46357, 'd" de "mmmm" de "yyyy', date(2026, 12, 1), None),
    (VALID, 46357.5, r"yyyy-mm-dd\Thh:mm:ss", date(2026, 12, 1), "2026-12-01 12:00:00 read as"),
    (REFERENCE, 731, "000-000", "000-731", "the number 000-731 read as text"),
    (REFERENCE, 46357, "mmm-yy", "Dec-26", "the number Dec-26 read as text"),
    (REFERENCE, 5, '0" years"', "5 years", "the number 5 years read as text"),
    (REFERENCE, "731", '0;0;0;"RFP-"@', "RFP-731", None), (CITY, "Porto", "0.00", "Porto", None),
]  # fmt: skip


@pytest.mark.parametrize(("at", "held", "code", "expected", "note"), READ)
def test_what_a_cell_shows_is_read_and_a_difference_is_noted(
    at: str, held: Any, code: str, expected: Any, note: str | None
) -> None:
    book = filled()
    cell = _cell(book, at)
    cell.value, cell.number_format = held, code
    bid, faults = read(saved(book))
    assert bid is not None
    assert (values(bid), faults) == ({**FILLED, WHERE[at]: expected}, [])
    notes = [c.note for c in bid.cells if c.note]
    assert (note in notes[0]) if note else notes == []


# formats that Excel and LibreOffice offer for currencies, and the currencies they may stand for
CURRENCIES = [
    ("#,##0.00\\ [$kr.-406]", "DKK"), ("[$kr-414]\\ #,##0.00", "NOK"), ("#,##0 [$kr-41D]", "SEK"),
    ("#,##0\\ [$kr.-40F]", "ISK"), ("[$kr.-da-DK] #,##0", "DKK"), ("[$€-2]\\ #,##0", "EUR"),
    ("#,##0.00\\ [$€-x-euro1]", "EUR"), ("[$CHF-807]\\ #,##0.00", "CHF"), ("[$USD] #,##0", "USD"),
    ("#,##0.00\\ [$Kč-405]", "CZK"), ("#,##0\\ [$zł-415]", "PLN"), ("#,##0\\ [$Ft-40E]", "HUF"),
    ("[$£-809]#,##0.00", "GBP"), ("[$¥-411]#,##0", "JPY"), ("[$¥-804]#,##0", "CNY"),
    ("[$$-409]#,##0.00", "USD"), ("[$$-1009]#,##0.00", "CAD"), ("[$₺-41F]#,##0", "TRY"),
    ("[$R$-416] #,##0", "BRL"), ("[$₹-4009] #,##0", "INR"), (DOLLARS, "ARS CAD USD"),
    ('"$"#,##0_);\\("$"#,##0\\)', "ARS CAD USD"), ('"Fr. "#,##0', "CHF"), ("£#,##0", "EGP GBP"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "currencies"), CURRENCIES)
@pytest.mark.parametrize("number", [1234.0, -1234.0])
def test_a_currency_format_says_its_currency(code: str, currencies: str, number: float) -> None:
    answer = numbers.number(GridCell(6, 4, "number", number, None, code), MONEY)
    assert answer.value == number
    assert answer.currencies >= set(currencies.split())
    assert "kr" not in code or answer.currencies == {currencies}
    assert "[$" not in code or len(answer.currencies) == 1


@pytest.mark.parametrize("code", ["#,##0 [$Lt-427]", "#,##0 [$k€-407]", '0" pesos"', "0 [$h]"])
def test_a_sign_that_is_no_currency_is_a_fault(code: str) -> None:
    with pytest.raises(Ambiguous, match="allowed: an amount"):
        read_cell(GridCell(6, 4, "number", 1234.0, None, code), MONEY)


UNCALCULATED = [
    '<calcPr calcId="124519" fullCalcOnLoad="1"/>',  # openpyxl, XlsxWriter
    '<calcPr calcId="999999" calcMode="auto" fullCalcOnLoad="true" forceFullCalc="1"/>',
    '<calcPr calcId="191029" calcMode="manual" calcCompleted="0" calcOnSave="0"/>',  # Excel
]
CALCULATED = [
    '<calcPr calcId="191029"/>',  # Excel
    '<calcPr calcId="152511" concurrentCalc="0" forceFullCalc="1"/>',
    '<calcPr iterateCount="100" refMode="A1" iterate="false" iterateDelta="0.001"/>',  # LibreOffice
    "",  # Google Sheets
]
TIMES = '<c r="D6" t="n"><f>2000*1.095</f><v>0</v></c>'


@pytest.mark.parametrize("calculation", [*UNCALCULATED, *CALCULATED])
def test_a_formula_that_nobody_calculated_is_a_fault(calculation: str) -> None:
    content = _changed(saved(filled()), "xl/workbook.xml", "<calcPr[^>]*/>", calculation)
    content = _changed(content, "xl/worksheets/sheet3.xml", '<c r="D6".*?</c>', TIMES)
    bid, faults = read(content)
    assert bid is not None
    if calculation in CALCULATED:
        assert (faults, values(bid)[WHERE[PRICE]]) == ([], 0)
        assert [c.note for c in bid.cells if c.note] == ["0, the value of the formula =2000*1.095"]
    else:
        [fault] = faults
        assert fault.place == f"{SOURCE}!{PRICE}"
        assert "=2000*1.095, whose value was not calculated; open the workbook" in fault.message


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2027-01-31T00:00:00.000Z", date(2027, 1, 31)), ("2027-01-31", date(2027, 1, 31)),
     ("2027-01-31T00:00:00", date(2027, 1, 31)), ("20270131", date(2027, 1, 31))],
)  # fmt: skip
@pytest.mark.parametrize("code", ["General", "dd.mm.yyyy", "mmm-yy"])
def test_a_date_of_iso_8601_is_read_as_its_format_shows_it(
    typed: str, expected: date, code: str
) -> None:
    book = filled()
    _cell(book, VALID).number_format = code
    held = rf'\1 t="d"><v>{typed}</v></c>'
    pattern = r'(<c r="E9"[^>]*?)(?: t="n")?><v>.*?</c>'
    bid, faults = read(_changed(saved(book), "xl/worksheets/sheet2.xml", pattern, held))
    assert bid is not None
    if code == "mmm-yy":
        assert "found Jan-27, without a day" in faults[0].message
    else:
        assert (faults, values(bid)) == ([], {**FILLED, WHERE[VALID]: expected})


def test_a_zero_on_a_sheet_that_hides_zeros_is_a_fault() -> None:
    book = filled()
    _cell(book, DISCOUNT).value = 0
    book["Pricing"].sheet_view.showZeros = False
    _, [fault] = read(saved(book))
    assert fault.place == f"{SOURCE}!{DISCOUNT}"
    assert "found '0', which the cell does not show" in fault.message


def test_a_format_of_a_condition_is_not_that_of_a_cell_with_the_same_number() -> None:
    """A differential style numbers its formats on its own (ECMA-376 part 1, 18.8.14)."""
    book = filled()
    _cell(book, PRICE).number_format = "#,##0.000"
    dxfs = '<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0,"/></dxf></dxfs>'
    content = _changed(saved(book), "xl/styles.xml", "<dxfs.*?(/>|</dxfs>)|(?=<tableSt)", dxfs)
    bid, faults = read(content)
    assert bid is not None
    assert (values(bid), faults) == (FILLED, [])


def test_a_format_that_only_its_program_knows_is_a_fault() -> None:
    """Formats 27 to 36 and 50 to 58 are dates in Chinese, Japanese and Korean (18.8.30)."""
    book = filled()
    _cell(book, PRICE).number_format = "#,##0.000"
    content = saved(book)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("xl/styles.xml").decode()
    [number] = re.findall('numFmtId="([0-9]+)" formatCode="#,##0.000"', styles)
    pattern = f'(<xf [^>]*numFmtId=)"{number}"'
    changed = _changed(content, "xl/styles.xml", pattern, r'\1"30"')
    bid, faults = read(changed)
    assert bid is not None
    [fault] = faults
    assert fault.place == f"{SOURCE}!{PRICE}"
    assert "shown by the number format '[format 30]', which is not read" in fault.message


def _cell(book: Any, at: str) -> Any:
    sheet, _, name = at.partition("!")
    return book[sheet][name]


def _changed(content: bytes, part: str, pattern: str, becomes: str) -> bytes:
    """A workbook in which the first text of this pattern in a part is another one."""

    def change(parts: dict[str, bytes]) -> None:
        text, count = re.subn(pattern, becomes, parts[part].decode(), count=1, flags=re.DOTALL)
        assert count == 1
        parts[part] = text.encode()

    return patched(content, change)
