"""Borealis: two sites in Poland, a price for each contact in zloty with a volume band.

It prices 92,000 contacts a month, and 100,000 and more are forecast.
"""

from datetime import date

from openpyxl import Workbook

from customer_support.filling import controls, typed, unlocked

NAME = "Borealis Contact"
FORMS = {
    "answers": {
        "first_contact": "76..80..83",
        "transition_weeks": 12,
        "breach_notice": 24,
        "open_findings": 0,
    },
    "price_terms": {
        "prices_are": "nominal",
        "indexation_labour": 0.035,
        "indexation_technology": 0.01,
        "indexation_other": 0.03,
        "band_baseline": 100_000,
        "dead_band": 0.05,
        "band_convention": "slice",
        "arc_price": 18.4,
        "rrc_price": 15.2,
        "band_currency": "PLN",
        "band_replaces": "instead of prices per transaction",
        "minimum_commitment": 0.7,
        "double_running": 1,
        "exit_charge": 1_900_000,
        "at_risk": 0.12,
        "terms_currency": "PLN",
    },
    "controls": controls(),
    "expertise": {
        "attrition": 0.24,
        "ramp_weeks": 7,
        "automation_attended": "in production and measured",
        "automation_unattended": "in production",
    },
    "quality": {
        f"quality_{name}": ("yes", "Quality handbook")
        for name in ("sampling", "calibration", "coaching", "customers", "independent")
    },
}
TABLES = {
    "price_lines": [
        {"item": "Contacts, all channels", "basis": "per_transaction", "component": "labour",
         "price": 20.1, "currency": "PLN", "quantity": 92_000},
        {"item": "Platform", "basis": "per_month", "component": "technology", "price": 64_000,
         "currency": "PLN"},
        {"item": "Transition and training", "basis": "once", "component": "other",
         "price": 410_000, "currency": "PLN", "first_month": 0},
    ],
    "sites": [
        {"country": "Poland", "city": "Kraków", "head_count": 110,
         "shifts": "08:00-16:00, 12:00-20:00"},
        {"country": "Poland", "city": "Łódź", "head_count": 75,
         "shifts": "08:00-16:00, 12:00-20:00"},
    ],
    "languages": [
        {"language": language, "level": level, "agents": agents, "site": site,
         "hours": "08:00-20:00"}
        for language, level, agents, site in (
            ("English", "C1", 60, "Kraków"), ("German", "C1", 34, "Kraków"),
            ("French", "B2", 20, "Łódź"), ("Spanish", "B2", 18, "Łódź"),
            ("Italian", "B2", 16, "Łódź"), ("Dutch", "B2", 8, "Łódź"),
            ("Polish", "C2", 12, "Kraków"), ("Portuguese", "B2", 6, "Łódź"),
            ("Czech", "C1", 6, "Kraków"),
        )
    ],
    "certificates": [
        {"certificate": "SOC 2", "type": "Type II", "sites": "Kraków; Łódź",
         "trust_criteria": "security; availability; confidentiality; privacy",
         "valid_from": date(2025, 11, 1), "valid_to": date(2026, 10, 31)},
        {"certificate": "ISO 27001", "sites": "all sites", "valid_from": date(2024, 10, 1),
         "valid_to": date(2027, 9, 30)},
        {"certificate": "ISO 18295", "sites": "all sites", "type": "independent",
         "valid_from": date(2025, 3, 1), "valid_to": date(2028, 2, 29)},
    ],
    "references": [
        {"client": "A maker of headphones", "sector": "technology", "process": "Support",
         "fte": 90, "from_year": 2020, "may_check": "yes"},
        {"client": "A seller of electronics in Germany", "sector": "retail",
         "process": "Customer support", "fte": 210, "from_year": 2016, "may_check": "yes"},
    ],
    "commitments": [
        {"commitment": "Automation of order status", "from_year": 1, "share": 0.03,
         "contractual": "yes", "priced": "yes"},
        {"commitment": "Voice of the customer programme", "from_year": 2, "share": 0.02,
         "contractual": "no", "priced": "no"},
    ],
}  # fmt: skip


def mess(book: Workbook) -> None:
    """A sheet renamed, and a column of remarks inserted into the table of sites."""
    unlocked(book)
    book["Pricing"].title = "Pricing (PLN) (3)"
    sites = book["Sites"]
    sites.insert_cols(4)
    [header] = [row[0].row for row in sites.iter_rows(max_col=1) if row[0].value == "sites"]
    typed(sites.cell(header, 4), "Our remark")
    typed(sites.cell(header + 1, 4), "since 2014")


def finish(content: bytes) -> bytes:
    """Nothing more."""
    return content
