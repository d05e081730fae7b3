"""The stages of a panel and of two envelopes."""

from collections.abc import Sequence
from pathlib import Path

from vendor_eval.errors import Fault
from vendor_eval.outputs.stages.advice import Advice, Need
from vendor_eval.outputs.stages.situation import Situation
from vendor_eval.panel.moderation import agenda
from vendor_eval.panel.record import Owed, PanelRecord
from vendor_eval.panel.standing import progress
from vendor_eval.panel.workbooks import DECLARATION
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.decisions_file import DECISIONS
from vendor_eval.tender.lock import awaited, undecided_last
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import counted

SHEETS = "sheets"
"""Where the advice puts the evaluators' workbooks."""


def awaiting_envelopes(stands: Situation, rules: Rules) -> Advice:
    """The rules are sealed, and nobody has handed in an envelope."""
    receive = ("FILE", "--vendor", "NAME", "--envelope", rules.envelopes[0].id)
    return Advice(
        stage="sealed",
        standing=f"{sealing(stands.seal)}; no bid is in the folder now",
        needs=(Need("bids, in two envelopes", all_vendors=True),),
        do="Send the vendors the workbooks of 'template', and take in what comes by",
        command=stands.command("receive", *receive),
        also=(stands.command("template", "--out", "response.xlsx"), stands.command("check")),
    )


def _receiving(stands: Situation, tender: Tender) -> tuple[str, ...]:
    """The commands that take in what is in the last of two envelopes, or undo a receipt."""
    if not tender.rules.whole.envelopes:
        return ()
    last = tender.rules.whole.envelopes[-1].id
    receive = stands.command("receive", "FILE", "--vendor", "NAME", "--envelope", last)
    return receive, stands.command("void", "LINE", "--why", "REASON")


def amended(stands: Situation) -> tuple[str, ...]:
    """The command that corrects a level once prices are opened."""
    tender = stands.tender
    judged = tender is not None and tender.panel is not None and tender.rules.envelopes
    return (stands.command("manifest-error"),) if judged else ()


def panel_open(stands: Situation) -> Advice | None:
    """Evaluators have not scored, agreed or locked what they judge; nobody sees who is ahead."""
    tender = stands.tender
    if tender is None or tender.panel is None or stands.evaluation is None:
        return None
    needs = tender.panel_needs
    if not needs and tender.panel.lock is not None:
        return None
    excluded = stands.evaluation.having("excluded")
    counts = progress(tender.panel, excluded)
    done, items = (sum(each) for each in zip(*counts.values(), strict=True))
    late = _late_first(tender)
    do, command = _of_panel(stands, tender.panel, excluded)
    if late and not needs:
        do, command = DECIDE, stands.command("check")
    others = tuple(Need(str(fault)) for fault in (*late, *awaited(tender)))
    return Advice(
        stage="panel",
        standing=f"{sealing(stands.seal)}; {done} of {counted(items, 'mark')} given",
        needs=(*map(_need, needs), *others),
        do=do,
        command=command,
        also=(
            stands.command("check", "--letters", "letters"),
            *(_redacting(stands) if any(e.line.texts for e in tender.panel.log.entries) else ()),
            *((stands.command("declare", "FILE"),) if tender.panel.declared.asked_for else ()),
            *_receiving(stands, tender),
        ),
    )


def _redacting(stands: Situation) -> tuple[str, ...]:
    return (stands.command("redact", "LINE", "--why", "REASON"),)


def _need(fault: Fault) -> Need:
    """What is missing, from the person who owes it."""
    return Need(str(fault), person=fault.who if isinstance(fault, Owed) else "")


def _of_panel(stands: Situation, record: PanelRecord, excluded: Sequence[str]) -> tuple[str, str]:
    """What a panel does next, and its command."""
    unscored = any(i.unscored for i in record.items.values() if i.vendor not in excluded)
    if unscored and _sheets_are_out(record):
        do = "Read the workbooks that evaluators return; the others are still to come"
        return do, stands.command("scores", "FILE")
    if unscored:
        do = "Send each evaluator a workbook, and read what comes back with 'vendor-eval scores'"
        return do, stands.command("sheets", "--out", SHEETS)
    if record.too_few or (record.agreed == "consensus" and agenda(record, excluded)):
        do = "Hold the meeting, and read what it agreed with 'vendor-eval moderate --read'"
        return do, stands.command("moderate", "--out", "agenda.xlsx")
    tender = stands.tender
    needs = tender.panel_needs if tender else ()
    if any(isinstance(fault, Owed) and fault.who for fault in needs):
        do = f"Have those who must declare fill in a copy of the {DECLARATION} that 'sheets' wrote"
        return do, stands.command("declare", DECLARATION)
    if needs:
        return "Put right what is missing; it is listed by", stands.command("check")
    first = [envelope.id for envelope in tender.rules.whole.envelopes[:1]] if tender else []
    return "Lock the panel", stands.command("lock", *first)


def _sheets_are_out(record: PanelRecord) -> bool:
    """Whether evaluators have workbooks: some are back, or they are where `sheets` puts them."""
    panel = record.rules.panel
    written = (Path(SHEETS, f"{each.id}.xlsx") for each in (panel.evaluators if panel else ()))
    return bool(record.log.of_kind("individual")) or any(path.exists() for path in written)


DECIDE = f"Enter in {DECISIONS} whether the late bids are read; they are listed by"


def _late_first(tender: Tender) -> tuple[Fault, ...]:
    """The bids in the first envelope that came in late and hold up the lock."""
    if tender.envelopes is None or (tender.record and tender.record.lock):
        return ()
    return tuple(tender.envelopes.refused.values())


def envelope_closed(stands: Situation) -> Advice | None:
    """The first envelope is to be locked, or the last one to be opened."""
    tender = stands.tender
    if tender is None or tender.record is None or not tender.rules.stage:
        return None
    first, last = (envelope.id for envelope in tender.rules.whole.envelopes)
    owed, late, waits = tender.panel_needs, _late_first(tender), undecided_last(tender)
    needs = (*map(_need, owed), *(Need(str(fault)) for fault in (*late, *awaited(tender))))
    files = counted(len(tender.envelopes.closed) if tender.envelopes else 0, "file")
    alone = [stands.command(name, "--envelope", first) for name in ("score", "run")]
    do, command, also = f"Lock the envelope {first!r}", stands.command("lock", first), list[str]()
    if owed:
        do, command = "Put right what is missing; it is listed by", stands.command("check")
    elif late or (waits and tender.record.lock is not None):
        do, command = DECIDE, stands.command("check")
    elif tender.record.lock is not None:
        do, command, also = f"Open the envelope {last!r}", stands.command("open", last), alone
    return Advice(
        stage="envelopes",
        standing=f"{sealing(stands.seal)}; {files} not opened",
        needs=needs,
        do=do,
        command=command,
        also=(*also, *_receiving(stands, tender)),
    )
