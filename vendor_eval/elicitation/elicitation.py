"""What stakeholders' judgements make of the weights, and whether that matters to the winner."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis.concordance import kendall_w
from vendor_eval.analysis.sensitivity.weight_changes import LEVEL, largest_lead
from vendor_eval.elicitation.judged_shares import Judged, judged
from vendor_eval.elicitation.swing import Swing, spans, swings
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.ranks import competition_ranks
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.judgements import Judgement, Judgements, Stakeholder
from vendor_eval.rules.rules import Scenario
from vendor_eval.wording.short_repr import ShortRepr

JUDGED = "judged"
"""The name of the scenario under which a weight set is evaluated; it is shown nowhere."""


@dataclass(frozen=True, eq=False)
class WeightSet:
    """One stakeholder's weights, fit to stand as a scenario, and the evaluation under them."""

    stakeholder: str
    weights: Mapping[str, float]
    """Shares by dotted path, for all criteria of each node that was judged."""
    judged: Mapping[str, Judged]
    """How each node's criteria were judged, by its path; "" is the top."""
    evaluation: Evaluation
    turned_by: str | None
    """The top-level criterion that does most to put this set's winner before the agreed one."""

    @property
    def winner(self) -> str | None:
        """The one vendor that is first under these weights; None when nobody is, or several tie."""
        return self.evaluation.winner


@dataclass(frozen=True)
class Disagreement:
    """The lowest and the highest weight in the whole, in [0, 1], that a node is given, and whose.

    Where several give the same, it is the first of them.
    """

    path: str
    low: float
    high: float
    lowest: str
    highest: str


@dataclass(frozen=True, eq=False)
class Elicitation(ShortRepr):
    """Every stakeholder's weight set alongside the agreed weights; nothing is averaged."""

    judgements: Judgements | None
    """What was entered; None where nobody judged, and then the sets are illustrations."""
    agreed: Evaluation
    swings: Mapping[str, Swing]
    sets: tuple[WeightSet, ...]
    disagreements: tuple[Disagreement, ...]
    """Of every node, the widest first."""
    mixtures: Mapping[str, Mapping[str, float]]
    """Vendors that are first under no set but under a mixture of them, and its parts by name."""
    concordance: float | None
    """Kendall's W of the orders of the top-level criteria; None for fewer than three sets."""


def elicited(evaluation: Evaluation, judgements: Judgements | None) -> Elicitation:
    """What the judgements make of an evaluation's weights; without any, of two illustrations."""
    leaf_swings = swings(evaluation)
    asked = judgements or _illustration(evaluation.tree)
    sets = tuple(
        _weight_set(evaluation, leaf_swings, stakeholder) for stakeholder in asked.stakeholders
    )
    return Elicitation(
        judgements=judgements,
        agreed=evaluation,
        swings=leaf_swings,
        sets=sets,
        disagreements=_disagreements(sets),
        mixtures=_mixtures(sets),
        concordance=_concordance(sets),
    )


def _illustration(tree: Tree) -> Judgements:
    """Equal weights, and the order of the agreed weights without their sizes."""
    equal, ranked = {}, {}
    for family in tree.families:
        if len(family) < 2:
            continue
        parent = "" if tree.parents[family[0]] < 0 else tree.paths[tree.parents[family[0]]]
        shares = {tree.criteria[n].id: float(tree.shares[n]) for n in family}
        ranks = dict(zip(shares, competition_ranks(list(shares.values())), strict=True))
        equal[parent] = Judgement(direct=dict.fromkeys(shares, 1.0))
        ranked[parent] = Judgement(rank_order_centroid=ranks)
    sets = {"Equal weights": equal, "Agreed order": ranked}
    stakeholders = tuple(
        Stakeholder(name=name, top=said.pop("", None), within=said)
        for name, said in sets.items()
        if said
    )
    return Judgements.model_construct(notice=None, stakeholders=stakeholders)


