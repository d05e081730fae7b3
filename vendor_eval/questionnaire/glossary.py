"""Terms of the trade, explained where a question uses them."""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from vendor_eval.questionnaire.sheet import Form, Question, Table

TERMS: Mapping[str, str] = {
    r"FTE": "FTE: full-time equivalent, the work of one person in full-time employment; "
    "two half-time employees are 1 FTE",
    r"[Pp]roductive hours?|per_productive_hour": "Productive hours: hours at work for this "
    "service, without leave, sickness, breaks and training",
    r"CEFR": "CEFR: Common European Framework of Reference for Languages, from A1 (beginner) over "
    "B2 (fluent in conversation) to C2 (mastery)",
    r"ARC": "ARC: additional resource charge, the price of each transaction above the band",
    r"RRC": "RRC: reduced resource credit, what each transaction below the band takes "
    "off the charge",
    r"Z": "Z factor: the part of the RRC that is credited; at 80 % a credit of 5.00 gives 4.00",
    r"[Bb]aseline volume": "Baseline: the monthly volume that the price lines are made for",
    r"[Dd]ead band": "Dead band: within this distance of the baseline, up or down, "
    "no ARC is charged and no RRC credited",
    r"cliff": "cliff: once outside the band, every transaction beyond the baseline counts; "
    "slice: only those beyond the band's edge",
    r"[Gg]ain share|savings that is yours": "Gain share: your part of what we save against our own "
    "cost baseline, year by year",
    r"[Dd]ouble running": "Double running: months in which our present service "
    "goes on alongside yours",
    r"[Ii]ndexation": "Indexation: the yearly rise of a price that your offer asks for",
    r"[Ll]east volume charged": "Least volume charged: what is charged even if fewer transactions "
    "arrive, as a share of our forecast",
    r"[Ss]ervice credits?": "Service credit: what you take off a month's charge when a "
    "service level is missed",
    r"SOC 2": "SOC 2: an auditor's report on controls; Type I tests their design on one day, "
    "Type II their working over a period",
    r"[Bb]ridge letter": "Bridge letter: your statement that nothing changed since the "
    "report's period ended",
    r"[Tt]rust services criteria": "Trust services criteria: the subjects that a SOC 2 report "
    "may be on; security is on every one",
    r"[Aa]ttrition": "Attrition: employees who left in twelve months, over the average head-count",
    r"attended": "Attended automation helps an agent at work; unattended does without one",
    r"pilot": "pilot: in trial with a client; in production: used every day; and measured: with "
    "results that a client was shown",
    r"LEI": "LEI: legal entity identifier, 20 letters and digits (ISO 17442)",
    r"[Ee]quity": "Equity: assets less liabilities",
    r"[Dd]eductible": "Deductible: what you pay of each claim before the insurer does",
}
"""What each term means, by how it is written in a question."""
WORDS = {re.compile(rf"(?<!\w)(?:{word})(?!\w)"): meaning for word, meaning in TERMS.items()}


def explanations(part: Form | Table) -> Mapping[str, str]:
    """What the terms mean that questions use, by the id of a question that uses each.

    It is the first that names the term in brackets, or else the first that uses it.
    """
    meanings_of: dict[str, list[str]] = {}
    for word, meaning in WORDS.items():
        users = [(field, met[0]) for field in part.fields if (met := word.search(_words(field)))]
        if users:
            named = [field for field, term in users if f"({term})" in field.label]
            meanings_of.setdefault((named or [users[0][0]])[0].id, []).append(meaning)
    return {id: ". ".join(meanings) for id, meanings in meanings_of.items()}


def _words(field: Question) -> str:
    return " ".join((field.label, field.unit, *field.offered, field.help))


LINE_LENGTH = 135
"""Characters of a line of explanations under a table."""


def glossary_lines(parts: Sequence[Form | Table]) -> list[str]:
    """The terms that a sheet's tables use, line by line: a form explains them in its rows."""
    texts = [text for part in parts if isinstance(part, Table) for text in columns_explained(part)]
    return [line for text in dict.fromkeys(texts) for line in textwrap.wrap(text, LINE_LENGTH)]


def columns_explained(table: Table) -> Iterator[str]:
    """What each column of a table wants that its heading does not say."""
    for asked, text in zip(table.fields, column_explanations(table), strict=True):
        if text:
            yield f"{asked.label}: {text}"


def column_explanations(table: Table) -> list[str]:
    """What each column wants that its heading does not say; "" where that says it all."""
    meanings = explanations(table)
    return [". ".join(filter(None, (f.help, meanings.get(f.id, "")))) for f in table.fields]
