"""The stages in their order; a later stage of the work is one more function in `STAGES`.

A stage is a function: it looks at a folder's situation and gives its advice, or None where the
evaluation is at another stage. The first that gives advice is the stage.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from vendor_eval.analysis.low_prices import pending
from vendor_eval.analysis.stress.trial import stress_test
from vendor_eval.award.forms import forms_for
from vendor_eval.award.open import below_words
from vendor_eval.bids.table import TABLE
from vendor_eval.clarifications import clarifications_of
from vendor_eval.errors import Fault, SealBroken
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.gates import Status, undecided
from vendor_eval.outputs.stages.advice import Advice, Need
from vendor_eval.outputs.stages.panel_stages import (
    amended,
    awaiting_envelopes,
    envelope_closed,
    panel_open,
)
from vendor_eval.outputs.stages.situation import Situation, situation_in
from vendor_eval.rules.seal import SEAL, changed, sealing
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.decisions_file import DECISIONS
from vendor_eval.tender.rules_file import RULES
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import counted, either, listed

Stage = Callable[[Situation], Advice | None]


def _asked(faults: Sequence[Fault]) -> tuple[Need, ...]:
    """Every fault as something missing, the buyer's own first."""
    needs = [Need(str(fault), _asked_vendor(fault)) for fault in faults]
    return tuple(sorted(needs, key=lambda need: need.vendor is not None))


def _asked_vendor(fault: Fault) -> str | None:
    """The vendor that can mend a fault; one for the buyer alone is not the vendor's."""
    return fault.vendor if fault.audience == "vendor" else None


def broken_seal(stands: Situation) -> Advice | None:
    """The rules are not those that were sealed."""
    rules, seal = stands.rules, stands.seal
    if rules is None or seal is None or not stands.broken:
        return None
    return Advice(
        stage="seal broken",
        standing=f"{sealing(seal)}, and changed since",
        needs=(Need(f"the rules as they were sealed; {changed(seal, rules)}"),),
        do=f"Put {RULES} back as it was sealed, then see what is left",
        command=stands.command("check"),
        exit_code=SealBroken.exit_code,
    )


def example(stands: Situation) -> Advice | None:
    """The folder still holds the example that `vendor-eval new` put there."""
    if not stands.unchanged(TABLE):
        return None
    needs = [Need(f"bids; {TABLE} holds the example's")]
    do = f"Delete {TABLE}, which holds the example's vendors, then run"
    if stands.seal is None and stands.unchanged(RULES):
        needs.insert(0, Need(f"rules; {RULES} holds the example's"))
        do = f"Write your rules into {RULES} and delete {TABLE}; every fault is listed by"
    return Advice(
        stage="rules",
        standing="The folder holds a constructed example",
        needs=tuple(needs),
        do=do,
        command=stands.command("check"),
        also=("vendor-eval list", stands.command("run")),
    )


def rules_faulty(stands: Situation) -> Advice | None:
    """The rules, or their seal, cannot be read."""
    faults = stands.rules_faults
    if not faults:
        return None
    if stands.seal is not None:
        do = f"Put {RULES} back as it was sealed; every fault is listed by"
    elif any(fault.place == SEAL for fault in faults):
        do = f"Put {SEAL} back as 'vendor-eval seal' wrote it; every fault is listed by"
    else:
        do = f"Correct {RULES}; every fault is listed with its line by"
    return Advice(
        stage="rules",
        standing=f"{sealing(stands.seal)}; {counted(len(faults), 'fault')} in them",
        needs=_asked(faults),
        do=do,
        command=stands.command("check"),
        also=() if stands.seal else ("vendor-eval list",),
    )


def unsealed(stands: Situation) -> Advice | None:
    """The rules are sound, nobody has bid, and the rules can still be sealed."""
    if stands.bids or stands.seal is not None or stands.rules is None:
        return None
    doubts = stress_test(stands.rules).warnings
    return Advice(
        stage="rules",
        standing="The rules have no fault, they are not sealed, and no bid is in",
        needs=tuple(Need(f"{c.remedy} ({c.place}: {c.says})") for c in doubts),
        do="Seal the rules before bids arrive",
        command=stands.command("seal"),
        also=(stands.command("stress"), stands.command("template", "--out", "response.xlsx")),
    )


def awaiting(stands: Situation) -> Advice | None:
    """The rules are sealed, and nobody has bid."""
    if stands.bids:
        return None
    if stands.rules is not None and stands.rules.envelopes:
        return awaiting_envelopes(stands, stands.rules)
    measured = stands.rules is not None and stands.rules.measures  # a table shows nothing of these
    table = "" if measured else f", or in {TABLE}, one row a vendor"
    return Advice(
        stage="sealed",
        standing=f"{sealing(stands.seal)}; no bid is in the folder now",
        needs=(Need(f"bids, in {WORKBOOKS}/, one workbook a vendor{table}", all_vendors=True),),
        do="Send the vendors this workbook",
        command=stands.command("template", "--out", "response.xlsx"),
        also=(stands.command("check"),),
    )


def bids_in(stands: Situation) -> Advice | None:
    """Bids are in, and something that is no one vendor's keeps them from being read."""
    if stands.tender is not None:
        return None
    number = counted(len(stands.bids), "file")
    return Advice(
        stage="bids in",
        standing=(
            f"{sealing(stands.seal)}; {number} with bids; a fault in the folder keeps them from "
            "being evaluated"
        ),
        needs=_asked(stands.bids_faults),
        do="Correct what is missing from you; every fault is listed by",
        command=stands.command("check"),
    )


