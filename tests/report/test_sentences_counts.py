"""Every sentence of a report for none, one, two and many of everything, read back."""

import html
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.builders import assessed
from make.spoken import number, part, slips
from vendor_eval import wording
from vendor_eval.analysis.formulas import OWN
from vendor_eval.analysis.sensitivity.along import rankings_along
from vendor_eval.award.result import Result
from vendor_eval.report.along import along_sentence
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
    first_places_figure,
    informed_sentence,
    ranks_table,
    simulation,
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
    told = {"id": name, "label": f"Criterion {name}", "weight": weight, "answer": name}
    return told | {"value": value, "missing": "worst"}


def _gate(gate: str) -> dict[str, Any]:
    return {"id": gate, "label": gate.upper(), "answer": gate, "rule": {"equals": "yes"}}


def spoken(told: Result) -> dict[str, str]:
    """Every sentence of the report and of the analyst's notebook, by name."""
    first = {f"first {name}": text for name, text in vars(summary_of(told)).items()}
    plain = (
        *(why_sentence, cost_sentence, gates_sentence, sureness_sentence, simulation),
        *(anywhere_sentence, intervals_sentence, winner_map_sentence, weight_changes_sentence),
        *(scenarios_sentence, methods_sentence, questions_sentence, negotiation_sentence),
        *(price_formulas_sentence, effective_weights_sentence, point_price_sentence),
        along_sentence,
    )
    case = Tender(told.evaluation.rules, told.evaluation.proposals, None, ())
    more = {
        "rules": rules_sentence(case, told),
        "blanks": blanks_sentence(case),
        "files": files_sentence(case),
        "readings": readings_sentence(case),
        "informed": informed_sentence(told, told.any_weights),
    }
    named = {say.__name__.removesuffix("_sentence"): say(told) for say in plain}
    return first | named | more


@settings(max_examples=150)
@given(judged())
def test_no_sentence_has_a_slip_for_none_one_two_or_many(told: Result) -> None:
    assert [slip for text in spoken(told).values() for slip in slips(text)] == []
    captions = re.findall("<caption>(.*?)</caption>", _tables(told), re.DOTALL)
    for caption in map(html.unescape, captions):
        assert [s for s in slips(f"{caption}.") if "no capital" not in s] == []


def _tables(told: Result) -> str:
    made = (
        *(contributions_table, cost_table, gates_table, acceptability_table),
        *(weight_intervals_table, weight_changes_table, to_win_table, holds_until_table),
        *(questions_table, price_formulas_table, effective_weights_table, methods_table),
    )
    shown = [make(told).markup for make in made]
    return "".join([*shown, ranks_table(told.near_weights).markup])


@settings(max_examples=150)
@given(judged())
def test_every_count_that_is_said_is_the_number_there_is(told: Result) -> None:
    evaluation, said = told.evaluation, spoken(told)
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
    if told.questions:
        turning = sum(question.could_change for question in told.questions)
        assert part(said["questions"], "open question") == (turning, len(told.questions))
    _methods(told, said["methods"])
    _formulas(told, said["price_formulas"])
    others = [n for n, e in told.scenarios.items() if n and e.winner != told.scenarios[""].winner]
    for name in filter(None, told.scenarios):
        listed = len(others) <= 9 and f"under {wording.titled(name)}" in said["scenarios"]
        assert listed == (name in others)
    if told.reversals and told.recommendation.vendor is not None:
        more = len(told.reversals) - 1
        assert (f"; {more} more would change it" in said["first change"]) == bool(more)


def _methods(told: Result, said: str) -> None:
    first = told.recommendation.vendor
    ran = [o.ranks for o in told.opinions.values() if o.ranks is not None]
    failed = len(told.opinions) - len(ran)
    assert not failed or number(r"(\d+) methods? could not", said) == failed
    if ran and first is not None:
        agree = sum(ranks[first] == 1 for ranks in ran)
        assert part(said, "other method") == (agree, len(ran))
        assert said.count(" ranks ") == min(len(ran) - agree, 9)


