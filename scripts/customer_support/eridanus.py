"""Eridanus: two sites in Romania, a fixed price a month and a share of what it saves.

With 150 people it cannot keep the promised service level in the busiest half hour. Its SOC 2
report names its sites in an annex that did not come with it, so that gate stays open.
"""

from datetime import date

from openpyxl import Workbook

from customer_support.filling import answer_cell, controls, typed, unlocked

NAME = "Eridanus Support"
FORMS = {
    "answers": {
        "first_contact": 0.74,
        "transition_weeks": 10,
        "breach_notice": 24,
        "open_findings": 2,
    },
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.03,
        "indexation_technology": 0,
        "indexation_other": 0.02,
        "gain_share": 0.05,
        "gain_share_floor": 0,
        "gain_share_cap": 150_000,
        "double_running": 1,
        "exit_charge": 230_000,
        "at_risk": 0.15,
        "terms_currency": "EUR",
    },
    "controls": controls(data_cards="not applicable", incidents_notice="partial"),
    "expertise": {
        "attrition": 0.34,
        "ramp_weeks": 8,
        "automation_attended": "in production",
        "automation_unattended": "pilot",
    },
    "quality": {
        "quality_sampling": "yes",
        "quality_calibration": "yes",
        "quality_coaching": "partial",
        "quality_customers": "yes",
        "quality_independent": "yes",
    },
}
TABLES = {
    "price_lines": [
        {"item": "The whole service", "basis": "per_month", "component": "labour",
         "price": 398_000, "currency": "EUR"},
        {"item": "Transition", "basis": "once", "component": "other", "price": 110_000,
         "currency": "EUR", "first_month": 0},
    ],
    "sites": [
        {"country": "Romania", "city": "Bucharest", "head_count": 96,
         "shifts": "09:00-17:00, 13:00-21:00"},
        {"country": "Romania", "city": "Iași", "head_count": 54,
         "shifts": "09:00-17:00, 13:00-21:00"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": site,
         "hours": "08:00-20:00"}
        for language, level, agents, site in (
            ("English", "C1", 60, "Bucharest"), ("German", "B2", 16, "Bucharest"),
            ("French", "B2", 18, "Iași"), ("Italian", "C1", 16, "Iași"),
            ("Spanish", "B2", 14, "Iași"),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type II", "sites": "as listed in annex 4",
         "trust_criteria": "security", "valid_from": date(2025, 11, 1),
         "valid_to": date(2026, 10, 31)},
        {"certificate": "ISO 27001", "sites": "RO", "valid_from": date(2026, 3, 1),
         "valid_to": date(2029, 2, 28)},
    ],
    "references": [
        {"client": "A furniture chain", "sector": "retail", "process": "Customer support",
         "fte": 85, "from_year": 2020, "may_check": "yes"},
    ],
    "commitments": [
        {"commitment": "A robot for address changes", "from_year": 2, "amount": 45_000,
         "currency": "EUR", "contractual": "yes", "priced": "yes"},
    ],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """A hidden sheet, and answers in other cases."""
    unlocked(book)
    hidden = book.create_sheet("internal")
    hidden.sheet_state = "hidden"
    typed(hidden["A1"], "margin 11 %")
    security = book["Controls"]
    typed(answer_cell(security, "access_mfa"), "YES")
    typed(answer_cell(security, "data_cards"), "Not applicable")
    typed(answer_cell(security, "governance_policy"), " Yes ")


def finish(content: bytes) -> bytes:
    """Nothing more."""
    return content
