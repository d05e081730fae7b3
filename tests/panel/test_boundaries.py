"""The rules of a panel hold exactly at their edges."""

from datetime import date
from typing import Any

import pytest

from make.panels import COMMENT, REASON, built, built_with_texts, panel_rules, unchangeable
from vendor_eval.errors import VendorEvalError
from vendor_eval.panel.agreement import judgement_error
from vendor_eval.panel.consequences import Consequences
from vendor_eval.panel.entries import Draft, draft
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import ScoreLog, merged_drafts
from vendor_eval.panel.moderation import agreement_faults, needs_meeting
from vendor_eval.panel.record import panel_record
from vendor_eval.panel.scoring import Intake, check_origin, mark_draft
from vendor_eval.panel.workbooks import PanelBook
from vendor_eval.rules.rules import Rules, fingerprint

DAY = date(2026, 11, 24)


def rules_of(typed: dict[str, Any]) -> Rules:
    return Rules.model_validate(unchangeable(typed))


RULES = rules_of(panel_rules())
EMPTY = ScoreLog((), fingerprint(RULES))


def mark(evaluator: str, vendor: str, **more: object) -> Draft:
    body = {"criterion": "approach", "level": "3", "comment": COMMENT, "asks": "0" * 64} | more
    who = {"by": evaluator, "evaluator": evaluator, "vendor": vendor}
    return draft("individual", on=DAY, source="", **who, **body)


def other(kind: str, **body: object) -> Draft:
    return draft(kind, on=DAY, by="chair", source="", **body)


LOCK = other("locked", performance="0" * 64, inputs={})
COMMON = EMPTY.followed_by([mark("e1", "Alder"), mark("e2", "Alder"), mark("e3", "Birch")])


def merged(log: ScoreLog, copy: ScoreLog) -> list[Draft]:
    return merged_drafts(log, copy, lambda **body: other("merged", **body))


@pytest.mark.parametrize(
    ("log", "copy"),
    [
        (COMMON.followed_by([LOCK]), COMMON.followed_by([mark("e1", "Cedar")])),
        (COMMON, COMMON.followed_by([LOCK])),
        (COMMON.followed_by([LOCK]), COMMON.followed_by([LOCK, mark("e1", "Cedar")])),
    ],
    ids=["this copy", "the other copy", "what both have"],
)
def test_nothing_is_merged_once_a_copy_is_locked(log: ScoreLog, copy: ScoreLog) -> None:
    with pytest.raises(VendorEvalError, match="a copy is locked"):
        merged(log, copy)


def test_a_merged_line_names_the_lines_that_it_named_by_their_numbers_here() -> None:
    # both have lines 1 to 3; line 4 is this copy's own and line 5 says that three lines follow
    again = mark("e3", "Birch", level="4", replaces=3, reason="A slip.")
    gone = other("redacted", why="Personal.", line=4)
    once_more = mark("e3", "Birch", level="5", replaces=4, reason="A slip.")
    copy = COMMON.followed_by([again, gone, once_more])
    _, repeated, redacted, last = merged(COMMON.followed_by([mark("e2", "Cedar")]), copy)
    assert repeated.body["replaces"] == 3
    assert redacted.body["line"] == 6
    assert last.body["replaces"] == 6


def test_two_people_are_enough_where_the_marks_lie_apart() -> None:
    record = built_with_texts({}, levels={("e1", "Birch"): "5"})
    item = record.items["Birch", "approach"]
    assert needs_meeting(item, record.rules)
    said = {"level": "3", "reason": REASON, "evidence": ""}
    assert list(agreement_faults(item, record, present=("e1", "e2"), **said)) == []
    [(field, _)] = agreement_faults(item, record, present=("e1",), **said)
    assert field == "present"


# the residual of n vendors and k evaluators has (n - 1) (k - 1) degrees of freedom
@pytest.mark.parametrize(
    ("vendors", "evaluators", "said_by", "points"), [(4, 3, "panel", 1.0), (6, 2, "default", 3.0)]
)
def test_a_panels_own_error_counts_from_six_degrees_of_freedom(
    vendors: int, evaluators: int, said_by: str, points: float
) -> None:
    typed = panel_rules()
    typed["panel"]["least_evaluators"] = evaluators
    typed["panel"]["evaluators"] = typed["panel"]["evaluators"][:evaluators]
    ids = [each["id"] for each in typed["panel"]["evaluators"]]
    items = [(f"V{n}", path) for n in range(vendors) for path in ("approach", "security")]
    marks = {(e, *item): 3 for e in ids for item in items}
    answers = {vendor: {"cost": "150"} for vendor, _ in items}
    error = judgement_error(*built(typed, answers, marks, dict.fromkeys(items, 3)))
    assert (error.said_by, error.points) == (said_by, points)


