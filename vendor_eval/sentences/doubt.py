"""How sure the ranking is, and who sees it otherwise."""

import pandas as pd

from vendor_eval import wording
from vendor_eval.award import CLEAR, NARROW, Assessment
from vendor_eval.sensitivity import winner
from vendor_eval.sentences.change import never_first


def sureness(assessment: Assessment) -> str:
    """How often the first vendor stays first when every weight may be somewhat off."""
    award, near = assessment.recommendation, assessment.near_weights
    if len(near.vendors) < 2:
        return "With fewer than two eligible vendors there is nothing to be unsure between."
    spread = wording.percent(near.spread)
    public = assessment.evaluation.rules.procedure == "public"
    assumed = f"If every weight may be up to {spread} higher or lower than agreed"
    alone = assessment.weights_alone
    if alone is not None:
        assumed += ", and every open answer of a ranked vendor is anywhere it can be"
    first = near.rank_acceptability[1].sort_values(ascending=False, kind="stable")
    leader = award.vendor or str(first.index[0])
    never = [v for v in assessment.evaluation.ranking if near.first(v) == 0]
    told = (
        f"{assumed}, {leader} is first in {wording.of_100(near.first(leader))} of 100 weightings."
    )
    if alone is not None:
        share = wording.of_100(alone.first(leader))
        told += f" With the answers as they are ranked, in {share} of 100."
    if never:
        verb = wording.agreeing(len(never), "leads", "lead")
        told += f" {wording.listed(never)} never {verb}."
    return f"{published(assessment)} {told}" if public else told


def published(assessment: Assessment) -> str:
    """What the verdict of a public procedure rests on; varied weights are no part of it."""
    draws, leader = assessment.published_weights, assessment.recommendation.vendor
    explored = "What follows varies the weights to explore; it changes no result."
    if leader is None:
        return f"The published weights decide. {explored}"
    if draws is None:
        return f"The published weights decide, and no answer of a ranked vendor is open. {explored}"
    share = wording.of_100(draws.first(leader))
    told = f"Under the published weights {leader} is first in {share} of 100 draws of open answers."
    return f"{told} {explored}"


def simulation(assessment: Assessment) -> str:
    """How the shares were found, and how far chance may have moved them."""
    near, award = assessment.near_weights, assessment.recommendation
    if award.runner_up is None:
        return ""
    # normal approximation of the binomial, 95 %
    error = 196 * near.first_error(award.vendor or assessment.evaluation.ranking[0])
    of = "weightings"
    if assessment.evaluation.rules.procedure == "public":
        of = "draws of the open answers under the published weights"
    return (
        f"{wording.counted(near.draws, 'weighting')} drawn with seed {near.seed}; chance moves the "
        f"first share by no more than {error:.1f} in 100, 19 times in 20. A first place is called "
        f"clear from {wording.percent(CLEAR)} of the {of}, narrow from "
        f"{wording.percent(NARROW)}, and otherwise not separable."
    )


def anywhere(assessment: Assessment) -> str:
    """How often each vendor would be first if nothing were known about the top-level weights."""
    if assessment.recommendation.runner_up is None:
        return ""
    shares = assessment.any_weights.rank_acceptability[1].sort_values(
        ascending=False, kind="stable"
    )
    leading = [f"{v} {wording.of_100(float(s))}" for v, s in shares.items() if s >= 0.01]
    told = (
        "If every choice of top-level weights were equally likely, first places in 100: "
        f"{wording.listed(leading, at_most=5)}."
    )
    return " ".join([told, *never_first(assessment)])


def winner_map(assessment: Assessment) -> str:
    """What the map of two weights shows."""
    shown, tree = assessment.winner_map, assessment.evaluation.tree
    if shown is None or len(shown.regions) < 2:
        return ""
    labels = [tree.criterion(path).label for path in (shown.first, shown.second)]
    leader = assessment.recommendation.vendor
    part = sum(region.part for region in shown.regions if leader in region.vendors)
    return (
        f"{labels[0]} and {labels[1]} are the weights closest to changing the winner. "
        f"Over all pairs of these two, {leader} is first in {wording.percent(part)}."
    )


def intervals(assessment: Assessment) -> str:
    """What the weight intervals show."""
    award, tree = assessment.recommendation, assessment.evaluation.tree
    if not assessment.weight_intervals:
        return "Without a single first vendor and a second one, no weight has anything to change."
    if len(tree.leaves) == 1:
        return "There is one criterion, so there is no weight to move."
    moving = [p for p, i in assessment.weight_intervals.items() if i.nearest_change is not None]
    loose = [tree.criterion(path).label for path in tree.top if path not in moving]
    bound = (
        "The published weights do not move; this explores others. "
        if assessment.evaluation.rules.procedure == "public"
        else ""
    )
    told = bound + (
        f"Each band is where {award.vendor} stays first if that one weight moves and the others "
        "keep their proportions; the mark is the agreed weight."
    )
    if not moving:
        return f"{told} No single weight changes the winner, at any level of the criteria."
    if len(loose) == len(tree.top):
        within = wording.listed([tree.criterion(path).label for path in moving], at_most=9)
        weight = wording.agreeing(len(moving), "the weight", "the weights")
        does = wording.agreeing(len(moving), "its group does", "their groups do")
        return (
            f"{told} No single top-level weight changes the winner; {weight} of {within} within "
            f"{does}."
        )
    return told + (f" {wording.listed(loose, at_most=9)} alone cannot change it." if loose else "")


def scenarios(assessment: Assessment) -> str:
    """Under how many of the rules' scenarios the first vendor stays first."""
    if len(assessment.scenarios) < 2:
        return "The rules name no other scenarios."
    base = winner(assessment.scenarios[""])
    others = {
        name: winner(evaluation)
        for name, evaluation in assessment.scenarios.items()
        if name and winner(evaluation) != base
    }
    total = len(assessment.scenarios) - 1
    agreed = f"{base} is first" if base else "no vendor is alone in first place"
    if not others:
        whole = "the one scenario" if total == 1 else f"all {total} scenarios"
        return f"Under the agreed weights {agreed}, and so it is under {whole}."
    changes = wording.listed(
        [f"{new or 'no single vendor'} under {wording.titled(n)}" for n, new in others.items()],
        at_most=9,
    )
    return f"Under the agreed weights {agreed}. That changes to {changes}."


def _first(ranks: pd.Series) -> str:
    return wording.listed([str(vendor) for vendor in ranks.index[ranks == 1]])


def methods(assessment: Assessment) -> str:
    """How many other methods agree on the first vendor."""
    first = assessment.recommendation.vendor
    ran = {name: o for name, o in assessment.opinions.items() if o.ranks is not None}
    failed = len(assessment.opinions) - len(ran)
    if not assessment.opinions:
        return "The rules ask for no second opinion."
    stopped = f" {wording.counted(failed, 'method')} could not run." if failed else ""
    if not ran or first is None:
        return "The same answers and weights, ranked by other published methods." + stopped
    dissent = [
        f"{wording.method_name(name)} ranks {_first(o.ranks)} first"
        for name, o in ran.items()
        if o.ranks is not None and o.ranks[first] != 1
    ]
    agree = len(ran) - len(dissent)
    puts = wording.agreeing_part(agree, len(ran), "puts", "put")
    who = wording.begun(wording.part_of(agree, len(ran), "other method"))
    told = f"{who} {'also ' if agree else ''}{puts} {first} first."
    exception = wording.agreeing(len(dissent), "Exception", "Exceptions")
    listed = wording.listed(dissent, at_most=9)
    return told + (f" {exception}: {listed}." if dissent else "") + stopped
