"""Dorado: two sites in Morocco, a price for each agent, one of them a formula.

Its Spanish team would sit in Tangier, which is not among its sites.
"""

from datetime import date

from openpyxl import Workbook

from customer_support.filling import controls, typed, unlocked, with_formula

NAME = "Dorado Dialogue"
FORMS = {
    "answers": {
        "first_contact": 0.74,
        "transition_weeks": "10..14",
        "breach_notice": 24,
        "open_findings": 2,
    },
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.03,
        "indexation_technology": 0,
        "indexation_other": 0.02,
        "productive_hours": 1640,
        "double_running": 1,
        "exit_charge": 90_000,
        "at_risk": 0.08,
        "terms_currency": "EUR",
    },
    "controls": controls(
        access_review="partial", workplace_devices="partial", incidents_recovery="partial"
    ),
    "expertise": {
        "attrition": 0.28,
        "ramp_weeks": 9,
        "automation_attended": "pilot",
        "automation_unattended": "none",
    },
    "quality": {
        "quality_sampling": "yes",
        "quality_calibration": "partial",
        "quality_coaching": "yes",
        "quality_customers": "no",
        "quality_independent": "yes",
    },
}
TABLES = {
    "price_lines": [
        {"item": "Agents", "basis": "per_fte_month", "component": "labour", "price": 1924,
         "currency": "EUR", "quantity": 180},
        {"item": "Platform", "basis": "per_month", "component": "technology", "price": 9_800,
         "currency": "EUR"},
        {"item": "Transition", "basis": "once", "component": "other", "price": 95_000,
         "currency": "EUR", "first_month": 0},
    ],
    "sites": [
        {"country": "Morocco", "city": "Casablanca", "head_count": 150,
         "shifts": "06:00-14:00, 11:00-19:00"},
        {"country": "Morocco", "city": "Rabat", "head_count": 30,
         "shifts": "06:00-14:00, 11:00-19:00"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": site,
         "hours": "08:00-20:00"}
        for language, level, agents, site in (
            ("English", "B2", 60, "Casablanca"), ("German", "B2", 16, "Casablanca"),
            ("French", "C2", 60, "Casablanca"), ("Spanish", "C1", 20, "Tangier"),
            ("Italian", "B2", 12, "Rabat"), ("Portuguese", "B2", 6, "Rabat"),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type II", "sites": "all sites",
         "trust_criteria": "security; confidentiality", "valid_from": date(2025, 10, 1),
         "valid_to": date(2026, 9, 30)},
        {"certificate": "ISO 27001", "sites": "all sites", "valid_from": date(2025, 12, 1),
         "valid_to": date(2028, 11, 30)},
    ],
    "references": [
        {"client": "A French mail-order house", "sector": "retail", "process": "Customer support",
         "fte": 160, "from_year": 2019, "may_check": "yes"},
    ],
    "commitments": [
        {"commitment": "Shorter handling by scripts", "from_year": 2, "amount": 60_000,
         "currency": "EUR", "contractual": "yes", "priced": "no"},
    ],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """Dates typed as text, a cell far out with a space in it, rows of the answers in new order."""
    unlocked(book)
    for row in book["Certificates"].iter_rows(max_row=40):
        for cell in row:
            if cell.value == date(2028, 11, 30):
                typed(cell, "30 November 2028")
    typed(book["Answers"]["Z1000"], " ")
    answers = book["Answers"]
    rows = [row for row in answers.iter_rows(min_row=6, max_row=9) if row[0].value]
    told = [[(cell.value, cell.number_format) for cell in row] for row in rows]
    for row, kept in zip(rows, reversed(told), strict=True):
        for cell, (value, form) in zip(row, kept, strict=True):
            cell.value, cell.number_format = value, form


def finish(content: bytes) -> bytes:
    """The price of an agent as a formula with the value it was stored with."""
    return with_formula(content, 1924, "1850*1.04")
