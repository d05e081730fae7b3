"""First screens of the notebooks whose question is not the award: costs, weights, robustness."""

from collections.abc import Sequence
from dataclasses import replace

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import closest_rival, share_of_100
from vendor_eval.elicitation.elicitation import Elicitation
from vendor_eval.measures.costs.comparisons import Comparison
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report.cost_over_time import against_baseline_sentence
from vendor_eval.report.firmness import fact_sentence
from vendor_eval.report.first_screen import (
    Fact,
    FirstScreen,
    badge,
    first_screen_html,
    seal_state,
    warnings,
)
from vendor_eval.report.other_ways import methods_sentence, scenarios_sentence
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.stakeholders import weight_sets_sentence
from vendor_eval.report.sureness import sureness_sentence
from vendor_eval.report.total_cost import kind_of_money, total_cost_sentence, whole_money
from vendor_eval.report.volumes import volume_scenarios_sentence
from vendor_eval.report.weight_changes import weight_changes_sentence
from vendor_eval.tender.tender import Tender


def cost_screen(tender: Tender, result: Result, priced: Comparison) -> FirstScreen:
    """What the bids cost over the term, on one basis."""
    if not priced.flows:
        return _screen(tender, result, total_cost_sentence(priced), [])
    vendors = list(priced.totals.index)
    low, high = (whole_money(priced, float(priced.totals[v])) for v in (vendors[0], vendors[-1]))
    bids = wording.counted(len(vendors), "priced bid")
    months = wording.counted(priced.months, "month")
    at = f", at the volumes of \u201c{priced.forecast}\u201d" if priced.forecast else ""
    out = [*priced.unpriced, *priced.without]
    facts = [
        ("dearest", "Dearest", f"{vendors[-1]} at {high}." if vendors[1:] else ""),
        ("basis", "Counted", f"Over {months}, {kind_of_money(priced)}{at}."),
        ("volumes", "Other volumes", volume_scenarios_sentence(priced)),
        ("house", "In house", against_baseline_sentence(priced)),
        ("out", "Not compared", f"{wording.listed(out, at_most=3)}." if out else ""),
    ]
    cheapest = f"{vendors[0]} is the cheapest of {bids}: {low}."
    alone = f"{vendors[0]} is the only priced bid: {low}."
    return _screen(tender, result, cheapest if vendors[1:] else alone, facts)


def weights_screen(tender: Tender, result: Result, heard: Elicitation) -> FirstScreen:
    """Whether stakeholders' own weights change the winner."""
    agreed = heard.agreed.winner
    if not heard.sets or agreed is None:
        sentence = "There is no single winner whose place other weights could change."
        return _screen(tender, result, sentence, [])
    kept = [one.stakeholder for one in heard.sets if one.winner == agreed]
    moved = [
        f"{one.winner or 'no single vendor'} ({one.stakeholder})"
        for one in heard.sets
        if one.winner != agreed
    ]
    sets = wording.part_of(len(kept), len(heard.sets), "weight set")
    put = wording.agreeing_part(len(kept), len(heard.sets), "puts", "put")
    sentence = f"{wording.begun(sets)} {put} {agreed} first, as the agreed weights do."
    nobody = "Nobody has judged yet: the sets are illustrations." if not heard.judgements else ""
    facts = [
        ("judged", "Judged", nobody or f"By {wording.listed(_names(heard), at_most=3)}."),
        ("moved", "Others", f"First is {wording.listed(moved, at_most=3)}." if moved else ""),
        ("differ", "They differ", weight_sets_sentence(heard)),
        ("smallest", "It takes", weight_changes_sentence(result)),
    ]
    return _screen(tender, result, sentence, facts)


def _names(heard: Elicitation) -> list[str]:
    return [one.stakeholder for one in heard.sets]


def robustness_screen(tender: Tender, result: Result) -> FirstScreen:
    """How sure the ranking is."""
    award = result.recommendation
    closest = None if result.reruns is None else closest_rival(result.reruns)
    if award.vendor is None or closest is None or result.reruns is None:
        none = "Nothing is drawn here: there is no leader with a rival, or the rules alone decide."
        return _screen(tender, result, none, [], badge(result))
    number = share_of_100(closest[1], result.reruns.draws)
    sentence = f"{award.vendor} stays ahead of {closest[0]} in {number} of 100 re-runs."
    flags = [check.says for check in award.flags]
    facts = [
        ("checks", "Checks", " ".join(flags) or "Every check holds."),
        ("first", "First of all", sureness_sentence(result)),
        ("smallest", "Weights", weight_changes_sentence(result)),
        ("scenarios", "Scenarios", scenarios_sentence(result)),
        ("methods", "Methods", methods_sentence(result)),
    ]
    fact = fact_sentence(result, sealed=tender.seal is not None)
    screen = _screen(tender, result, sentence, facts, badge(result))
    return replace(screen, sureness=fact)


def _screen(
    tender: Tender, result: Result, sentence: str, facts: Sequence[Fact], word: str = ""
) -> FirstScreen:
    return FirstScreen(
        tender.rules,
        sentence,
        tuple(fact for fact in facts if fact[2]),
        seal_state(tender, result.evaluation.scenario),
        badge=word,
        sound=result.recommendation.verdict == "firm",
    )


def _section(tender: Tender, result: Result, screen: FirstScreen) -> Section:
    return shown(first_screen_html(screen), warnings(every_warning(tender, result)))


def cost_section(tender: Tender, result: Result, priced: Comparison) -> Section:
    """What the bids cost, and what to be warned of."""
    return _section(tender, result, cost_screen(tender, result, priced))


def weights_section(tender: Tender, result: Result, heard: Elicitation) -> Section:
    """Whether other weights change the winner, and what to be warned of."""
    return _section(tender, result, weights_screen(tender, result, heard))


def robustness_section(tender: Tender, result: Result) -> Section:
    """How sure the ranking is, and what to be warned of."""
    return _section(tender, result, robustness_screen(tender, result))