def _formulas(told: Result, said: str) -> None:
    if said:
        others = [
            f
            for name, f in told.price_formulas.items()
            if f.error is None and name != OWN and not f.as_ruled
        ]
        assert number(r"in (\d+) other ways?", said) == len(others)
        assert ("the same vendor wins" in said) == (not any(f.changes_winner for f in others))


@settings(max_examples=100)
@given(judged())
def test_one_figure_reads_the_same_in_every_sentence_table_and_picture(told: Result) -> None:
    evaluation, award, said = told.evaluation, told.recommendation, spoken(told)
    if award.vendor is None or award.runner_up is None:
        return
    exact = told.near_weights.first(award.vendor)
    share, times = wording.of_100(exact), wording.times_of_100(exact)
    assert f"First in {times}" in said["first sureness"]
    assert f"{award.vendor} is first in {times}" in said["sureness"]
    assert (
        f"{share} of 100 weightings put {award.vendor}"
        in first_places_figure(told).layout.meta["alt"]
    )
    row = re.search(rf"{award.vendor}</th><td[^>]*>([^<]*)<", acceptability_table(told).markup)
    assert row
    assert html.unescape(row[1]) in (share, "<1")
    within = re.search(
        rf"{award.vendor}</th><td[^>]*>([^ ]+) ", ranks_table(told.near_weights).markup
    )
    assert within
    assert html.unescape(within[1]) == wording.in_100(exact)
    alt = contributions_figure(told).layout.meta["alt"]
    for vendor in (award.vendor, award.runner_up):
        assert f"{vendor} {wording.points(evaluation.scores[vendor])}" in alt
        assert wording.points(evaluation.scores[vendor]) in contributions_table(told).markup
    _margin(told, said)
    _bound(told, said["first change"])
    cut = price_change(told, award.runner_up)
    for place in (said["first change"], said["negotiation"], to_win_table(told).markup):
        assert cut is None or cut in html.unescape(place)


def _margin(told: Result, said: dict[str, str]) -> None:
    """The shown margin is the difference of the shown scores, or has one digit more."""
    match = re.search(r"; ([\d.]+) points ahead", said["first sureness"])
    if match and len(match[1].partition(".")[2]) == 1:
        award, scores = told.recommendation, told.evaluation.scores
        shown = [float(wording.points(scores[v])) for v in (award.vendor, award.runner_up)]
        assert float(match[1]) == pytest.approx(shown[0] - shown[1])


def _bound(told: Result, change: str) -> None:
    """At every weight past the one that is said the new leader has the highest exact score."""
    match = re.search(
        r"(?:Weight on|within [^,]+,) (.+?) (above|below|between) ([\d.]+)\u00a0%"
        r"(?: and ([\d.]+)\u00a0%)? \(now[^)]*\): then (.+?) leads",
        change,
    )
    if not match:
        return
    label, side, *shown, new = match.groups()
    start, end = (float(share) / 100 if share else float(side == "above") for share in shown)
    tree = told.evaluation.tree
    paths = [p for p in told.weight_intervals if tree.criterion(p).label == label]
    assert paths
    assert any(
        leader.startswith(new.removesuffix("\u2026")) and at_top
        for path in paths
        for leader, at_top in _tops(told, path, np.linspace(start, end, 50))
    )


def _tops(told: Result, path: str, shares: np.ndarray) -> Iterator[tuple[str, bool]]:
    """Each vendor, and whether its score is the highest at every one of some shares."""
    ends = rankings_along(told.evaluation, path).ends
    scores = {v: zero + shares * (one - zero) for v, (zero, one) in ends.items()}
    highest = np.max(list(scores.values()), axis=0)
    for vendor, held in scores.items():
        yield vendor, bool((held >= highest - 1e-6).all())


@pytest.mark.parametrize(
    "name",
    [*(f"first {name}" for name in Summary.__annotations__), "gates", "questions", "methods"],
)
def test_the_generator_makes_each_sentence_say_something(name: str) -> None:
    heard: set[str] = set()

    @settings(max_examples=40)
    @given(judged())
    def listen(told: Result) -> None:
        heard.add(spoken(told)[name])

    listen()
    assert len(heard - {""}) > 1


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
