"""Sections of the report on the first envelope: who stands where by it, and no price."""

from vendor_eval import wording
from vendor_eval.analysis.required_changes.qualifying import asked, found_words
from vendor_eval.report.conflicts import interests_section
from vendor_eval.report.first_screen import (
    Fact,
    FirstScreen,
    first_screen_html,
    locked_again_facts,
    seal_state,
    warnings,
)
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE


def standing_sentence(tender: Tender) -> str:
    """Who is first by this envelope alone, and that nothing is recommended."""
    evaluation, stage = tender.evaluation, tender.rules.stage
    last = tender.rules.whole.envelopes[-1].id
    closed = f"The envelope \u201c{last}\u201d is not read, and nothing is recommended."
    if not evaluation.ranking:
        return f"By the envelope \u201c{stage}\u201d alone nobody is ranked. {closed}"
    first = wording.listed(list(evaluation.leaders))
    score = wording.points(evaluation.scores[evaluation.ranking[0]])
    verb = wording.agreeing(len(evaluation.leaders), "has", "have")
    alone = f"By the envelope \u201c{stage}\u201d alone, {first} {verb} the most points, {score}"
    return f"{alone}. {closed}"


def _not_alone(tender: Tender) -> str:
    """Why there is nothing to show of one envelope."""
    if not tender.rules.envelopes:
        return "The rules of this evaluation have no envelopes."
    first = tender.rules.envelopes[0].id
    return f"Both envelopes are read; '--envelope {first}' reads the first alone."


def first_section(tender: Tender) -> Section:
    """What this envelope shows, on one screen; raises NotReady before it is locked."""
    tender.ready()
    if not tender.rules.stage:
        screen = FirstScreen(tender.rules, _not_alone(tender), (), seal_state(tender))
        return shown(first_screen_html(screen))
    record, facts = tender.record, list[Fact]()
    if record is not None and record.lock is not None:
        on = f"Locked on {record.lock.line.on}, on line {record.lock.n} of the log"
        facts.append(("marks", "Envelope", f"{on}, with the code {record.log.code}."))
    facts += locked_again_facts(tender, tender.evaluation)
    out = tender.evaluation.having("excluded")
    if out:
        named = wording.listed(list(out), at_most=6)
        facts.append(("change", "Stay closed", f"The other envelopes of {named}."))
        facts += [("gates", vendor, _excluded(tender, vendor)) for vendor in out[:NAMED]]
    screen = FirstScreen(
        tender.rules,
        standing_sentence(tender),
        tuple(facts),
        seal_state(tender),
        badge="One of two",
        sureness=f"The envelope \u201c{tender.rules.stage}\u201d is read, the other is not.",
    )
    return shown(first_screen_html(screen), warnings(tender.warnings))


NAMED = 4
"""Vendors of which the first screen says why they are excluded; the table of gates has all."""


def _excluded(tender: Tender, vendor: str) -> str:
    """Why a vendor is excluded, in a clause each."""
    evaluation = tender.evaluation
    ground = evaluation.screening.excluded.get(vendor)
    passages = evaluation.screening.passages[vendor]
    failed = (
        f"{gate.label}: asked is {asked(gate, evaluation.rules)}, found is "
        f"{found_words(gate, evaluation.rules, passages[gate.id]) or 'no answer'}"
        for gate in evaluation.rules.gates
        if passages[gate.id].state == "fail"
    )
    return f"{'; '.join(filter(None, [ground, *failed])).rstrip('.')}."


def ranking_section(tender: Tender) -> Section:
    """Every vendor's points by this envelope, and its points on each criterion."""
    if not tender.ready().rules.stage:
        return shown()
    evaluation = tender.evaluation
    tree = evaluation.tree
    order = [*evaluation.ranking, *(v for v in evaluation.vendors if v not in evaluation.ranks)]
    rows = []
    for vendor in order:
        rank, scored = evaluation.ranks.get(vendor), vendor in evaluation.scores.index
        points = wording.points(evaluation.scores[vendor]) if scored else NONE
        row = [vendor, str(rank) if rank else evaluation.status(vendor), points]
        for path in tree.leaves:
            row.append(wording.points(evaluation.values.at[vendor, path]) if scored else NONE)
        rows.append(row)
    head = ["Vendor", "Rank", "Points", *(tree.criterion(path).label for path in tree.leaves)]
    shares = (
        f"{tree.criterion(p).label} {wording.percent(tree.weights[tree.at(p)])}"
        for p in tree.leaves
    )
    weighed = f"Weights in this envelope: {wording.listed(list(shares), at_most=20)}."
    return shown(say(weighed), table("By this envelope alone", head, rows), _gates_table(tender))


def _gates_table(tender: Tender) -> Html:
    evaluation = tender.evaluation
    words = {"pass": "passes", "fail": "fails", "unknown": "unknown"}
    rows = [
        [v, *(words[evaluation.screening.passages[v][g.id].state] for g in tender.rules.gates)]
        for v in evaluation.vendors
    ]
    head = ["Vendor", *(gate.label for gate in tender.rules.gates)]
    return (
        table("Gates of this envelope", head, rows, prose=True) if tender.rules.gates else Html("")
    )


def reasons_section(tender: Tender) -> Section:
    """Every agreed level with its reason; nothing without a panel."""
    record = tender.ready().panel
    if record is None or not tender.rules.stage:
        return shown()
    labels = {path: leaf.label for path, leaf in record.rules.judged_leaves.items()}
    rows = [
        [
            item.vendor,
            labels[item.criterion],
            ", ".join(item.levels),
            record.counts(item) or NONE,
            item.reason or NONE,
        ]
        for item in record.items.values()
    ]
    head = ["Vendor", "Criterion", "Levels given", "Agreed", "Reason"]
    levels = table("What the panel agreed", head, rows, prose=True)
    return shown(levels, *interests_section(tender).parts)
