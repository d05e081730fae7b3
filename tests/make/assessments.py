"""Assessments of any kind, and every sentence that a report says of one."""

from typing import Any

from hypothesis import strategies as st

from make.builders import assessed
from vendor_eval.award.result import Result
from vendor_eval.report.along import along_sentence
from vendor_eval.report.firmness import (
    advice_sentence,
    ranges_sentence,
    rerun_sentence,
    rivals_sentence,
    words_sentence,
)
from vendor_eval.report.gates import gates_sentence
from vendor_eval.report.intake import blanks_sentence, files_sentence, readings_sentence
from vendor_eval.report.negotiation import negotiation_sentence
from vendor_eval.report.open_answers import questions_sentence
from vendor_eval.report.other_ways import methods_sentence, scenarios_sentence
from vendor_eval.report.price import cost_sentence, point_price_sentence
from vendor_eval.report.price_formulas import effective_weights_sentence, price_formulas_sentence
from vendor_eval.report.summary import summary_of
from vendor_eval.report.sureness import anywhere_sentence, informed_sentence, sureness_sentence
from vendor_eval.report.weight_changes import (
    intervals_sentence,
    weight_changes_sentence,
    winner_map_sentence,
)
from vendor_eval.report.why import rules_sentence, why_sentence
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
