"""Aurora: two sites in Portugal, a price for each agent; continental numbers typed as text.

It prices 180 agents, and its sites have 190.
"""

from datetime import date

from openpyxl import Workbook

from customer_support.filling import NBSP, answer_cell, controls, typed

NAME = "Aurora Service"
FORMS = {
    "answers": {
        "first_contact": 0.76,
        "transition_weeks": 10,
        "breach_notice": 24,
        "open_findings": 1,
    },
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.03,
        "indexation_technology": 0,
        "indexation_other": 0.02,
        "productive_hours": 1560,
        "double_running": 1,
        "exit_charge": 360_000,
        "at_risk": 0.1,
        "terms_currency": "EUR",
    },
    "controls": controls(people_training="partial", operations_logging="partial"),
    "expertise": {
        "attrition": 0.28,
        "ramp_weeks": 8,
        "automation_attended": "in production",
        "automation_unattended": "pilot",
    },
    "quality": {
        "quality_sampling": ("yes", "Quality manual 4.2"),
        "quality_calibration": ("yes", "Quality manual 4.3"),
        "quality_coaching": "yes",
        "quality_customers": "partial",
        "quality_independent": "yes",
    },
}
EVERY_DAY = "08:00-20:00"
TABLES = {
    "price_lines": [
        {"item": "Agents, team leads included", "basis": "per_fte_month", "component": "labour",
         "price": "2.190,00 EUR", "currency": "EUR", "quantity": 180},
        {"item": "Platform and telephony", "basis": "per_month", "component": "technology",
         "price": "18.500,00 EUR", "currency": "EUR"},
        {"item": "Transition", "basis": "once", "component": "other",
         "price": "140.000,00 EUR", "currency": "EUR", "first_month": 0},
    ],
    "sites": [
        {"country": "Portugal", "city": "Lisbon", "head_count": 130,
         "shifts": "07:00-15:00, 11:00-19:00"},
        {"country": "Portugal", "city": "Braga", "head_count": 60, "time_zone": "Europe/Lisbon",
         "shifts": "07:00-15:00, 11:00-19:00"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": site, "hours": EVERY_DAY}
        for language, level, agents, site in (
            ("English", "C1", 70, "Lisbon"), ("German", "B2", 26, "Lisbon"),
            ("French", "C1", 22, "Braga"), ("Spanish", "C1", 24, "Braga"),
            ("Italian", "B2", 18, "Lisbon"), ("Dutch", "B2", 10, "Lisbon"),
            ("Portuguese", "C2", 12, "Braga"),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type II", "sites": "all sites",
         "trust_criteria": "security; availability; confidentiality",
         "valid_from": date(2025, 10, 1), "valid_to": date(2026, 9, 30)},
        {"certificate": "ISO 27001", "sites": "all sites", "scope": "Contact centre services",
         "valid_from": date(2025, 6, 1), "valid_to": date(2028, 5, 31)},
    ],
    "references": [
        {"client": "A grocer in Iberia", "sector": "retail", "process": "Customer support",
         "fte": 140, "from_year": 2019, "may_check": "yes"},
        {"client": "A shoe shop on line", "sector": "retail", "process": "Chat", "fte": 60,
         "from_year": 2022, "until_year": 2025, "may_check": "yes"},
    ],
    "commitments": [
        {"commitment": "Fewer contacts through better articles", "from_year": 2, "share": 0.02,
         "contractual": "yes", "priced": "yes"},
    ],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """Percentages typed as text with a decimal comma, and no-break spaces behind words."""
    typed(answer_cell(book["Price terms"], "indexation_labour"), "3,0 %")
    typed(answer_cell(book["Answers"], "first_contact"), "76 %")
    for row in book["Languages"].iter_rows(min_row=5, min_col=2, max_col=2):
        if isinstance(row[0].value, str) and row[0].value in ("English", "German"):
            typed(row[0], row[0].value + NBSP)


def finish(content: bytes) -> bytes:
    """Nothing more."""
    return content
