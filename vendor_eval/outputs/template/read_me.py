"""The sheet *Read me*: what is bought, whom to ask and until when, and how to fill in the rest."""

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval import wording
from vendor_eval.bids.workbooks.returned import READ_ME, VENDOR_LABEL
from vendor_eval.outputs.scorecard.book import hold
from vendor_eval.outputs.template.layout import height
from vendor_eval.outputs.template.sheets import set_up
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.reference.languages import language_name
from vendor_eval.reference.names import listed_countries
from vendor_eval.rules.commercial import Forecast
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.service import Service

STEPS = (
    "Write your company's name into the coloured cell above.",
    (
        "Answer on the other sheets, in the coloured cells, except on sheets marked \u201cfor the "
        "buyer\u201d. Everything else is locked."
    ),
    "Enter numbers without currency, unit or text. Enter percentages with the % sign.",
    "A blank cell means no answer. “N/A” and “No” count as answers.",
    "Columns marked * must be filled in on every row that you use. Leave the other rows empty.",
    "Keep the sheets, the columns and the ids as they are: the workbook is read by a program.",
    "Save as .xlsx, without a password and without macros, and return one workbook.",
)
"""What the vendor is asked to do."""
RETURN_APART = (
    "Save as .xlsx, without a password and without macros, and return this workbook separately "
    "from the other one, under the name of its envelope."
)
"""The last step where there are two envelopes."""
COLUMNS = {"A": 4, "B": 24, "C": 104}
LABEL, TEXT = "B", "C"


def facts(rules: Rules) -> Iterator[tuple[str, str]]:
    """What a vendor must know to answer, as (label, text); nothing of how answers are judged."""
    tender, service, commercial = rules.tender, rules.service, rules.commercial
    if rules.stage:
        yield "Envelope", _envelope(rules)
    if tender is not None:
        at = f", {tender.deadline_time}" if tender.deadline_time else ""
        day = f"{tender.deadline.isoformat()}{at}" if tender.deadline else ""
        until = tender.questions_until.isoformat() if tender.questions_until else ""
        named = (
            ("What is bought", tender.about),
            ("Contact", tender.contact),
            ("Questions until", until),
            ("Return this workbook by", day),
        )
        yield from ((label, text) for label, text in named if text)
    if rules.start is not None:
        term = f", for {commercial.months} months" if commercial else ""
        yield "Service starts", f"{rules.start.isoformat()}{term}"
    currencies = [rules.currency, *sorted(commercial.exchange if commercial else ())]
    several = (
        f"; prices may be stated in {wording.listed(currencies, at_most=3)}"
        if currencies[1:]
        else ""
    )
    yield "Currency", f"bids are compared in {rules.currency}{several}"
    for name, forecast in (commercial.volumes if commercial else {}).items():
        yield f"Volume forecast: {name}", f"{_volumes(forecast)}; not a promise"
    if service is not None:
        yield from _service(service)


def _envelope(rules: Rules) -> str:
    """Which of two envelopes a workbook is, and what must not be in it."""
    first, last = (f"\u201c{envelope.id}\u201d" for envelope in rules.whole.envelopes)
    if rules.stage == rules.whole.envelopes[0].id:
        apart = f"It is judged before the other, {last}, is opened"
        return f"{first}, the first of two. {apart}. State here no price that {last} asks for."
    return f"{last}, the second of two. It is opened once the first, {first}, is judged."


def _service(service: Service) -> Iterator[tuple[str, str]]:
    """Where and when the service is used, channel by channel, and how busy it gets."""
    countries = {code: name for name, code in listed_countries().items()}
    zone = f"; times are those of {service.time_zone}" if service.time_zone else ""
    yield "Service used in", f"{countries.get(service.country, service.country)}{zone}"
    for channel in service.channels:
        spoken = [f"{language_name(c)} {level}" for c, level in channel.languages.items()]
        line = f"open {channel.hours}; languages, each at least: {', '.join(spoken)}"
        yield f"Channel: {channel.called}", line
    if (peak := service.peak) is not None:
        minutes = wording.decimal(peak.interval_minutes)
        contacts = f"{wording.decimal(peak.calls)} contacts in {minutes} minutes"
        share = f"{wording.decimal(100 * peak.target_share)} % are to be answered"
        within = f"within {wording.decimal(peak.answered_within_seconds)} seconds"
        long = f"of {wording.decimal(peak.handling_seconds)} seconds each"
        yield "Busiest time", f"{contacts}, {long}; {share} {within}"


def _volumes(forecast: Forecast) -> str:
    """A forecast in words: transactions a month."""
    if forecast.by_year is not None:
        numbered = enumerate(forecast.by_year, start=1)
        years = [f"{wording.decimal(volume)} in year {n}" for n, volume in numbered]
        return f"transactions a month: {', '.join(years)}"
    if forecast.by_month is not None:
        low, high = map(wording.decimal, (min(forecast.by_month), max(forecast.by_month)))
        return f"transactions a month: from {low} to {high}, month by month"
    growth = 100 * (forecast.growth or 0.0)
    first = wording.decimal(forecast.monthly or 0)
    return f"{first} transactions a month in year 1, then {growth:+g} % a year"


def read_me_sheet(book: Workbook, asked: Questionnaire, rules: Rules) -> None:
    """Draws the sheet: name, facts, steps, the list of sheets, and the rules' fingerprint."""
    sheet: Worksheet = book.create_sheet(READ_ME)
    for column, width in COLUMNS.items():
        sheet.column_dimensions[column].width = width
    _put(sheet, "B1", rules.title, "sheet title")
    _put(sheet, "B2", rules.decision, "sentence")
    _put(sheet, "B4", VENDOR_LABEL, "label strong")
    sheet["C4"].style = "answer name"
    sheet.row_dimensions[4].height = 24
    row = _block(sheet, 6, "What you need to know", list(facts(rules)))
    steps = (*STEPS[:-1], RETURN_APART) if rules.stage else STEPS
    row = _block(sheet, row, "What to do", [(f"{n}.", s) for n, s in enumerate(steps, start=1)])
    titles = [
        (name, ", ".join(part.title for part in asked.parts if part.sheet == name))
        for name in asked.sheets
    ]
    row = _block(sheet, row, "Sheets", titles)
    for n, (label, mark) in enumerate(
        (("Rules", fingerprint(rules)), ("Questions", asked.version))
    ):
        _put(sheet, f"{LABEL}{row + n}", label, "fine print")
        _put(sheet, f"{TEXT}{row + n}", mark, "fine print")
    set_up(sheet, title_rows=None)


def _block(sheet: Worksheet, row: int, title: str, lines: list[tuple[str, str]]) -> int:
    """Draws a title with lines of label and text; the row after the next."""
    _put(sheet, f"{LABEL}{row}", title, "section")
    for n, (label, text) in enumerate(lines, start=row + 1):
        _put(sheet, f"{LABEL}{n}", label, "plain")
        _put(sheet, f"{TEXT}{n}", text, "plain")
        wide = ((label, float(COLUMNS[LABEL])), (text, float(COLUMNS[TEXT])))
        sheet.row_dimensions[n].height = height(wide, 15.0)
    return row + len(lines) + 2


def _put(sheet: Worksheet, at: str, typed: str, style: str) -> None:
    sheet[at].style = style
    hold(sheet[at], typed)
