"""Agreed levels as answers: the columns of the bids' table that the panel fills."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vendor_eval.analysis.incomplete import Open
from vendor_eval.bids.proposal import Origin, Proposals
from vendor_eval.bids.response import Response
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.panel.items import Item
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord


def with_levels(proposals: Proposals, record: PanelRecord) -> Proposals:
    """The table with a column for each judged criterion; blank until the panel is locked.

    Before that no total or rank may be computed, so that nobody moderates towards a winner.
    """
    answers, origins = proposals.answers.copy(), dict(proposals.origins)
    for path, leaf in record.rules.judged_leaves.items():
        column = str(leaf.reads)
        items = [record.items[vendor, path] for vendor in proposals.vendors]
        answers[column] = [record.counts(item) if record.lock else "" for item in items]
        origins |= {(i.vendor, column): _origin(i, record) for i in items}
    return replace(proposals, answers=answers.astype(object), origins=origins)


def _origin(item: Item, record: PanelRecord) -> Origin:
    """The lines of the log that an item's level comes from."""
    if record.lock is None:
        message = f"the panel is not locked: {item.vendor} on {item.criterion!r}; allowed: a lock"
        # evaluators alone can fill it, so that no vendor is asked about it
        lacks = (Fault(LOG, message, item.vendor, "buyer", "question"),)
        return Origin(LOG, note="the panel is not locked", lacks=lacks)
    lines = tuple(_lines(item, record))
    return Origin(lines[0][0] if lines else LOG, lines)


def _lines(item: Item, record: PanelRecord) -> Iterator[tuple[str, str]]:
    if record.agreed == "consensus":
        if item.correction is not None:
            yield f"{LOG}:{item.correction.entry.n}", item.correction.level
        elif item.agreement is not None:
            yield f"{LOG}:{item.agreement.entry.n}", item.agreement.level
        return
    for mark in item.marks.values():
        yield f"{LOG}:{mark.entry.n}", mark.level


def written_answer(
    vendor: str, path: str, proposals: Proposals, responses: Sequence[Response]
) -> tuple[str, str, str]:
    """What a vendor wrote on a judged question, the evidence it names, and the place; "" each."""
    response = next((each for each in responses if each.vendor == vendor), None)
    if response is not None:
        given = response.forms.get("answers", {}).get(path)
        answer, evidence = (given.answer, given.evidence) if given else (None, None)
        place = response.place(f"answers.{path}")
        return answer.text if answer else "", evidence.text if evidence else "", place
    if path in proposals.answers.columns:
        return str(proposals.answers.at[vendor, path]), "", proposals.place(vendor, path)
    return "", "", ""


@dataclass(frozen=True)
class ChangedLevel:
    """An agreed level that was corrected after prices were opened."""

    item: Item
    line: int
    before: str
    now: str
    approved_by: str
    reason: str


def changed_levels(record: PanelRecord | None) -> tuple[ChangedLevel, ...]:
    """Every manifest error that was corrected after prices were opened."""
    if record is None:
        return ()
    return tuple(
        ChangedLevel(
            item,
            item.correction.entry.n,
            record.counted_at_lock(item),
            item.correction.level,
            str(getattr(item.correction.entry.body, "approved_by", "")),
            item.correction.reason,
        )
        for item in record.items.values()
        if item.correction is not None
    )


def leaders_before_changes(evaluation: Evaluation, record: PanelRecord) -> tuple[str, ...]:
    """Who would be first by the levels as they were when prices were opened."""
    items = {key: replace(item, correction=None) for key, item in record.items.items()}
    as_opened = with_levels(evaluation.proposals, replace(record, items=items))
    return evaluate(evaluation.rules, as_opened, scenario=evaluation.scenario).leaders


def changes_that_decide(evaluation: Evaluation, record: PanelRecord | None) -> Iterator[Open]:
    """Levels that were corrected after prices were opened, where others would be first."""
    changed = changed_levels(record)
    if record is None or not changed:
        return
    before = leaders_before_changes(evaluation, record)
    if before != evaluation.leaders:
        for level in changed:
            place = f"{LOG}:{level.line}"
            yield Open(level.item.vendor, "manifest_error", (place,), before)
