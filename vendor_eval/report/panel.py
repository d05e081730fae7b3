"""Section: who disagrees, which marks decide, and how far a panel is before it is locked."""

from typing import Any

from vendor_eval import wording
from vendor_eval.award.account import corrected_words, replaced_words
from vendor_eval.award.result import Result
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.panel.agreement import EvaluatorFigures, evaluator_figures
from vendor_eval.panel.consequences import Consequences, MarkConsequence
from vendor_eval.panel.items import Item
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.moderation import agenda, needs_meeting
from vendor_eval.panel.record import PanelRecord
from vendor_eval.panel.standing import evidence_of_order, progress
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

ALIKE, RELIABLE = 0.7, 0.667
"""From which W evaluators rank alike, and below which alpha Krippendorff draws no conclusion."""
NOTHING = Html("")


def agreed_sentence(record: PanelRecord) -> str:
    """How many marks there are, how they became levels, and what the log proves."""
    marks = sum(len(item.marks) for item in record.items.values())
    items = wording.counted(len(record.items), "item")
    evaluators = wording.counted(len(record.evaluators), "evaluator")
    given = f"{evaluators} gave {wording.counted(marks, 'mark')} on {items}"
    for who, number in record.marks_of_withdrawn.items():
        do = wording.agreeing(number, "does", "do")
        given += f"; {who} withdrew, and {wording.counted(number, 'mark')} {do} not count"
    if record.agreed == "consensus":
        how = "Each level was agreed, with a reason that is kept"
    else:
        how = f"The {record.agreed} of their points counts; no agreed reasons exist"
    locked = f"locked on {record.lock.line.on}" if record.lock else "not locked"
    proof = f"The log was {locked} with the code {record.log.code}; {evidence_of_order(record)}"
    return f"{wording.begun(given)}. {how}. {proof}."


def deciding_sentence(marks: Consequences) -> str:
    """Which marks decide who is first, and who reads these questions again."""
    labels = _labels(marks.record)
    if not marks.leaders:
        return "Nobody is ranked, so no mark decides."
    if not marks.deciding:
        return "No level that one evaluator gave, in place of the agreed one, changes who is first."
    named = [f"{item.vendor} on {labels[item.criterion]}" for item in marks.deciding]
    said = f"One evaluator's level decides who is first: {wording.listed(named, at_most=6)}"
    again = [
        f"{labels[path]} by {wording.either(who) if who else 'somebody outside the panel'}"
        for path, who in marks.second_readings.items()
    ]
    return f"{said}. Have it read again, for every vendor: {wording.listed(again, at_most=6)}."


def agreement_sentence(figures: EvaluatorFigures) -> str:
    """Whether evaluators rank vendors alike and give the same levels; "" where nothing compares."""
    w = figures.concordance
    if w is None or not figures.reliability:
        return ""
    alpha, ends = next(iter(figures.reliability.values()))
    between = f", {ends[0]:.2f} to {ends[1]:.2f} with one vendor left out" if ends else ""
    figures_said = f"Kendall's W {w:.2f}; Krippendorff's alpha {alpha:.2f}{between}"
    if w >= ALIKE and alpha < RELIABLE:
        said = "Consistent ranking, no agreement in level"
    elif w >= ALIKE:
        said = "The evaluators rank the vendors alike and give much the same levels"
    else:
        said = "The evaluators do not rank the vendors alike"
    return f"{said} ({figures_said})."


def disagreements_table(marks: Consequences) -> Html:
    """Items on which levels differ, or that decide, or whose agreed level nobody gave."""
    record, labels = marks.record, _labels(marks.record)
    rows, alarms = list[list[str]](), list[int]()
    decisive = {item.key for item in marks.deciding}
    items = record.items.values()
    for item in sorted(items, key=lambda i: (i.key not in decisive, *_by_spread(i))):
        matters = marks.of_items[item.key]
        if not (item.spread or matters.decides or item.outside):
            continue
        if matters.decides:
            alarms.append(len(rows))
        agreed = record.counts(item) or NONE
        agreed += " (nobody gave it)" if item.outside else ""
        row = [item.vendor, labels[item.criterion], ", ".join(item.levels), agreed]
        rows.append([*row, _matters(matters), _reason(item) or NONE])
    if not rows:
        return NOTHING
    head = ["Vendor", "Criterion", "Levels given", "Agreed", "What it does", "Reason"]
    caption = "Where evaluators disagreed; what decides first, then the widest"
    return table(caption, head, rows, prose=True, alarms=alarms)


def _reason(item: Item) -> str:
    """The reason of the level that counts, with the correction that made it count."""
    return " ".join(filter(None, [item.reason, corrected_words(item), replaced_words(item)]))


def _matters(matters: MarkConsequence) -> str:
    take = [
        f"at {level}, {vendor} is first" for vendor, level in (matters.would_take or {}).items()
    ]
    said = "decides" if matters.decides else "changes a gate" if matters.gate else ""
    return "; ".join(filter(None, [said, *take])) or NONE


def _by_spread(item: Item) -> tuple[int, str, str]:
    return -(item.spread or 0), item.criterion, item.vendor


def _labels(record: PanelRecord) -> dict[str, str]:
    return {path: leaf.label for path, leaf in record.rules.judged_leaves.items()}


def comments_table(record: PanelRecord) -> Html:
    """What is odd about comments, each with its place."""
    labels = _labels(record)
    rows = [
        [finding.vendor, labels[finding.criterion], finding.says, finding.place]
        for finding in comment_findings(record)
    ]
    head = ["Vendor", "Criterion", "What is odd", "Where"]
    return table("Comments to look at again", head, rows, prose=True) if rows else NOTHING


