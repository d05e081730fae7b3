"""What a public procedure's result rests on, and what it leaves out."""

import json
import math
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import norm

from make.builders import FIVE, VALUES, assessed, rules
from make.running import RULES, invoked, written_folder
from vendor_eval.award.result import Result
from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.negotiation import holds_until_table, negotiation_sentence, to_win_table
from vendor_eval.report.summary import summary_of
from vendor_eval.report.sureness import EXPLORED, sureness_sentence
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

OFFERS = {v: dict(zip(FIVE, row, strict=True)) for v, row in VALUES.items()}


def result(offers: Mapping[str, Mapping[str, Any]], procedure: str, **more: Any) -> Result:
    """The five-criteria example in one kind of procedure."""
    return assessed(offers, rules(FIVE, price="cost", procedure=procedure, **more))


def test_weights_are_not_varied_in_the_verdict_of_a_public_procedure() -> None:
    # 73.6 to 71.8: with weights drawn, A stays ahead of B in 79.4 of 100 (test_robustness.py)
    private, public = (result(OFFERS, procedure) for procedure in ("private", "public"))
    assert private.recommendation.verdict == "sensitive"
    assert public.recommendation.verdict == "firm"
    assert public.published_weights is None
    assert summary_of(public).sureness == (
        "Under the rules A is first, 73.6 to 71.8. "
        "The published rules alone decide; they allow for no error of judgement."
    )
    assert summary_of(public).change == "Nothing: the published rules and the bids decide."
    first = public.near_weights.rank_acceptability[1]
    assert first.equals(private.near_weights.rank_acceptability[1])
    assert sureness_sentence(public).startswith(EXPLORED)
    assert EXPLORED not in sureness_sentence(private)


def test_open_answers_alone_are_drawn_for_the_verdict_of_a_public_procedure() -> None:
    # A's expertise 50..70 moves its score by +-3 points evenly: 70.6..76.6 against 71.8, so that A
    # is first in (76.6 - 71.8) / 6 = 80 % of the draws
    offers = OFFERS | {"A": OFFERS["A"] | {"expertise": "50..70"}}
    public = result(offers, "public")
    assert public.recommendation.verdict == "sensitive"
    assert public.published_weights is not None
    assert public.published_weights.first("A") == pytest.approx(0.8, abs=0.005)
    share = re.search(
        r"in (\d+) of 100 re-runs\. Each re-run varies the open answers\.",
        summary_of(public).sureness,
    )
    assert share
    assert int(share[1]) == pytest.approx(80, abs=1)
    assert summary_of(public).change == "1 open answer could change it."


def test_what_is_judged_is_drawn_for_the_verdict_of_a_public_procedure() -> None:
    # all but the cost is judged, 70 % of the weight: each score is off by 0.7 x 3 points, a lead of
    # 1.8 by sqrt(2) times as much
    judged = result(OFFERS, "public", robustness={"judgement_error": 3.0})
    assert judged.reruns is not None
    exact = norm.cdf(1.8 / (math.sqrt(2) * 0.7 * 3))
    assert judged.reruns.ahead["B"] == pytest.approx(exact, abs=0.004)
    assert judged.recommendation.verdict == "too close"
    assert "varies the judged points." in summary_of(judged).sureness


def test_a_tie_that_the_published_rules_break_is_decided_by_them() -> None:
    offers = {"A": {"cost": 50, "other": 60}, "B": {"cost": 60, "other": 50}}
    typed = rules({"cost": 1, "other": 1}, procedure="public", tie_break=("cost",))
    judged = assessed(offers, typed)
    assert (judged.recommendation.vendor, judged.recommendation.verdict) == ("B", "firm")
    without = assessed(offers, rules({"cost": 1, "other": 1}, procedure="public"))
    assert (without.recommendation.vendor, without.recommendation.verdict) == (
        None,
        "too close",
    )


def test_a_losing_bid_that_decides_leaves_a_public_verdict_sensitive() -> None:
    # relative: without C, linear_range spreads A and B over the whole scale
    scale = ("linear_range", {"direction": "min"})
    typed = rules(
        {"cost": (50, {scale[0]: scale[1]}), "other": (50, "identity")}, procedure="public"
    )
    offers = {
        "A": {"cost": 10, "other": 40},
        "B": {"cost": 20, "other": 60},
        "C": {"cost": 100, "other": 0},
    }
    judged = assessed(offers, typed)
    assert judged.reversals == {"C": "A"}
    assert judged.recommendation.verdict == "sensitive"
    assert "Withdrawing the losing bid of C would make A first." in summary_of(judged).change