def marked(typed: dict[str, Any], agreed: dict[tuple[str, str], int], **cost: str) -> Consequences:
    """Consequences where everybody gave the agreed level, but e1 gave Birch's approach a 3."""
    marks = {(e, *item): level for item, level in agreed.items() for e in ("e1", "e2", "e3")}
    answers = {vendor: {"cost": price} for vendor, price in cost.items()}
    evaluation, record = built(typed, answers, marks | {("e1", "Birch", "approach"): 3}, agreed)
    return Consequences(evaluation, record)


def test_a_tie_that_is_there_already_is_no_new_one() -> None:
    # 44 points each: 0.4 x 60 + 0.2 x 100, 0.4 x 80 + 0.2 x 60 and 0.4 x 100 + 0.2 x 20; the best
    # security breaks the tie. At 3 Birch falls to 36, and the other two still tie.
    typed = panel_rules() | {"tie_break": ["security"]}
    for level, points in ((1, 20), (3, 80)):
        typed["scales"]["quality"]["levels"][level]["points"] = points
    agreed = {("Alder", "approach"): 3, ("Birch", "approach"): 4, ("Cedar", "approach"): 5}
    agreed |= {("Alder", "security"): 5, ("Birch", "security"): 3, ("Cedar", "security"): 1}
    found = marked(typed, agreed, Alder="200", Birch="200", Cedar="200")
    assert dict(100 * found.evaluation.scores) == pytest.approx(
        dict.fromkeys(found.field.vendors, 44)
    )
    assert found.leaders == ("Alder",)
    assert not found.of_items["Birch", "approach"].decides


def test_a_level_that_leaves_nobody_in_the_ranking_decides() -> None:
    typed = panel_rules()
    floor = {"criterion": "approach", "rule": {"at_least": 80}}
    typed["gates"] = [{"id": "floor", "label": "Floor", **floor}]
    agreed = {("Birch", "approach"): 4, ("Birch", "security"): 3}
    found = marked(typed, agreed, Birch="150")
    assert found.leaders == ("Birch",)
    assert found.of_items["Birch", "approach"].decides
    assert found.of_items["Birch", "approach"].would_take == {}


def test_a_comment_of_the_least_length_is_not_short() -> None:
    least = RULES.panel.comment.least_characters  # type: ignore[union-attr]
    texts = {("e1", "Alder"): "x" * least, ("e2", "Alder"): "y" * (least - 1)}
    [finding] = comment_findings(built_with_texts(texts))
    assert finding.says == f"the comment has {least - 1} of at least {least} characters"


@pytest.mark.parametrize(
    ("carried", "warning"),
    [
        (None, "e1.xlsx carries no fingerprint of the rules."),
        ("sha256:" + "0" * 64, "e1.xlsx was made for different rules; the same questions"),
        (fingerprint(RULES), ""),
    ],
)
def test_a_workbook_says_for_which_rules_it_was_made(carried: str | None, warning: str) -> None:
    book = PanelBook("e1.xlsx", {}, {}, {}, {}, carried, (), ())
    intake = Intake(panel_record(RULES, EMPTY, ("Alder",)), {})
    check_origin(intake, book, EMPTY)
    assert [text[: len(warning)] for text in intake.warnings] == [warning] * bool(warning)
    assert intake.faults == []


def test_a_mark_replaces_the_last_one_and_a_first_one_gives_no_reason() -> None:
    log, made = EMPTY, []
    for level in ("3", "4", "5"):
        item = panel_record(RULES, log, ("Alder",)).items["Alder", "approach"]
        said = {"level": level, "comment": COMMENT, "reason": REASON}
        made.append(mark_draft(item, RULES, "e1", on=DAY, source="", **said))
        log = log.followed_by(made[-1:])
    assert [each.body.get("replaces") for each in made] == [None, 1, 2]
    assert ["reason" in each.texts for each in made] == [False, True, True]
