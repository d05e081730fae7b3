"""Four rules for comments, each with its place; warnings alone."""

import pytest

from make.panels import COMMENT, REASON, built_with_texts
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord


def said(record: PanelRecord) -> list[tuple[str, str, str]]:
    return [(f.kind, f.vendor, f.place) for f in comment_findings(record)]


def test_good_comments_are_not_remarked() -> None:
    assert said(built_with_texts({})) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "short"),
        ("Fine.", "short"),
        ("Better than what birch offers on page 3 of its own.", "vendor"),
        ("The plan is good, and it is cheap for what it is.", "price"),
        ("They ask \u20ac 12 an hour for the night shift, page 4.", "price"),
        ("The discount on page 9 covers the first year of work.", "price"),
    ],
)
def test_an_odd_comment_is_found_at_its_line(text: str, kind: str) -> None:
    assert said(built_with_texts({("e2", "Alder"): text})) == [(kind, "Alder", f"{LOG}:2")]


@pytest.mark.parametrize(
    "text",
    [
        "The plan names people, and an enterprise tool for the coasts.",
        "Birchwood floors are named on page 12, with the date of work.",
        "Its own name, Alder, stands on page 12 with the signature.",
    ],
)
def test_a_word_within_a_word_and_the_vendors_own_name_are_no_finding(text: str) -> None:
    assert said(built_with_texts({("e2", "Alder"): text})) == []


def test_one_text_for_two_levels_is_found_and_for_one_level_it_is_not() -> None:
    copied = {("e1", "Alder"): COMMENT, ("e1", "Birch"): COMMENT}
    assert said(built_with_texts(copied)) == []
    [finding] = comment_findings(built_with_texts(copied, levels={("e1", "Birch"): 4}))
    assert (finding.kind, finding.vendor) == ("copied", "Birch")
    assert finding.says.endswith("for level 3 of Alder on 'approach', line 1")


def test_a_reason_that_names_another_vendor_is_found() -> None:
    reasons = {"Alder": f"{REASON} Cedar has it."}
    assert [kind for kind, *_ in said(built_with_texts({}, reasons=reasons))] == ["vendor"]


def test_what_a_finding_says_escapes_nothing_and_hides_nothing() -> None:
    hostile = "</script><img src=x onerror=alert(1)> for $ 5 million."
    [finding] = comment_findings(built_with_texts({("e1", "Alder"): hostile}))
    assert finding.kind == "price"