def test_nothing_hints_at_negotiation_in_a_public_procedure() -> None:
    # A: (90 + 40) / 2 = 65, B: (50 + 60) / 2 = 55; B's price, 20 lower, draws level
    offers = {"A": {"cost": 10, "other": 40}, "B": {"cost": 50, "other": 60}}
    cost = (50, {"linear": {"worst": 100, "best": 0}})
    private, public = (
        assessed(offers, rules({"cost": cost, "other": (50, "identity")}, procedure=procedure))
        for procedure in ("private", "public")
    )
    assert "Or B \u20ac20 cheaper" in summary_of(private).change
    assert "cheaper" not in summary_of(public).change
    assert (dict(public.to_win), dict(public.holds_until)) == ({}, {})
    assert negotiation_sentence(private)
    assert negotiation_sentence(public) == ""
    assert to_win_table(public).markup == holds_until_table(public).markup == ""


def test_what_a_vendor_outside_would_have_to_offer_is_left_out() -> None:
    gate = {"id": "g", "label": "G", "answer": "ok", "rule": {"equals": "yes"}}
    offers = {v: answers | {"ok": "no" if v == "B" else "yes"} for v, answers in OFFERS.items()}
    private, public = (result(offers, p, gates=(gate,)) for p in ("private", "public"))
    assert private.to_qualify["B"].to_win
    assert public.to_qualify["B"].to_win == {}
    assert public.to_qualify["B"].hurdles == private.to_qualify["B"].hurdles


def test_without_a_winner_nothing_is_said_to_decide() -> None:
    gate = {"id": "g", "label": "G", "answer": "ok", "rule": {"equals": "yes"}}
    offers = {v: answers | {"ok": "no"} for v, answers in OFFERS.items()}
    none = result(offers, "public", gates=(gate,))
    assert none.recommendation.verdict == "none"
    assert summary_of(none).change == ""
    one = result(offers | {"A": OFFERS["A"] | {"ok": "yes"}}, "public", gates=(gate,))
    assert (one.recommendation.verdict, summary_of(one).change) == ("uncontested", "")


def test_the_explorer_is_told_whether_bids_may_still_move() -> None:
    for procedure, negotiable in (("private", True), ("public", False)):
        judged = result(OFFERS, procedure)
        case = Tender(judged.evaluation.rules, judged.evaluation.proposals, None, ())
        assert explorer_model(case, judged)["negotiable"] is negotiable


def test_a_scenario_is_refused_in_a_public_procedure() -> None:
    scenarios = {"other": {"weights": {"cost": 5, "expertise": 1} | dict.fromkeys(FIVE, 1)}}
    typed = rules(FIVE, price="cost", procedure="public", scenarios=scenarios)
    with pytest.raises(VendorEvalError, match="found the scenario 'other' in a public procedure"):
        assessed(OFFERS, typed, scenario="other")
    assert "other" in assessed(OFFERS, typed).scenarios


def award(folder: Path, vendor: str, procedure: str) -> Path:
    """A small evaluation, which Aurora wins, with an award to one of its vendors."""
    (folder / "evaluation.yaml").write_text(f"{RULES}procedure: {procedure}\n", "utf-8")
    entry = f"kind: award, vendor: {vendor}, by: Ann, on: 2026-11-24, reason: The board said so"
    (folder / "decisions.yaml").write_text(f"- {{{entry}}}\n", "utf-8")
    return folder


def test_a_public_award_off_the_ranking_is_a_fault_at_its_line(tmp_path: Path) -> None:
    folder = written_folder(tmp_path / "helpdesk")
    for procedure in ("public", "private"):
        assert read(award(folder, "Aurora", procedure)).decisions.entries
    with pytest.raises(InputFaults) as refused:
        read(award(folder, "Borealis", "public"))
    allowed = "and 'Aurora' is first; allowed: 'Aurora', first by the rules of a public procedure"
    assert str(refused.value) == f"decisions.yaml:1: decision 1.vendor: found 'Borealis', {allowed}"


@pytest.fixture
def tender(tmp_path: Path, data: Path) -> Path:
    """The constructed example as a public procedure."""
    folder = Path(shutil.copytree(data / "customer-support", tmp_path / "tender"))
    rules_file = folder / "evaluation.yaml"
    rules_file.write_text(rules_file.read_text("utf-8") + "\nprocedure: public\n", "utf-8")
    return folder


def test_the_report_has_no_section_on_negotiation(tender: Path) -> None:
    done = invoked("run", "tender", "--out", "out", "-p", "draws=200", cwd=tender.parent)
    assert done.exit_code == 0, done.stderr
    page = (tender.parent / "out" / "report.html").read_text("utf-8")
    assert "What would change it" in page
    assert "What to negotiate" not in page
    assert "One answer that alone draws" not in page
    record = json.loads((tender.parent / "out" / "results.json").read_bytes())
    assert record["procedure"] == "public"
    assert record["sensitivity"]["to_win"] == record["sensitivity"]["holds_until"] == {}
