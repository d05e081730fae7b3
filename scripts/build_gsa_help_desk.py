"""Build data/gsa-help-desk/proposals.csv from the federal labour rates beside it.

    python scripts/build_gsa_help_desk.py [FOLDER]

Reads FOLDER/source/labor_rates.csv (default: data/gsa-help-desk) and writes FOLDER/proposals.csv
and FOLDER/source/selection.csv, which says of every row of the source what became of it. The same
source gives the same bytes. A text that no table here knows is never guessed: its row is listed.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "data" / "gsa-help-desk"

# Titles that could be meant; which of them are is for the next two tables to say.
SIMILAR = re.compile(r"help ?desk|call center|customer s|data entry", re.IGNORECASE)

# Labour that answers users itself, in the order preferred; the row chosen is of the first kind
# that the vendor offers.
FRONT_LINE = {
    "help desk": (
        "Application Support Help Desk professional II",
        "Application Support Help Desk professional III",
        "Application Support Help Desk professional IV",
        "HELP DESK ANALYST",
        "HELP DESK TIER I",
        "Help Desk 1",
        "Help Desk 2",
        "Help Desk Analyst Level I",
        "Help Desk Analyst Level II",
        "Help Desk Analyst Level III",
        "Help Desk I",
        "Help Desk II",
        "Help Desk Specialist",
        "Help Desk Specialist - Entry Level",
        "Help Desk Specialist - Intermediate",
        "Help Desk Specialist - Journeyman",
        "Help Desk Specialist - Level I",
        "Help Desk Specialist - Level III",
        "Help Desk Specialist - Senior",
        "Help Desk Specialist I",
        "Help Desk Specialist II",
        "Help Desk Specialist III",
        "Help Desk Specialist IV",
        "Help Desk Specialist, Junior",
        "Help Desk Support",
        "Help Desk Support Services Specialist - Senior",
        "Help Desk Technician 4",
        "Help Desk Tier III",
        "Helpdesk Analyst",
        "Helpdesk Engineer",
        "Helpdesk II",
        "Helpdesk Represetnative Tier 1",
        "Helpdesk Technician",
        "Senior Help Desk Support",
    ),
    "customer service": (
        "Customer Service Representative I",
        "Customer Service Representative II",
        "Customer Service Representative III",
        "Customer Service Support Specialist I",
        "Customer Service Support Specialist II",
        "Customer Support Technician",
        "Technical and Customer Service Support I",
        "Technical and Customer Service Support II",
        "Technical and Customer Service Support III",
    ),
    "data entry": ("**Data Entry Clerk II", "Data Entry Operator"),
}
OTHER_WORK = {
    "Call Center Operations Manager": "a manager",
    "Call Center Project Manager": "a manager",
    "Call Center SME - IT Infrastructure": "an expert, not an agent",
    "Call Center Team Lead": "a team lead",
    "Call Center Trainer": "a trainer",
    "Customer Service Support Manager I": "a manager",
    "HELP DESK TIER I Lead": "a team lead",
    "Help Desk Manager": "a manager",
    "Help Desk Manager Level I": "a manager",
    "Help Desk Manager Level II": "a manager",
    "Help Desk Manager Level III": "a manager",
    "Help Desk Team Lead": "a team lead",
    "Helpdesk Manager": "a manager",
    "Helpdesk Manager/Specialist": "two jobs at one rate",
    "Installer/Help Desk Tier 1": "two jobs at one rate",
}
KIND = {title: kind for kind, titles in FRONT_LINE.items() for title in titles}
PREFERENCE = tuple(FRONT_LINE)

# The source holds U+FFFD where an apostrophe was lost. "" is blank in the source and stays blank.
EDUCATION = {
    "": "",
    "HS": "high school",
    "High School": "high school",
    "High School Diploma": "high school",
    "High School DiplomA": "high school",
    "High School + 2 Years experience with specific software": "high school",
    "AA Degree": "associate",
    "Associate's": "associate",
    "Associate's Degree": "associate",
    "Associates": "associate",
    "Associates Degree": "associate",
    "A Bachelor\ufffds degree from an accredited college or university in education, training": (
        "bachelor"
    ),
    "A Bachelor\ufffds degree in English, Literature": "bachelor",
    "B.A / B.S": "bachelor",
    "B.A. or B.S.": "bachelor",
    "BA/BS": "bachelor",
    "BS": "bachelor",
    "BS degree in Computer Science, Engineering, Information Systems, Business or related "
    "discipline": "bachelor",
    "Bachelor's": "bachelor",
    "Bachelor's Degree": "bachelor",
    "Bachelor\ufffds": "bachelor",
    "Bachelors": "bachelor",
    "Bachelors Degree": "bachelor",
    "Master\ufffds": "master",
}
YEARS = {str(years): str(years) for years in range(17)} | {
    "": "",
    "2 years": "2",
    "2 yrs": "2",
    "3 Years": "3",
    "3 years": "3",
    "4 years": "4",
    "6 Years": "6",
    "6 years": "6",
    "7 Years": "7",
    "7 years": "7",
    "10 years": "10",
    "Two (2) years": "2",
    "Three (3) years": "3",
    "Five (5) years": "5",
    "Eight (8) years": "8",
}
WORKSITE = {
    "Both": "both",
    "Contractor": "contractor",
    "Customer": "customer",
    "customer": "customer",
}
UNIT = {"Hour": "hour", "Per Hour": "hour"}
RATE = re.compile(r"\$?([0-9]+(?:\.[0-9]{1,2})?) ?")  # 45.64 or "$45.64 ", in US dollars
DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2})")  # month/day/year, all after 2000

ANSWERS = ("hourly_rate", "experience_years", "education", "worksite", "contract_end")


@dataclass(frozen=True)
class Offer:
    """One labour category of one vendor, at one worksite, under one contract.

    `rates`: US dollars an hour, one for each source line. Several are evidently those of the
    contract's years, but the file does not say which is which year's.
    """

    vendor: str
    title: str
    contract: str
    experience_years: str
    education: str
    worksite: str
    contract_end: str
    lines: tuple[int, ...]
    rates: tuple[float, ...]

    @property
    def likely_rate(self) -> float:
        """The rate the evaluation ranks by: the one given, or the midpoint of several."""
        return (min(self.rates) + max(self.rates)) / 2

    @property
    def preference(self) -> tuple[int, float, int, str]:
        """What is chosen first: kind of labour, lower rate, more experience, then the title."""
        years = int(self.experience_years or 0)
        return PREFERENCE.index(KIND[self.title]), self.likely_rate, -years, self.title

    def at_rates_of(self, other: "Offer") -> "Offer":
        """The same offer, at the rates of both."""
        return replace(self, lines=self.lines + other.lines, rates=self.rates + other.rates)

    @property
    def answers(self) -> tuple[str, ...]:
        """The cells under `ANSWERS`; rates that differ are written as the range they span."""
        low, high = min(self.rates), max(self.rates)
        rate = f"{low:.2f}" if low == high else f"{low:.2f}..{high:.2f}"
        return rate, self.experience_years, self.education, self.worksite, self.contract_end


class UnreadableError(ValueError):
    """A text that no table here reads."""


def read_offer(line: int, row: dict[str, str]) -> Offer:
    """The offer on one line of the source; raises UnreadableError with the first text not known."""
    rate = RATE.fullmatch(row["price_offered_gsa"])
    end = DATE.fullmatch(row["end"])
    if rate is None:
        raise UnreadableError(f"rate {row['price_offered_gsa']!r}")
    if end is None:
        raise UnreadableError(f"contract end {row['end']!r}")
    known(UNIT, row["unit"], "unit")
    month, day, year = end.groups()
    return Offer(
        vendor=row["vendor"],
        title=row["labor_category"],
        contract=row["contract_number"],
        experience_years=known(YEARS, row["min_years_experience"], "experience"),
        education=known(EDUCATION, row["min_education"], "education"),
        worksite=known(WORKSITE, row["worksite"], "worksite"),
        contract_end=f"20{year}-{int(month):02}-{int(day):02}",
        lines=(line,),
        rates=(float(rate[1]),),
    )


def known(table: dict[str, str], text: str, what: str) -> str:
    """The table's reading of a text; raises UnreadableError for one it does not hold."""
    if text not in table:
        raise UnreadableError(f"{what} {text!r}")
    return table[text]