def section(result: Result) -> Section:
    """Who disagrees; nothing without a panel."""
    record, marks = result.tender.panel, result.marks
    if record is None or marks is None:
        return shown()
    return shown(
        say(agreed_sentence(record)),
        say(deciding_sentence(marks)),
        say(agreement_sentence(evaluator_figures(result.evaluation, record))),
        disagreements_table(marks),
        comments_table(record),
        *interests_section(result.tender).parts,
    )


def progress_section(tender: Tender) -> Section:
    """Who has not scored what; no total and no rank."""
    record = tender.panel
    if record is None:
        return shown(say("The rules of this evaluation have no panel."))
    counts = progress(record, tender.evaluation.having("excluded"))
    rows = [[evaluator, f"{done} of {all_}"] for evaluator, (done, all_) in counts.items()]
    needs = tender.panel_needs
    owed = [[str(n), fault.found] for n, fault in enumerate(needs, start=1)]
    settled = "Everything is scored and agreed" if not needs else "Still to be done, below"
    return shown(
        say(f"{settled}. The log's code is {record.log.code}; {evidence_of_order(record)}."),
        table("Marks given", ["Evaluator", "Marks"], rows),
        table("Still to be done", ["", "What"], owed, prose=True) if owed else NOTHING,
    )


def agenda_section(tender: Tender) -> Section:
    """What a meeting is still to agree, the widest spread first, without anybody's level.

    An evaluator who scores alone in the same notebook sees no mark of others here.
    """
    record = tender.panel
    if record is None:
        return shown()
    labels = _labels(record)
    rows = [
        [
            item.vendor,
            labels[item.criterion],
            wording.counted(item.spread or 0, "step"),
            "a meeting" if needs_meeting(item, record.rules) else "a reason",
        ]
        for item in agenda(record, tender.evaluation.having("excluded"))
    ]
    head = ["Vendor", "Criterion", "Spread", "Needs"]
    return shown(table("Still to be agreed", head, rows, prose=True) if rows else NOTHING)


def first_section(tender: Tender, **options: Any) -> Section:
    """What decides, on one screen; nothing before the panel is locked."""
    if not _is_ready(tender):
        return shown()
    result = tender.evaluate(**options)
    sentence, facts = "The rules of this evaluation have no panel.", tuple[Fact, ...]()
    if tender.panel is not None and result.marks is not None:
        sentence = deciding_sentence(result.marks)
        agree = agreement_sentence(evaluator_figures(result.evaluation, tender.panel))
        named = (("marks", "Marks", agreed_sentence(tender.panel)), ("agree", "Agreement", agree))
        facts = (
            *locked_again_facts(tender, result.evaluation),
            *(fact for fact in named if fact[2]),
        )
    state = seal_state(tender, result.evaluation.scenario)
    screen = FirstScreen(tender.rules, sentence, facts, state)
    return shown(first_screen_html(screen), warnings(every_warning(tender, result)))


def locked_section(tender: Tender, **options: Any) -> Section:
    """Who disagrees, once the panel is locked; before that, that nobody may know."""
    if not _is_ready(tender):
        waits = "prices are opened" if tender.rules.stage else "the panel is locked"
        return shown(say(f"No total is computed before {waits}."))
    return section(tender.evaluate(**options))


def evaluators_section(tender: Tender, *, show: bool, **options: Any) -> Section:
    """Figures about each evaluator, for the moderator alone, where they are asked for."""
    if tender.panel is None:
        return shown()
    figures_of_one = "Figures about one evaluator are shown"
    if not show:
        return shown(say(f"{figures_of_one} if \u201cevaluator_figures\u201d is set."))
    if not _is_ready(tender):
        return shown(say(f"{figures_of_one} after the lock."))
    result = tender.evaluate(**options)
    figures = evaluator_figures(result.evaluation, tender.panel)
    return shown(
        say("For the moderator alone: these are data about named staff."),
        say(agreement_sentence(figures)),
        _severity_table(tender.panel, figures),
        _winners_table(result),
    )


def _is_ready(tender: Tender) -> bool:
    """Whether totals may be computed: the panel is locked or there is none, and prices are open."""
    if tender.rules.stage:
        return False
    return tender.panel is None or (tender.panel.lock is not None and not tender.panel_needs)


def _severity_table(record: PanelRecord, figures: EvaluatorFigures) -> Html:
    labels, panel = _labels(record), record.rules.panel
    rows = [
        [each.id, *(_signed(strict.get(each.id)) for strict in figures.severity.values())]
        for each in (panel.evaluators if panel else ())
    ]
    head = ["Evaluator", *(labels[path] for path in figures.severity)]
    caption = "Points below the mean of all evaluators; never corrected, and they change no ranking"
    return table(caption, head, rows) if figures.severity else NOTHING


def _signed(points: float | None) -> str:
    return NONE if points is None else f"{wording.rounded(points, 1):+.1f}"


def _winners_table(result: Result) -> Html:
    marks = result.marks
    if marks is None or not marks.alone:
        return NOTHING
    rows = [
        [evaluator, wording.listed(first), wording.listed(marks.leave_one_out[evaluator])]
        for evaluator, first in marks.alone.items()
    ]
    head = ["Evaluator", "First by their levels alone", "First by the means of all others"]
    return table("Who would be first; the last column is a diagnostic", head, rows, prose=True)
