"""What arrived and what to ask about it, in a sentence each."""

import pandas as pd

from vendor_eval import wording
from vendor_eval.case import Case
from vendor_eval.clarifications import Clarifications
from vendor_eval.rules import fingerprint


def intake(case: Case, asked: Clarifications) -> str:
    """How many proposals were read, and how many questions they raise."""
    read = f"{wording.counted(len(case.proposals.vendors), 'proposal')} read"
    stopped = [v for v, told in case.vendor_faults.items() if any(f.stops for f in told)]
    if stopped:
        read += f", {len(stopped)} of them with faults"
    return f"{read}; {wording.counted(len(asked), 'question') if len(asked) else 'nothing'} to ask."


def files(case: Case) -> str:
    """From which files the proposals were read, and whether they answer these rules."""
    if not case.responses:
        return f"All answers stand in {case.proposals.source}; there are no response workbooks."
    ours = fingerprint(case.rules)
    same = sum(response.fingerprint == ours for response in case.responses)
    unread = sum(response.unread for response in case.responses)
    none = sum(response.fingerprint is None for response in case.responses) - unread
    other = len(case.responses) - same - none - unread
    parts = [
        f"{wording.counted(len(case.responses), 'workbook')}",
        f"{same or 'none'} with the fingerprint of these rules",
        f"{other} with that of other rules" if other else "",
        f"{none} with none" if none else "",
        f"{unread} that cannot be read" if unread else "",
    ]
    return ", ".join(filter(None, parts)) + "."


def unread(case: Case) -> str:
    """How many faults and needed blanks each vendor's bid holds."""
    told = []
    for vendor, faults in case.vendor_faults.items():
        counts = [(sum(f.severity == kind for f in faults), kind) for kind in ("fault", "question")]
        nouns = {"fault": "fault", "question": "needed blank"}
        some = [wording.counted(n, nouns[kind]) for n, kind in counts if n]
        told += [f"{vendor} ({', '.join(some)})"] if some else []
    return f"{wording.listed(told)}." if told else "No bid holds a fault."


def readings(case: Case) -> str:
    """How many cells were read otherwise than as entered."""
    if not case.responses:
        return "Every cell was read as it stands: a table is read strictly or refused."
    cells = [cell for response in case.responses for cell in response.cells]
    noted = sum(bool(cell.note) for cell in cells)
    told = f"{wording.counted(len(cells), 'cell')} read"
    return f"{told}, {noted} with a note on how." if noted else f"{told}, exactly as entered."


def blanks(case: Case) -> str:
    """How many answers that the rules read are blank, and whose."""
    answers = case.proposals.answers[list(case.rules.columns)]
    cannot = [[(v, c) in case.proposals.spoilt for c in answers.columns] for v in answers.index]
    blank = ((answers == "") & ~pd.DataFrame(cannot, answers.index, answers.columns)).sum(axis=1)
    vendors = [str(vendor) for vendor in answers.index[blank > 0]]
    if not vendors:
        return "Every answer that the rules read is given."
    number = int(blank.sum())
    verb = wording.agreeing(number, "is", "are")
    return f"{number} of the answers that the rules read {verb} blank: {wording.listed(vendors)}."


def clarifications(asked: Clarifications) -> str:
    """How many vendors are asked how much, and by how many checks."""
    made = sum(outcome.why is None for outcome in asked.outcomes)
    checks = f"{wording.part_of(made, len(asked.outcomes), 'check')} could be made"
    vendors = [vendor for vendor in asked.vendors if asked.to(vendor)]
    if not vendors:
        return f"No bid raises a question; {checks}."
    told = f"{wording.counted(len(asked), 'question')} to {wording.counted(len(vendors), 'vendor')}"
    return f"{told}; {checks}. No question excludes a vendor or changes a score."
