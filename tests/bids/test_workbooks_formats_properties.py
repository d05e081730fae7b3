"""Number formats put together at random: what is read is what a person reads, or a fault.

The second reader is independent: it writes down what each piece of a format shows, with Python's
own rounding and marks of thousands, and reads the text as a person would.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from vendor_eval.bids.workbooks.asked import Read
from vendor_eval.bids.workbooks.grid import GridCell, Held
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.bids.workbooks.notation import Ambiguous
from vendor_eval.questionnaire.sheet import Question

MONEY, SHARE = Question("price", "Price", "money"), Question("discount", "Discount", "share", "%")
DAY = Question("valid", "Valid until", "date")
# pieces of formats, each with the text that it shows
BEFORE = {"": "", "[Red]": "", '"€ "': "€ ", "[$EUR] ": "EUR ", "_-": " ", "* ": "", r"\1": "1"}
AFTER = {
    **{"": "", r"\ [$€-407]": " €", ' "EUR"': " EUR", "_)": " ", r"\%": "%", r"\0": "0"},
    **{r"\ \k": " k", '" p.a."': " p.a.", r"\ [$kr.-406]": " kr.", "\\-": "-", '""': ""},
}
WHOLE = {"0": (1, False), "#,##0": (1, True), "#0": (1, False), "000": (3, False)}
NEGATIVE = {"": None, "-": "-", "plain": "", "()": "("}


@dataclass(frozen=True)
class Pieces:
    """A format of one section, or of two where negative numbers have their own."""

    before: str
    whole: str
    decimals: int
    thousands: int
    after: str
    negative: str

    @property
    def section(self) -> str:
        """The code of one section."""
        decimals = "." + "0" * self.decimals if self.decimals else ""
        return f"{self.before}{self.whole}{decimals}{',' * self.thousands}{self.after}"

    @property
    def code(self) -> str:
        """The format's code."""
        one = self.section
        other = {"-": f"\\-{one}", "plain": one, "()": f"({one})"}.get(self.negative)
        return one if other is None else f"{one};{other}"

    def text(self, number: Decimal) -> str:
        """What a person sees."""
        least, grouped = WHOLE[self.whole]
        scaled = abs(number) / 1000**self.thousands
        rounded = scaled.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        width = least + (self.decimals + 1 if self.decimals else 0)
        digits = f"{rounded:,f}" if grouped else f"{rounded:0{width}f}"
        shown = BEFORE[self.before] + digits + AFTER[self.after]
        if number >= 0:
            return shown.strip()
        sign = {"": "-", "-": "-", "plain": "", "()": "("}[self.negative]
        return (sign + shown + (")" if sign == "(" else "")).strip()


PIECES = st.builds(
    Pieces,
    st.sampled_from(sorted(BEFORE)),
    st.sampled_from(sorted(WHOLE)),
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(sorted(AFTER)),
    st.sampled_from(sorted(NEGATIVE)),
)
NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(lambda n: n.normalize() + 0)


def understood(seen: str) -> tuple[Decimal, Decimal, bool] | None:
    """A text read by a person who wants euros: the number, half its last digit, if per cent."""
    inside = re.fullmatch(r"\((.*)\)", seen)
    text = f"-{inside[1]}" if inside else seen
    amount = r"(-?)\s*(€|EUR)?\s*([0-9,]+(?:\.([0-9]+))?)\s*(%?)\s*(€|EUR)?"
    match = re.fullmatch(amount, text)
    if not match or (match[2] and match[6] and match[2] != match[6]):
        return None
    number = Decimal(match[1] + match[3].replace(",", ""))
    return number, Decimal(5).scaleb(-len(match[4] or "") - 1), bool(match[5])


