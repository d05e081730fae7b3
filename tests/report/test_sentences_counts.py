"""Every sentence of a report for none, one, two and many of everything, read back."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make import examples
from make.builders import assessed
from make.spoken import number, part, slips
from vendor_eval import wording
from vendor_eval.analysis.formulas import OWN
from vendor_eval.analysis.sensitivity.along import rankings_along
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import closest_rival, share_of_100
from vendor_eval.report.along import along_sentence
from vendor_eval.report.firmness import (
    advice_sentence,
    ranges_sentence,
    rerun_sentence,
    reruns_figure,
    rivals_sentence,
    words_sentence,
)
from vendor_eval.report.gates import gates_sentence, gates_table
from vendor_eval.report.intake import blanks_sentence, files_sentence, readings_sentence
from vendor_eval.report.negotiation import holds_until_table, negotiation_sentence, to_win_table
from vendor_eval.report.open_answers import questions_sentence, questions_table
from vendor_eval.report.other_ways import methods_sentence, methods_table, scenarios_sentence
from vendor_eval.report.price import cost_sentence, cost_table, point_price_sentence, price_change
from vendor_eval.report.price_formulas import (
    effective_weights_sentence,
    effective_weights_table,
    price_formulas_sentence,
    price_formulas_table,
)
from vendor_eval.report.summary import Summary, summary_of
from vendor_eval.report.sureness import (
    acceptability_table,
    anywhere_sentence,
    informed_sentence,
    ranks_table,
    sureness_sentence,
)
from vendor_eval.report.weight_changes import (
    intervals_sentence,
    weight_changes_sentence,
    weight_changes_table,
    weight_intervals_table,
    winner_map_sentence,
)
from vendor_eval.report.why import (
    contributions_figure,
    contributions_table,
    rules_sentence,
    why_sentence,
)
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender

VENDORS = ("Alder", "Birch", "Cedar", "Deodar", "Elm", "Fir")
SOME = st.sampled_from((0, 1, 2, 5))
POINTS = st.sampled_from((0, 20, 45, 50, 55, 80, 100))
ANSWER = st.one_of(POINTS, POINTS, POINTS, st.just("30..70"), st.none())


@st.composite
def judged(draw: st.DrawFn) -> Result:
    """An assessment with none, one, two or many of vendors, criteria, gates, scenarios, methods."""
    top, inner = draw(st.integers(1, 4)), draw(st.sampled_from((0, 1, 2)))
    names = [f"c{n}" for n in range(top + inner)]
    leaves = [_leaf(name, n + 1, draw) for n, name in enumerate(names)]
    criteria = leaves[:top]
    if inner:
        criteria.append({"id": "s", "label": "Service", "weight": 2, "criteria": (*leaves[top:],)})
    gates = [f"g{n}" for n in range(draw(st.sampled_from((0, 1, 2))))]
    methods = ("topsis", "vikor", "promethee2", "waspas", "copras")[: draw(SOME)]
    scenarios = {f"s{n}_first": {"weights": {"c0": 1.0 + 4 * n}} for n in range(draw(SOME))}
    typed = Rules.model_validate(
        {"title": "T", "decision": "D", "currency": "EUR", "price": "c0", "methods": methods}
        | {"criteria": tuple(criteria), "scenarios": scenarios if len(criteria) > 1 else {}}
        | {"gates": tuple(_gate(gate) for gate in gates)}
    )
    bids = {
        vendor: {name: draw(ANSWER) for name in names}
        | {gate: draw(st.sampled_from(("yes", "yes", "no", None))) for gate in gates}
        for vendor in VENDORS[: draw(st.sampled_from((1, 2, 3, 6)))]
    }
    for bid in bids.values():
        bid["c0"] = draw(st.sampled_from((100, 120, 125, 180.5, 2_000, 1_234_567.8)))
    return assessed(bids, typed, draws=draw(st.sampled_from((1, 60))))


def _leaf(name: str, weight: int, draw: st.DrawFn) -> dict[str, Any]:
    absolute = {"linear": {"worst": 2_000.0, "best": 100.0}} if name == "c0" else "identity"
    value = draw(st.sampled_from((absolute, "lowest_over_this"))) if name == "c0" else absolute
    leaf = {"id": name, "label": f"Criterion {name}", "weight": weight, "answer": name}
    return leaf | {"value": value, "missing": "worst"}


def _gate(gate: str) -> dict[str, Any]:
    return {"id": gate, "label": gate.upper(), "answer": gate, "rule": {"equals": "yes"}}


def spoken(result: Result) -> dict[str, str]:
    """Every sentence of the report and of the analyst's notebook, by name."""
    first = {f"first {name}": text for name, text in vars(summary_of(result)).items()}
    plain = (
        *(why_sentence, cost_sentence, gates_sentence, sureness_sentence),
        *(rerun_sentence, rivals_sentence, ranges_sentence, words_sentence, advice_sentence),
        *(anywhere_sentence, intervals_sentence, winner_map_sentence, weight_changes_sentence),
        *(scenarios_sentence, methods_sentence, questions_sentence, negotiation_sentence),
        *(price_formulas_sentence, effective_weights_sentence, point_price_sentence),
        along_sentence,
    )
    case = Tender(result.evaluation.rules, result.evaluation.proposals, None, ())
    more = {
        "rules": rules_sentence(case, result),
        "blanks": blanks_sentence(case),
        "files": files_sentence(case),
        "readings": readings_sentence(case),
        "informed": informed_sentence(result, result.any_weights),
    }
    named = {say.__name__.removesuffix("_sentence"): say(result) for say in plain}
    checks = {f"check {check.kind}": check.says for check in result.checks}
    return first | named | more | checks


