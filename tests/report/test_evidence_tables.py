"""Tables of evidence: every certificate, control and commitment, with what counts and why."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from make.evidence import ISO, MANILA, SOC2, certified, rules
from make.responses import response
from vendor_eval.bids.proposal import proposals
from vendor_eval.bids.response import Response
from vendor_eval.questionnaire.security import CONTROL_DOMAINS, CONTROLS, domain_questions
from vendor_eval.report.evidence import (
    certificates_table,
    commitments_table,
    control_coverage_table,
)
from vendor_eval.report.html import Html
from vendor_eval.tender.tender import Tender

HOSTILE = "<script>alert(1)</script>"


def case(*responses: Response, measures: Sequence[dict[str, Any]] = ()) -> Tender:
    """A case whose gates read these measures, each with a rule it may meet."""
    gates = tuple(
        {"id": f"g{n}", "label": "Gate", "measure": typed, "rule": {"at_least": 1}}
        for n, typed in enumerate(measures)
    )
    return Tender(rules(gates=gates), proposals({}), None, (), responses)


def rows(html: Html) -> list[list[str]]:
    """What a reader sees in the body of a table."""
    cells = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)
        for row in html.markup.replace("<wbr>", "").split("<tr")
    ]
    return [[unescape(cell) for cell in row] for row in cells[2:]]


def test_each_certificate_is_shown_with_its_state_its_sites_and_its_cell() -> None:
    old = SOC2 | {"type": "Type I", "sites": "Manila"}
    shown = certified(ISO, old, ISO | {"valid_to": date(2026, 1, 1), "sites": "anywhere"})
    asked = [{"certificate": {"name": "iso27001"}}, {"soc2": {"gap_months": 6}}]
    shown_rows = rows(certificates_table(case(shown, measures=asked)))
    at = "Alder.xlsx!certificates!"
    assert shown_rows == [
        [
            "Alder",
            "ISO 27001",
            "in force",
            "all",
            f"{at}certificate1: valid 2025-03-01 to 2028-02-29",
        ],
        [
            *("Alder", "ISO 27001", "expired", "undecided"),
            (
                f"{at}valid_to3: expired 2026-01-01; "
                f"{at}sites3 does not decide the sites covered: 'anywhere'"
            ),
        ],
        [
            *("Alder", "SOC 2", "Type I only", "Manila"),
            f"{at}type2: Type I covers the design on one day only",
        ],
    ]


def test_a_certificate_asked_for_and_not_held_is_shown_as_none() -> None:
    shown = rows(
        certificates_table(
            case(
                certified(ISO),
                replace(certified(), vendor="Birch"),
                measures=[{"certificate": {"name": "copc"}}],
            )
        )
    )
    assert [row[:3] for row in shown] == [
        ["Alder", "COPC CX", "none"],
        ["Alder", "ISO 27001", "no rule reads it"],
        ["Birch", "COPC CX", "nothing is listed"],
    ]


def test_two_measures_of_one_certificate_show_it_once() -> None:
    asked = [{"certificate": {"name": "iso27001"}}, {"sites_covered": {"name": "iso27001"}}]
    assert len(rows(certificates_table(case(certified(ISO), measures=asked)))) == 1


def graded_case(*measures: dict[str, Any]) -> Tender:
    answers = {field.id: "yes" for field in CONTROLS.fields}
    answers |= dict.fromkeys(domain_questions("suppliers"), "not applicable")
    answers |= {"access_mfa": "partial", "access_review": "not applicable"}
    del answers["data_rest"]
    return case(response(forms={"controls": answers}), measures=measures)


def test_controls_are_counted_by_domain_and_covered_as_the_rules_say() -> None:
    stated = {"control_coverage": {"domain": "access", "partial": 40}}
    html = control_coverage_table(graded_case(stated))
    domains = {row[0]: row[1] for row in rows(html)}
    assert list(domains) == [title for title, _ in CONTROL_DOMAINS.values()]
    assert domains["Identity and access"] == "85\u00a0%: 3 yes, 1 partial, 1 not applicable"
    assert domains["Data protection"] == "4 yes, 1 blank"
    assert domains["Suppliers and subcontractors"] == "2 not applicable"
    assert "a partial answer counts 40\u00a0% of a yes" in html.markup


def test_controls_that_nobody_asks_for_and_nobody_answers_are_not_shown_as_blank() -> None:
    assert control_coverage_table(case(response())).markup == ""
    asked = case(response(), measures=[{"control": {"question": "access_mfa"}}])
    assert [row[:2] for row in rows(control_coverage_table(asked))] == [
        ["Identity and access", "1 blank"]
    ]


def test_without_one_figure_for_partial_answers_there_is_no_coverage() -> None:
    two = [
        {"control_coverage": {"domain": d, "partial": p}} for d, p in (("access", 0), ("data", 9))
    ]
    for shown in (graded_case(), graded_case(*two)):
        domains = {row[0]: row[1] for row in rows(control_coverage_table(shown))}
        assert domains["Identity and access"] == "3 yes, 1 partial, 1 not applicable"


PROMISE = {
    "commitment": "Fewer calls",
    "from_year": 2,
    "amount": 40_000,
    "currency": "EUR",
    "contractual": "yes",
    "priced": "yes",
}


def test_commitments_are_shown_with_what_counts_and_what_counts_zero() -> None:
    loose = {**PROMISE, "commitment": "Bots", "amount": None, "share": 0.05, "priced": "no"}
    shown = response(tables={"commitments": [PROMISE, loose]})
    assert rows(commitments_table(case(shown))) == [
        [
            *("Alder", "Fewer calls", "40000 EUR", "2", "yes"),
            "Alder.xlsx!commitments!commitment1",
        ],
        [
            *("Alder", "Bots", "5\u00a0% of the charges", "2", "zero: not priced"),
            "Alder.xlsx!commitments!commitment2",
        ],
    ]


def test_what_vendors_typed_is_escaped() -> None:
    shown = response(
        HOSTILE,
        tables={
            "commitments": [PROMISE | {"commitment": HOSTILE, "currency": HOSTILE}],
            "certificates": [ISO | {"sites": HOSTILE}],
            "sites": [MANILA | {"city": HOSTILE}],
        },
        forms={"controls": {"access_mfa": "yes"}},
    )
    read = case(shown, measures=[{"certificate": {"name": "iso27001"}}])
    drawn = (certificates_table(read), control_coverage_table(read), commitments_table(read))
    for html in drawn:
        assert "<script" not in html.markup
        assert "&lt;script" in html.markup


def test_without_responses_there_is_nothing_to_show() -> None:
    for draw in (certificates_table, control_coverage_table, commitments_table):
        assert draw(case()).markup == ""