@given(PIECES, NUMBERS)
@example(Pieces("", "#,##0", 1, 1, "", ""), Decimal(8000))
@example(Pieces("", "0", 0, 0, "", "plain"), Decimal(-8))
def test_an_amount_is_read_as_a_person_reads_what_the_cell_shows(
    pieces: Pieces, number: Decimal
) -> None:
    cell = GridCell(6, 4, "number", float(number), None, pieces.code)
    seen = pieces.text(number)
    assert cell.display is not None
    assert re.sub(r"\s+", " ", cell.display.text) == re.sub(r"\s+", " ", seen)
    person = understood(seen)
    honest = pieces.thousands == 0 and pieces.before != r"\1" and pieces.after != r"\0"
    signed = number >= 0 or pieces.negative != "plain"
    try:
        answer = read(cell, MONEY)
    except Ambiguous:
        assert not (person and not person[2] and honest and signed)
        return
    if "kr" in seen:
        assert answer.currencies == {"DKK"}
        return
    assert person is not None
    assert not person[2]
    assert isinstance(answer.value, float)
    assert abs(Decimal(repr(answer.value)) - person[0]) <= person[1]
    assert answer.currencies <= {"EUR"}
    if Decimal(repr(answer.value)) != person[0]:
        assert " read as " in answer.note


@given(
    st.sampled_from(sorted(WHOLE)),
    st.integers(1, 4),
    st.sampled_from(["%", r"\%"]),
    st.decimals(0, 10, places=4),
)
def test_a_share_is_read_as_the_percentage_that_the_cell_shows(
    whole: str, decimals: int, sign: str, number: Decimal
) -> None:
    cell = GridCell(6, 6, "number", float(number), None, f"{whole}.{'0' * decimals}{sign}")
    shown = number * (100 if sign == "%" else 1)
    seen = Pieces("", whole, decimals, 0, r"\%", "").text(shown)
    person = understood(seen)
    assert person is not None
    assert cell.display is not None
    assert cell.display.text == seen
    answer = read(cell, SHARE)
    assert isinstance(answer.value, float)
    assert abs(Decimal(repr(answer.value)) * 100 - person[0]) <= person[1] + Decimal("1e-12")


CHARACTERS = st.text(st.sampled_from('0#?.,%E+-eE@;/"\\_*[]$€<>=1nhmsydgbAP/M General-407'))


@given(
    CHARACTERS,
    st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    st.sampled_from([MONEY, SHARE, DAY, Question("note", "Note")]),
    st.sampled_from([date(1899, 12, 30), date(1904, 1, 1)]),
)
@example("0" + "%" * 254, 1e308, MONEY, date(1899, 12, 30))
@example("0.0E+0" + "0" * 249, 1e-308, MONEY, date(1899, 12, 30))
@example("yyyy-mm-dd", 2958465.0, DAY, date(1904, 1, 1))
@example("@" * 255, "long" * 1000, MONEY, date(1899, 12, 30))
def test_any_text_as_a_format_gives_a_reading_or_a_fault(
    code: str, held: float | str, asked: Question, epoch: date
) -> None:
    kind: Held = "text" if isinstance(held, str) else "number"
    cell = GridCell(6, 4, kind, held, None, code, epoch)
    answer = answered(cell, asked)
    if isinstance(answer, str):
        assert "allowed: " in answer or "which can mean" in answer
    else:
        assert answer.value is not None


def answered(cell: GridCell, asked: Question) -> Read | str:
    """What is read of a cell, or the fault."""
    try:
        return read(cell, asked)
    except Ambiguous as why:
        return str(why)


FIELDS = ["d", "dd", "ddd", "mmm", "mmmm", "mm", "m", "yy", "yyyy", "h", "hh", '"of"', r"\5"]
MARKS = [" ", ".", "-", "/", ", ", r"\ "]


@given(
    st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5),
    st.sampled_from(MARKS),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
)
def test_a_date_is_read_where_day_month_and_year_are_shown_and_nothing_else(
    fields: list[str], mark: str, day: date
) -> None:
    serial = float((day - date(1899, 12, 30)) / timedelta(days=1))
    cell = GridCell(9, 5, "number", serial, None, mark.join(fields))
    timed = [f for f in fields if f[0] not in '"\\']
    minutes = [n for n, f in enumerate(timed) if f in ("m", "mm") and timed[n - 1 : n] != []]
    minutes = [n for n in minutes if timed[n - 1][0] == "h"]
    kinds = {f[0] for n, f in enumerate(timed) if f != "ddd" and n not in minutes}
    try:
        answer = read(cell, DAY)
    except Ambiguous:
        assert not kinds >= {"d", "m", "y"} or r"\5" in fields
    else:
        assert kinds >= {"d", "m", "y"}
        assert r"\5" not in fields
        assert answer.value == day
