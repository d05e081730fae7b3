"""What to settle before the award: conditions, what to ask for, and the next steps."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.incomplete import CONFIRMED_BY_OTHERS
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.award.checks import CHECKS
from vendor_eval.award.result import Result
from vendor_eval.award.risks import award_risks
from vendor_eval.clarifications import clarifications_of
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.measures.measures import measure
from vendor_eval.measures.security.certificates import Held
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report.negotiation import answer_words, entered_decimals, rounded_change
from vendor_eval.report.price import price_change
from vendor_eval.tender.tender import Tender

CONFIRMING = "Have the changed levels confirmed by somebody who did not agree them."


def conditions(result: Result) -> tuple[str, ...]:
    """What the first vendor must settle before the award, a sentence each, the gravest first."""
    evaluation, leader = result.evaluation, result.evaluation.winner
    if leader is None:
        return ()
    settled = [*_documents(result), *(r.condition for r in award_risks(result) if r.condition)]
    ranges = [q for q in result.questions if q.vendor == leader and q.kind == "range"]
    paths = dict.fromkeys(path for question in ranges for path in question.about)
    if paths:
        labels = [evaluation.tree.criterion(path).label for path in paths]
        settled.append(f"Fix one value in the contract for {wording.listed(labels, at_most=2)}.")
    return tuple(settled)


def _documents(result: Result) -> Iterator[str]:
    """The certificates that gates read: what is read is a row of the workbook, no document."""
    gates = result.evaluation.rules.gates if result.tender.facts else ()
    read = [measure(gate.measure) for gate in gates if gate.measure is not None]
    names = dict.fromkeys(held.certificate for held in read if isinstance(held, Held))
    if names:
        yield f"Before signature, see its {wording.listed(names)} documents."


def asks(result: Result) -> tuple[str, ...]:
    """What to negotiate, rounded to what can be asked; nothing in a public procedure."""
    award = result.recommendation
    if result.evaluation.rules.procedure == "public" or award.vendor is None:
        return ()
    if award.runner_up is None or result.rounding_decides:
        return ()
    better = _better_answer(result.evaluation, award.vendor, award.runner_up)
    return tuple(filter(None, [better, _level_at(result, award.vendor, award.runner_up)]))


def _better_answer(evaluation: Evaluation, leader: str, rival: str) -> str:
    """The offer in which the leader is furthest behind its rival, as the rival makes it."""
    tree, rules = evaluation.tree, evaluation.rules
    offered = [
        path
        for m, path in enumerate(tree.leaves)
        if (leaf := tree.criterion(path)).measure is None and not rules.is_judged(leaf)
        if path != evaluation.price_path
        # a knocked-out criterion comes back as a whole, or not at all
        if not evaluation.knocked_out[evaluation.proposals.rows[leader], m]
    ]
    behind = evaluation.contributions.loc[rival] - evaluation.contributions.loc[leader]
    path = max(offered, key=lambda path: float(behind[path]), default="")
    if not path or round(100 * float(behind[path]), 9) <= 0:
        return ""
    leaf, rows = tree.criterion(path), evaluation.proposals.rows
    mine, theirs = (_said(evaluation, path, rows[vendor]) for vendor in (leader, rival))
    asked = " ".join(filter(None, [theirs, leaf.unit]))
    gain = f"+{wording.points(float(behind[path]))} points"
    return f"Ask {leader} for {asked}, as {rival} offers, not {mine}: {leaf.label} ({gain})."


def _said(evaluation: Evaluation, path: str, row: int) -> str:
    answer = evaluation.performance[path].shown(row)
    if isinstance(answer, float):
        answer = float(wording.rounded(answer, entered_decimals(evaluation, path)))
    return answer_words(answer)


def _level_at(result: Result, leader: str, rival: str) -> str:
    """The one answer that brings the next vendor level, where no price does."""
    evaluation = result.evaluation
    changes = result.to_win.get(rival, {})
    if price_change(result, rival):
        return ""  # the first screen says it
    possible = {
        path: change
        for path, change in changes.items()
        if change is not None and evaluation.tree.criterion(path).measure is None
        if not evaluation.rules.is_judged(evaluation.tree.criterion(path))
    }
    if not possible:
        either = "an answer" if evaluation.priced is None else "price or answer"
        return f"No single change of {either} puts {rival} ahead of {leader}."
    tree = evaluation.tree
    path = min(possible, key=lambda p: tree.weights[tree.at(p)] * possible[p].change_in_value)
    ask = _asked_answer(evaluation, path, possible[path])
    return f"{rival} would be level with {ask}: {tree.criterion(path).label}."


def _asked_answer(evaluation: Evaluation, path: str, change: Change) -> str:
    """An answer to ask for, in the decimals that answers are entered with."""
    number = rounded_change(change, entered_decimals(evaluation, path), "win")
    shown = answer_words(change.to if number is None else number)
    side = "beyond " if change.open_end else ""
    return f"{side}{shown} {evaluation.tree.criterion(path).unit or ''}".strip()


def choices(result: Result) -> tuple[str, ...]:
    """What the committee can decide: to follow a recommendation only where there is one."""
    award, public = result.recommendation, result.evaluation.rules.procedure == "public"
    if award.verdict == "none":
        return "Ask the vendors again", "Tender anew", "Stop"
    if award.vendor is None or award.verdict in ("open", "too close"):
        return "Award to a vendor, named with the reason", "No award yet"
    otherwise = () if public else ("Award otherwise",)
    return "Award as recommended", "Award with conditions", *otherwise, "No award yet"


def next_steps(tender: Tender, result: Result) -> tuple[str, ...]:
    """What the buyer does next, one sentence each, in this order."""
    return tuple(_steps(tender, result))


def _steps(tender: Tender, result: Result) -> Iterator[str]:
    """What decides comes first, what only has to be read last."""
    award, evaluation = result.recommendation, result.evaluation
    public = evaluation.rules.procedure == "public"
    entries = [entry for entry in award.open if entry.kind not in CONFIRMED_BY_OTHERS]
    waiting = list(dict.fromkeys(entry.vendor for entry in entries))
    if len(entries) < len(award.open):
        yield CONFIRMING
    if waiting:
        yield f"Get the answers of {wording.listed(waiting, at_most=3)} and run this again."
    if award.verdict == "none":
        yield "Decide whether to ask the vendors again, to tender anew, or to stop."
        return
    yield from _questions(tender, evaluation)
    yield from (CHECKS[check.kind].step for check in award.flags)
    if award.verdict == "too close" and not public:
        both = wording.listed([*evaluation.leaders, *award.rivals_not_told_apart], at_most=2)
        yield f"Take up references, or ask {both} for a final offer."
    elif award.verdict == "too close":
        yield "Check the points and answers that the order rests on; the published rules decide."
    yield "Tell every vendor the outcome and the reasons."
    if warnings := every_warning(tender, result):
        yield f"Read the {wording.counted(len(warnings), 'warning')}."


def _questions(tender: Tender, evaluation: Evaluation) -> Iterator[str]:
    """What to ask the first vendor: figures that do not fit together by name, the rest counted."""
    leader = evaluation.winner
    asked = clarifications_of(tender, evaluation).to(leader) if leader else ()
    figures = [question.brief for _, question in asked if question.brief]
    if figures:
        more = wording.counted(len(asked) - 1, "more question")
        yield f"Ask {leader}: {figures[0]}?{f' ({more})' if asked[1:] else ''}"
    elif asked:
        yield f"Settle {wording.counted(len(asked), 'question')} with {leader} (its letter)."