def weights_of(
    stakeholder: Stakeholder, tree: Tree, leaf_swings: Mapping[str, Swing]
) -> tuple[Mapping[str, float], Mapping[str, Judged]]:
    """Shares by path of all that a stakeholder judged, and how, by the path of the parent.

    The deepest nodes come first: how much value a branch's swing covers depends on the shares
    under it.
    """
    weights: dict[str, float] = {}
    answers: dict[str, Judged] = {}
    for parent in sorted(stakeholder.judged, key=_depth, reverse=True):
        now = tree.reweighted(weights)
        covered = spans(now, leaf_swings)
        at = now.at(parent) if parent else -1
        family = [now.paths[n] for n in np.flatnonzero(now.parents == at)]
        ids = {path.rpartition(".")[2]: path for path in family}
        answer = judged(
            stakeholder.judged[parent], {name: covered[path] for name, path in ids.items()}
        )
        answers[parent] = answer
        weights |= {ids[name]: share for name, share in answer.shares.items()}
    order = [parent for parent in ("", *tree.paths) if parent in answers]
    ordered = {path: weights[path] for path in tree.paths if path in weights}
    return ordered, {parent: answers[parent] for parent in order}


def _depth(path: str) -> int:
    return path.count(".") + 1 if path else 0


def _weight_set(
    agreed: Evaluation, leaf_swings: Mapping[str, Swing], stakeholder: Stakeholder
) -> WeightSet:
    weights, answers = weights_of(stakeholder, agreed.tree, leaf_swings)
    evaluation = _under(agreed, weights)
    return WeightSet(stakeholder.name, weights, answers, evaluation, _turned_by(agreed, evaluation))


def _under(agreed: Evaluation, weights: Mapping[str, float]) -> Evaluation:
    """The same bids under other weights; what these do not name stays as agreed."""
    tree = agreed.tree.reweighted(weights)
    every = Scenario(weights=dict(zip(tree.paths, map(float, tree.shares), strict=True)))
    rules = agreed.rules.model_copy(update={"scenarios": {JUDGED: every}})
    return evaluate(rules, agreed.proposals, scenario=JUDGED)


def _turned_by(agreed: Evaluation, other: Evaluation) -> str | None:
    before, after = agreed.winner, other.winner
    if before is None or after is None or before == after:
        return None
    top = list(agreed.tree.top)
    leads = [(e.compared.loc[after, top] - e.compared.loc[before, top]) for e in (agreed, other)]
    return str((leads[1] - leads[0]).idxmax())


def _disagreements(sets: tuple[WeightSet, ...]) -> tuple[Disagreement, ...]:
    disagreements = []
    for n, path in enumerate(sets[0].evaluation.tree.paths if sets else ()):
        given = [float(s.evaluation.tree.weights[n]) for s in sets]
        low, high = int(np.argmin(given)), int(np.argmax(given))
        who = [s.stakeholder for s in sets]
        disagreements.append(Disagreement(path, given[low], given[high], who[low], who[high]))
    return tuple(sorted(disagreements, key=lambda d: -round(d.high - d.low, 12)))


def _mixtures(sets: tuple[WeightSet, ...]) -> dict[str, dict[str, float]]:
    """Vendors that only a mixture puts first alone, and the mixture that does so most.

    A mixture of weight sets gives every vendor the same mixture of its scores, so that stakeholders
    take the place of criteria (Hazen 1986).
    """
    if len(sets) < 2:
        return {}
    vendors = sets[0].evaluation.ranking
    scores = np.column_stack([s.evaluation.compared_scores[list(vendors)] for s in sets])
    mixtures = {}
    for n, vendor in enumerate(vendors):
        if vendor in {s.winner for s in sets}:
            continue
        lead, parts = largest_lead(scores[n] - np.delete(scores, n, axis=0))
        if lead > LEVEL:
            mixtures[vendor] = {
                s.stakeholder: float(part) for s, part in zip(sets, parts, strict=True)
            }
    return mixtures


def _concordance(sets: tuple[WeightSet, ...]) -> float | None:
    if len(sets) < 3 or len(sets[0].evaluation.tree.top) < 2:
        return None
    tree = sets[0].evaluation.tree
    at = [tree.at(path) for path in tree.top]
    w = kendall_w(np.round([s.evaluation.tree.shares[at] for s in sets], 12))
    return 1.0 if w is None else w  # where everybody ties everything there is one order