@examples(quick=40, further=150)
@given(judged())
def test_no_sentence_has_a_slip_for_none_one_two_or_many(result: Result) -> None:
    assert [slip for text in spoken(result).values() for slip in slips(text)] == []
    captions = re.findall("<caption>(.*?)</caption>", _tables(result), re.DOTALL)
    for caption in map(html.unescape, captions):
        assert [s for s in slips(f"{caption}.") if "no capital" not in s] == []


def _tables(result: Result) -> str:
    made = (
        *(contributions_table, cost_table, gates_table, acceptability_table),
        *(weight_intervals_table, weight_changes_table, to_win_table, holds_until_table),
        *(questions_table, price_formulas_table, effective_weights_table, methods_table),
    )
    shown = [make(result).markup for make in made]
    return "".join([*shown, ranks_table(result.near_weights).markup])


@examples(quick=40, further=150)
@given(judged())
def test_every_count_that_is_said_is_the_number_there_is(result: Result) -> None:
    evaluation, said = result.evaluation, spoken(result)
    total = len(evaluation.vendors)
    if evaluation.rules.gates:
        counts = [len(evaluation.having(s)) for s in ("eligible", "excluded", "undecided")]
        assert number(r"(\d+|none) pass", said["gates"]) == counts[0]
        for pattern, count in ((r"(\d+) fail", counts[1]), (r"(\d+) cannot", counts[2])):
            assert bool(count) == bool(re.search(pattern, said["gates"]))
            assert not count or number(pattern, said["gates"]) == count
        if counts[2]:
            assert part(said["first unknown"].split(" undecided")[0], "vendor") == (
                counts[2],
                total,
            )
        if counts[1] and not counts[2]:
            assert part(said["first unknown"], "vendor") == (counts[1], total)
    if evaluation.missing:
        assert number(r"(\d+) blank answers?", said["first unknown"].lower()) == len(
            evaluation.missing
        )
    if result.questions:
        turning = sum(question.could_change for question in result.questions)
        assert part(said["questions"], "open question") == (turning, len(result.questions))
    _methods(result, said["methods"])
    _formulas(result, said["price_formulas"])
    base = result.scenarios[""].winner
    others = [n for n, e in result.scenarios.items() if n and e.winner != base]
    for name in filter(None, result.scenarios):
        listed = len(others) <= 9 and f"under {wording.titled(name)}" in said["scenarios"]
        assert listed == (name in others)
    if result.reversals and result.recommendation.vendor is not None:
        more = len(result.reversals) - 1
        assert (f"; {more} more would change it" in said["first change"]) == bool(more)


def _methods(result: Result, said: str) -> None:
    first = result.recommendation.vendor
    ran = [o.ranks for o in result.opinions.values() if o.ranks is not None]
    failed = len(result.opinions) - len(ran)
    assert not failed or number(r"(\d+) methods? could not", said) == failed
    if ran and first is not None:
        agree = sum(ranks[first] == 1 for ranks in ran)
        assert part(said, "other method") == (agree, len(ran))
        assert said.count(" ranks ") == min(len(ran) - agree, 9)


def _formulas(result: Result, said: str) -> None:
    if said:
        others = [
            f
            for name, f in result.price_formulas.items()
            if f.error is None and name != OWN and not f.as_ruled
        ]
        assert number(r"in (\d+) other ways?", said) == len(others)
        assert ("the same vendor wins" in said) == (not any(f.changes_winner for f in others))