def decided(stands: Situation) -> Advice | None:
    """People have decided the award: every vendor hears of it."""
    evaluation, tender = stands.evaluation, stands.tender
    if evaluation is None or tender is None or tender.decisions.award is None:
        return None
    award = tender.decisions.award
    forms = forms_for(tender.rules.procedure)
    return Advice(
        stage="decided",
        standing=f"{sealing(stands.seal)}; awarded to {award.vendor} by {award.by}",
        do=f"Write the award report and a letter to each vendor; allowed forms: {either(forms)}",
        command=stands.command("award", "--form", forms[0], "--out", "award"),
        also=(stands.command("run"), *amended(stands)),
    )


def questions_open(stands: Situation) -> Advice | None:
    """Vendors are incomplete or undecided, and must answer first."""
    evaluation = stands.evaluation
    if evaluation is None or stands.tender is None:
        return None
    low = tuple(_low_prices(evaluation))
    needs = (*low, *_faulty(stands.tender, evaluation), *_undecided(evaluation))
    if not needs:
        return None
    # what is ours to decide may leave a vendor nothing to answer, so it comes first
    needs = tuple(sorted(needs, key=lambda need: need.vendor is not None))
    letters = stands.command("check", "--letters", "letters")
    do = "Send the vendors these letters, and put their answers into the folder"
    command, also = letters, [stands.command("run")]
    if needs[0].vendor is None and not low:
        do = "Correct or decide what is missing from you; every fault is listed by"
        command = stands.command("check")
        also = [letters, *also] if needs[-1].vendor is not None else also
    return Advice(
        stage="questions open",
        standing=f"{sealing(stands.seal)}; {_statuses(evaluation)}",
        needs=needs,
        do=do,
        command=command,
        also=tuple(also),
    )


def _low_prices(evaluation: Evaluation) -> Iterator[Need]:
    """The investigations that are lacking before a low price can win."""
    for waiting in pending(evaluation):
        low = below_words(waiting.below)
        yield Need(
            f"an 'investigation' in {DECISIONS}: {waiting.vendor} is first, and its price is {low}"
        )


def _faulty(tender: Tender, evaluation: Evaluation) -> Iterator[Need]:
    for vendor in evaluation.having("incomplete"):
        stopping = [fault for fault in tender.vendor_faults[vendor] if fault.stops]
        ours = [fault for fault in stopping if _asked_vendor(fault) is None]
        theirs = [fault for fault in stopping if _asked_vendor(fault) is not None]
        # what is ours to settle is not hidden behind what a vendor is asked
        for first, *others in filter(None, (ours, theirs)):
            more = f" ({len(others)} more)" if others else ""
            asked = _asked_vendor(first)
            yield Need(f"{'' if asked else f'{vendor}: '}{first}{more}", asked)


def _undecided(evaluation: Evaluation) -> Iterator[Need]:
    labels = {gate.id: gate.label for gate in evaluation.rules.gates}
    waiting: dict[str, list[str]] = {}
    for vendor, gate in undecided(evaluation.screening):
        waiting.setdefault(vendor, []).append(labels[gate])
    for vendor, gates in waiting.items():
        yield Need(f"evidence that decides the gate {listed(gates, at_most=2)}", vendor)


def _statuses(evaluation: Evaluation) -> str:
    """How many vendors there are of each status, as "6 vendors: 4 eligible, 2 excluded"."""
    numbers = {status: len(evaluation.having(status)) for status in get_args(Status)}
    counts = [f"{number} {status}" for status, number in numbers.items() if number]
    return f"{counted(len(evaluation.vendors), 'vendor')}: {', '.join(counts)}"


def ready(stands: Situation) -> Advice | None:
    """Every vendor is eligible or excluded: the report says the rest."""
    evaluation = stands.evaluation
    if evaluation is None or stands.tender is None:
        return None
    asked = len(clarifications_of(stands.tender, evaluation))
    standing = f"{sealing(stands.seal)}; {_statuses(evaluation)}"
    letters = (stands.command("check", "--letters", "letters"),) if asked else ()
    if asked:
        holds = "holds" if asked == 1 else "hold"
        standing += f"; {counted(asked, 'question')} to vendors, which {holds} nothing up"
    seal = () if stands.seal else (stands.command("seal"),)
    return Advice(
        stage="ready",
        standing=standing,
        do="Make the report",
        command=stands.command("run"),
        also=(*letters, *seal, *amended(stands), stands.command("score"), "vendor-eval lab"),
    )


STAGES: tuple[Stage, ...] = (
    broken_seal,
    example,
    rules_faulty,
    unsealed,
    awaiting,
    bids_in,
    panel_open,
    envelope_closed,
    decided,
    questions_open,
    ready,
)
"""In this order; a later stage of the work is a function entered here."""


def advice(folder: str | Path) -> Advice:
    """What to do next in an evaluation folder.

    Raises InputFaults where there is no such folder, or no rules in it.
    """
    return advised(situation_in(folder))


def advised(stands: Situation) -> Advice:
    """What to do next in a situation: the advice of the first stage that gives any."""
    return next(given for stage in STAGES if (given := stage(stands)) is not None)
