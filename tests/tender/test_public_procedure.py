"""What the rules of a public procedure may be challenged for, warning by warning."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from make.running import RULES, invoked, written_folder
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.public_procedure import concerns

COST = {"id": "cost", "label": "Cost", "weight": 1, "answer": "cost", "value": "identity"}
PUBLIC: dict[str, Any] = {"procedure": "public", "tie_break": ("cost",)}


def places(*leaves: Mapping[str, Any], **more: Any) -> list[str]:
    """Where the rules over the cost and some more leaves may be challenged."""
    typed = {"title": "T", "decision": "Which?", "currency": "EUR", "price": "cost"}
    lacking = {"weight": 1, "value": "identity"}
    whole = [leaf if "criteria" in leaf else lacking | leaf for leaf in leaves]
    stated = typed | {"criteria": (COST, *whole)} | PUBLIC | more
    return [concern.place for concern in concerns(Rules.model_validate(stated))]


def leaf(label: str, **read: Any) -> dict[str, Any]:
    """A leaf of this label."""
    return {"id": "leaf", "label": label} | (read or {"answer": "answered"})


def test_sound_rules_raise_no_concern() -> None:
    assert places(leaf("Quality of the method")) == []


def test_public_rules_without_a_tie_break_are_warned_of() -> None:
    assert places(tie_break=()) == ["tie_break"]


@pytest.mark.parametrize(
    "measured",
    [
        leaf("Past experience with retailers"),
        leaf("Reference projects"),
        leaf("References"),
        leaf("Annual turnover"),
        leaf("Financial standing"),
        leaf("ISO 27001 certificate"),
        leaf("Security", answer="soc2_report"),
        leaf("Track record"),
        leaf("Clients", measure="references"),
        leaf("Years", measure={"reference_years": {"sector": "retail"}}),
        leaf("Assurance", measure={"sites_covered": {"name": "x"}}),
        leaf("Assurance", measure="soc2"),
    ],
    ids=lambda measured: str(measured),
)
def test_what_a_bidder_is_or_has_done_looks_like_a_selection_criterion(
    measured: dict[str, Any],
) -> None:
    assert places(measured) == ["criteria.leaf"]


@pytest.mark.parametrize(
    "label",
    [
        "Experience of the staff assigned",
        "Preferences of callers",
        "User experience of agents' desktop",
        "Difference to the target",
        "Weeks to take over",
    ],
)
def test_what_is_offered_looks_like_no_selection_criterion(label: str) -> None:
    assert places(leaf(label)) == []


@pytest.mark.parametrize(
    "read",
    [{"measure": "shoring_share"}, {"measure": "corruption_perceptions"}, {"answer": "nearshore"}],
)
def test_points_for_a_place_need_a_purpose(read: dict[str, Any]) -> None:
    assert places(leaf("Place", **read)) == ["criteria.leaf"]
    assert places(leaf("Place", **read) | {"purpose": "Visits within a day"}) == []


def test_one_fact_in_a_gate_and_in_a_score_is_warned_of() -> None:
    gate = {"id": "g", "label": "G", "answer": "answered", "rule": {"at_least": 1}}
    assert places(leaf("Quality"), gates=(gate,)) == ["criteria.leaf"]
    assert places(leaf("Quality"), gates=(gate | {"answer": "another"},)) == []
    floor = {"id": "g", "label": "G", "criterion": "leaf", "rule": {"at_least": 1}}
    assert places(leaf("Quality"), gates=(floor,)) == []


def test_leaves_within_branches_are_looked_at_under_their_path() -> None:
    inner = COST | {"id": "inner", "label": "References", "answer": "x"}
    branch = {"id": "branch", "label": "Branch", "weight": 1, "criteria": (inner,)}
    assert places(branch) == ["criteria.branch.inner"]


def test_a_private_procedure_is_free_to_do_all_of_that() -> None:
    assert places(leaf("References"), procedure="private", tie_break=()) == []


@pytest.fixture
def tender(tmp_path: Path) -> Path:
    """A public procedure without a tie-break."""
    folder = written_folder(tmp_path / "helpdesk")
    (folder / "evaluation.yaml").write_text(RULES + "procedure: public\n", "utf-8")
    return folder


def test_check_advises_a_change_until_seal_seals_and_nothing_after(tender: Path) -> None:
    says = "vendor-eval: evaluation.yaml: tie_break: the rules have no 'tie_break', so vendors with"
    advice = "before sealing, name the criteria"
    for command, advised in (("check", True), ("seal", False)):
        done = invoked(command, "helpdesk", cwd=tender.parent)
        assert done.exit_code == 0
        assert says in done.stderr
        assert (advice in done.stderr) is advised
        assert ("to amend the seal before bids are opened" in done.stderr) is not advised
    after = invoked("check", "helpdesk", cwd=tender.parent)
    assert says in after.stderr
    assert "before sealing" not in after.stderr


def test_a_procedure_is_private_or_public_and_nothing_else(tender: Path) -> None:
    (tender / "evaluation.yaml").write_text(RULES + "procedure: open\n", "utf-8")
    done = invoked("check", "helpdesk", cwd=tender.parent)
    assert done.exit_code == 2
    assert "procedure: found 'open'; allowed: 'private' or 'public'" in done.stderr
