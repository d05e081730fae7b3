"""What may be answered to what is asked, for people, and what an answer was read as."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vendor_eval.bids.response import Value
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.errors import quoted
from vendor_eval.questionnaire.sheet import Kind, Question
from vendor_eval.rules.opening_hours import HOURS_ALLOWED
from vendor_eval.wording import plain

PER_CENT = re.compile(r"%.*|per ?cent.*", re.IGNORECASE)
OR_RANGE = ", or a range such as 10..14"
OR_SEVERAL = ", or several of them separated by semicolons"


@dataclass(frozen=True)
class Read:
    """What a cell was read as, how, and the currencies that its amount may be in, if it says."""

    value: Value
    note: str = ""
    currencies: frozenset[str] = frozenset()


def per_cent(field: Question) -> bool:
    """Whether a number is asked in per cent."""
    return field.kind == "share" or (
        field.kind == "number" and bool(PER_CENT.fullmatch(field.unit.strip()))
    )


def allowed(field: Question, weighed: bool = False) -> str:
    """What may be answered, for people."""
    if field.kind == "choice":
        return quoted(field.offered) + (OR_SEVERAL if field.several else "")
    example = "a percentage such as 2.5 %" if per_cent(field) else ALLOWED[field.kind]
    if field.least is not None and field.kind != "count":
        example += f", at least {plain(float(field.least))}"
    return example + (OR_RANGE if weighed and field.kind == "number" else "")


ALLOWED: Mapping[Kind, str] = {
    "text": "text",
    "number": "a number",
    "count": "a whole number, at least 0",
    "money": "an amount",
    "share": "a percentage such as 2.5 %",
    "date": "a date such as 2027-01-31",
    "country": "a country",
    "language": "a language",
    "currency": "three letters of a currency, such as EUR",
    "hours": HOURS_ALLOWED,
    "time_zone": "a time zone such as Europe/Berlin",
}


def reading_note(typed: str, shown: str) -> str:
    """How a text was read; nothing where it was read as what was entered."""
    return "" if typed == shown else f"{cut(typed)!r} read as {shown}"