@examples(quick=40, further=100)
@given(judged())
def test_one_figure_reads_the_same_in_every_sentence_table_and_picture(result: Result) -> None:
    evaluation, award, said = result.evaluation, result.recommendation, spoken(result)
    if award.vendor is None or award.runner_up is None:
        return
    exact = result.near_weights.first(award.vendor)
    share, times = wording.of_100(exact), wording.times_of_100(exact)
    if result.reruns is not None:
        assert f"{award.vendor} is first of all vendors in {times}" in said["sureness"]
    _ahead(result, said["first sureness"])
    row = re.search(rf"{award.vendor}</th><td[^>]*>([^<]*)<", acceptability_table(result).markup)
    assert row
    assert html.unescape(row[1]) in (share, "<1")
    within = re.search(
        rf"{award.vendor}</th><td[^>]*>([^ ]+) ", ranks_table(result.near_weights).markup
    )
    assert within
    assert html.unescape(within[1]) == wording.in_100(exact)
    alt = contributions_figure(result).layout.meta["alt"]
    for vendor in (award.vendor, award.runner_up):
        assert f"{vendor} {wording.points(evaluation.scores[vendor])}" in alt
        assert wording.points(evaluation.scores[vendor]) in contributions_table(result).markup
    _margin(result, said)
    _bound(result, said["first change"])
    brief = price_change(result, award.runner_up)
    for place in (said["first change"], said["negotiation"]):
        assert brief is None or brief in place
    exact = price_change(result, award.runner_up, wording.money_above)
    assert exact is None or exact in html.unescape(to_win_table(result).markup)


def _ahead(result: Result, said: str) -> None:
    """The share that earns the word is one number, in the sentence and in the picture."""
    closest = result.reruns and closest_rival(result.reruns)
    if not result.reruns or not closest:
        assert "re-runs" not in said
        assert not reruns_figure(result).data
        return
    rival, exact = closest
    shown, leader = share_of_100(exact, result.reruns.draws), result.recommendation.vendor
    often = "fewer than 1" if exact and not shown else shown
    assert re.search(rf"It stays ahead of {rival}(, its closest rival,)? in {often} of 100", said)
    alt = reruns_figure(result).layout.meta["alt"]
    assert alt == f"{shown} of 100 re-runs keep {leader} ahead of {rival}"


def _margin(result: Result, said: dict[str, str]) -> None:
    """The scores are those shown elsewhere, with the margin where they read the same."""
    award, scores = result.recommendation, result.evaluation.scores
    if award.open:  # the headline says it
        return
    match = re.search(
        r"is first, (\S+) to (\S+?)(, by \S+ points?)?\.( |$)", said["first sureness"]
    )
    if not match:
        assert "placed first by the tie rule" in said["first sureness"]
        return
    shown = [wording.points(scores[vendor]) for vendor in (award.vendor, award.runner_up)]
    assert [match[1], match[2]] == shown
    assert (match[3] is not None) == (shown[0] == shown[1])


def _bound(result: Result, change: str) -> None:
    """The leader is first at the weight that is shown, and just past the exact one it is not."""
    match = re.search(
        r"(?:Weight on|within [^,]+,) (.+?) \(now[^)]*\): first (up|down) to ([\d.]+)\u00a0%, "
        r"then (.+?) leads",
        change,
    )
    if not match:
        return
    label, side, last, new = match.groups()
    tree, leader = result.evaluation.tree, result.recommendation.vendor
    paths = [p for p in result.weight_intervals if tree.criterion(p).label == label]
    heard = []
    for path in paths:
        interval = result.weight_intervals[path]
        end = interval.high if side == "up" else interval.low
        past = end + (1e-7 if side == "up" else -1e-7)
        shares = np.array([float(last) / 100, past])
        top = dict(_tops(result, path, shares))
        follows = [v for v, (_, at_past) in top.items() if at_past]
        name = new.removesuffix("\u2026")
        heard.append(top[str(leader)][0] and any(v.startswith(name) for v in follows))
    assert any(heard)


def _tops(result: Result, path: str, shares: np.ndarray) -> Iterator[tuple[str, list[bool]]]:
    """Each vendor, and at which of the shares given its score is the highest."""
    ends = rankings_along(result.evaluation, path).ends
    scores = {v: zero + shares * (one - zero) for v, (zero, one) in ends.items()}
    highest = np.max(list(scores.values()), axis=0)
    for vendor, held in scores.items():
        yield vendor, (held >= highest - 1e-6).tolist()


@pytest.fixture(scope="module")
def heard() -> dict[str, set[str]]:
    """What each sentence says of forty assessments, by the sentence's name."""
    every = defaultdict[str, set[str]](set)

    @settings(max_examples=40)
    @given(judged())
    def listen(result: Result) -> None:
        for name, text in spoken(result).items():
            every[name].add(text)

    listen()
    return every


@pytest.mark.parametrize(
    "name",
    [*(f"first {name}" for name in Summary.__annotations__), "gates", "questions", "methods"],
)
def test_the_generator_makes_each_sentence_say_something(
    name: str, heard: dict[str, set[str]]
) -> None:
    assert len(heard[name] - {""}) > 1


@pytest.mark.parametrize(
    "said",
    [
        *("Stronger on Cost: +less than 0.1 points.", "None of the 1 open question could."),
        *("Valued in 1 other ways.", "Read 1 vendors.", "2 answer given.", "Of the 1 bid."),
        *("A is  first.", "A is first..", "a is first.", "A is first", "A leads by nan."),
        *("1 pass every gate.", "2 fails at least one.", "0 of 0 checks could be made."),
    ],
)
def test_what_nobody_should_say_is_heard(said: str) -> None:
    assert slips(said)
