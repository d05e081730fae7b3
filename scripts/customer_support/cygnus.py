"""Cygnus: two sites in South Africa, a price for each productive hour in dollars typed as text.

Its ISO 27001 certificate names Cape Town, and agents in Durban would work for us too.
"""

from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font

from customer_support.filling import controls, typed, unlocked

NAME = "Cygnus Assist"
FORMS = {
    "answers": {"first_contact": 0.79, "transition_weeks": 12, "breach_notice": 36},
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.04,
        "indexation_technology": 0,
        "indexation_other": 0.02,
        "productive_hours": 1560,
        "double_running": 2,
        "exit_charge": 420_000,
        "at_risk": 0.08,
        "terms_currency": "USD",
    },
    "controls": controls(workplace_remote="not applicable", suppliers_list="partial"),
    "expertise": {
        "attrition": 0.26,
        "ramp_weeks": 9,
        "automation_attended": "in production",
        "automation_unattended": "none",
    },
    "quality": {
        "quality_sampling": "yes",
        "quality_calibration": "yes",
        "quality_coaching": "yes",
        "quality_customers": "yes",
        "quality_independent": "no",
    },
}
TABLES = {
    "price_lines": [
        {"item": "Productive hours", "basis": "per_productive_hour", "component": "labour",
         "price": "$ 17.90 ", "currency": "USD", "quantity": 23_400},
        {"item": "Technology", "basis": "per_month", "component": "technology",
         "price": "$ 12,500.00", "currency": "USD"},
        {"item": "Transition", "basis": "once", "component": "other", "price": 185_000,
         "currency": "USD", "first_month": 0},
    ],
    "sites": [
        {"country": "South Africa", "city": "Cape Town", "head_count": 140,
         "shifts": "08:00-16:00, 13:00-21:00"},
        {"country": "South Africa", "city": "Durban", "head_count": 40,
         "shifts": "08:00-16:00, 13:00-21:00"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": "Cape Town",
         "hours": "08:00-20:00"}
        for language, level, agents in (
            ("English", "C2", 90), ("German", "B1", 14), ("French", "B2", 18),
            ("Dutch", "C1", 10), ("Portuguese", "B2", 6),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type II", "sites": "all sites",
         "trust_criteria": "security; availability", "valid_from": date(2025, 9, 1),
         "valid_to": date(2026, 8, 31)},
        {"certificate": "ISO 27001", "sites": "Cape Town", "valid_from": date(2024, 4, 1),
         "valid_to": date(2027, 3, 31)},
    ],
    "references": [
        {"client": "A British fashion chain", "sector": "retail", "process": "Telephone and chat",
         "fte": 120, "from_year": 2018, "may_check": "yes"},
    ],
    "commitments": [],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """A banner of merged cells above the sites, a hidden row, a sheet of the vendor's own."""
    unlocked(book)
    sites = book["Sites"]
    sites.insert_rows(1, 3)
    sites.merge_cells("A1:F2")
    typed(sites["A1"], "CYGNUS ASSIST \u2013 a response you can rely on")
    sites["A1"].font = Font(size=20, bold=True)
    [header] = [row[0].row for row in sites.iter_rows(max_col=1) if row[0].value == "sites"]
    sites.row_dimensions[header + 2].hidden = True
    own = book.create_sheet("About Cygnus", 1)
    typed(own["B3"], "Founded under the southern sky.")


def finish(content: bytes) -> bytes:
    """Nothing more."""
    return content