def select(rows: Mapping[int, dict[str, str]]) -> tuple[list[Offer], dict[int, str]]:
    """One offer a vendor, by name, and what became of each line of the source."""
    fate: dict[int, str] = {}
    offers: dict[tuple[str, ...], Offer] = {}
    for line, row in rows.items():
        title = row["labor_category"]
        try:
            offer = read_offer(line, row)
        except UnreadableError as error:
            fate[line] = f"left out: not readable: {error}"
            continue
        if title not in KIND:
            similar = SIMILAR.search(title) and "a title that no table here holds"
            fate[line] = f"left out: {OTHER_WORK.get(title) or similar or 'other labour'}"
            continue
        key = (offer.vendor, title, offer.contract, *offer.answers[1:])
        offers[key] = offers[key].at_rates_of(offer) if key in offers else offer
    chosen: dict[str, Offer] = {}
    for offer in sorted(offers.values(), key=lambda offer: (offer.vendor, offer.preference)):
        best = chosen.setdefault(offer.vendor, offer)
        outcome = (
            "chosen" if offer is best else f"left out: line {best.lines[0]} stands for the vendor"
        )
        fate |= dict.fromkeys(offer.lines, outcome)
    return list(chosen.values()), fate


def build(folder: Path) -> Counter[str]:
    """Write the two files; how many lines of the source met each fate."""
    with (folder / "source" / "labor_rates.csv").open(encoding="utf-8", newline="") as source:
        rows = dict(enumerate(csv.DictReader(source), start=2))  # line 1 is the header
    offers, fate = select(rows)
    write(
        folder / "proposals.csv",
        ("vendor", *ANSWERS),
        ((offer.vendor, *offer.answers) for offer in offers),
    )
    write(
        folder / "source" / "selection.csv",
        ("line", "vendor", "labor_category", "outcome"),
        ((n, row["vendor"], row["labor_category"], fate[n]) for n, row in rows.items()),
    )
    return Counter(fate.values())


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """A CSV of UTF-8 with one line feed a row, whatever the machine."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    outcomes = build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
    for outcome, lines in sorted(outcomes.items()):
        print(f"{lines:4} {outcome}")
