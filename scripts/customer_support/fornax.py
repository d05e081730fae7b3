"""Fornax: one site in India, a price for each agent in dollars; the cheapest by far.

Its SOC 2 report is of Type I, so that a gate fails; and its price is asked about.
"""

from datetime import date

from openpyxl import Workbook

from customer_support.filling import controls, typed, unlocked

NAME = "Fornax Service Desk"
FORMS = {
    "answers": {
        "first_contact": 0.75,
        "transition_weeks": 12,
        "breach_notice": 48,
        "open_findings": 1,
    },
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.04,
        "indexation_technology": 0,
        "indexation_other": 0.03,
        "productive_hours": 1720,
        "double_running": 2,
        "exit_charge": 170_000,
        "at_risk": 0.05,
        "terms_currency": "USD",
    },
    "controls": controls(people_screening="partial", access_review="no", workplace_entry="partial"),
    "expertise": {
        "attrition": 0.38,
        "ramp_weeks": 10,
        "automation_attended": "in production",
        "automation_unattended": "in production",
    },
    "quality": {
        "quality_sampling": "yes",
        "quality_calibration": "yes",
        "quality_coaching": "yes",
        "quality_customers": "partial",
        "quality_independent": "yes",
    },
}
TABLES = {
    "price_lines": [
        {"item": "Agents", "basis": "per_fte_month", "component": "labour",
         "price": "$ 1,545.50 ", "currency": "USD", "quantity": 180},
        {"item": "Tools", "basis": "per_month", "component": "technology", "price": 7_500,
         "currency": "USD"},
        {"item": "Transition", "basis": "once", "component": "other", "price": "90 000,00 USD",
         "currency": "USD", "first_month": 0},
    ],
    "sites": [
        {"country": "India", "city": "Pune", "head_count": 180,
         "shifts": "11:30-19:30, 16:30-00:30"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": "Pune",
         "hours": "08:00-20:00"}
        for language, level, agents in (
            ("English", "C1", 120), ("German", "B1", 12), ("French", "B1", 12),
            ("Spanish", "B2", 12),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type I", "sites": "all sites",
         "trust_criteria": "security", "valid_to": date(2026, 7, 31)},
        {"certificate": "ISO 27001", "sites": "Pune", "valid_from": date(2025, 2, 1),
         "valid_to": date(2028, 1, 31)},
    ],
    "references": [
        {"client": "An American drugstore chain", "sector": "retail",
         "process": "Telephone and e-mail", "fte": 260, "from_year": 2017, "may_check": "yes"},
    ],
    "commitments": [
        {"commitment": "A virtual agent within a year", "from_year": 1, "share": 0.08,
         "contractual": "no", "priced": "no"},
    ],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """Levels in small letters, countries by code, and the sheets in another order."""
    unlocked(book)
    for row in book["Languages"].iter_rows():
        for cell in row:
            if cell.value in ("C1", "B1", "B2"):
                typed(cell, cell.value.lower())
    for row in book["Sites"].iter_rows():
        for cell in row:
            if cell.value == "India":
                typed(cell, "IN")
    book.move_sheet("Certificates", offset=-3)


def finish(content: bytes) -> bytes:
    """Nothing more."""
    return content
