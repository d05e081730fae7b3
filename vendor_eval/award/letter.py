"""The award letter to one vendor, and where each item of its form stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vendor_eval.award.document import Block, Document, Grid, Heading, missing
from vendor_eval.award.forms import FormItem, LetterForm
from vendor_eval.award.letter_case import CheckedItem, Lacking, LetterCase, NotApplicable
from vendor_eval.award.letter_parts import PARTS
from vendor_eval.award.prices_in_texts import stated_prices
from vendor_eval.award.standstill_period import Standstill, standstill
from vendor_eval.errors import Fault, InputFaults, quoted
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.tender.letters_file import LETTERS, LettersFile
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import brief, listed

SECTIONS = (
    ("Parties", ("buyer", "supplier", "date", "salutation")),
    ("Decision", ("outcome",)),
    ("Award criteria", ("criteria",)),
    ("Your tender", ("own",)),
    ("Why the contract is not awarded to you", ("why_not",)),
    ("The successful tender", ("winner",)),
    ("Standstill", ("standstill",)),
    ("Questions", ("questions",)),
    ("Signature", ("signatory",)),
)
"""Headings of a letter, each with what its items are filled from, by the word before the point."""
UNNAMED = "a text that names no other vendor"
NAMES = FormItem(
    id="names",
    text="No other vendor is named, and no entered text states its price",
    source="good practice; ranks, and prices in other words than a number, are not searched",
    fills="outcome",
)
"""What every letter must fulfil, regardless of its form."""


@dataclass(frozen=True)
class AwardLetter:
    """One vendor's letter with the checklist of its form."""

    vendor: str
    document: Document
    items: tuple[CheckedItem, ...]

    @property
    def complete(self) -> bool:
        """Whether the letter holds every mandatory item."""
        return not any(item.fault for item in self.items)


def letter_cases(
    tender: Tender, evaluation: Evaluation, form: LetterForm, file: LettersFile
) -> tuple[LetterCase, ...]:
    """What each vendor's letter is written from, in the order of their names.

    Raises InputFaults for a standstill that the form's rule does not allow.
    """
    period = _standstill(form, file)
    return tuple(
        LetterCase(tender, evaluation, form, file, vendor, period)
        for vendor in tender.proposals.vendors
    )


def _standstill(form: LetterForm, file: LettersFile) -> Standstill | None:
    """The standstill by the form's rule and what the buyer entered; None without either."""
    terms, rule = file.standstill, form.standstill
    if terms is None or rule is None:
        return None
    named = terms.holidays or tuple(rule.holidays)
    days = rule.working_days if terms.working_days is None else terms.working_days
    faults = []
    if unknown := [calendar for calendar in named if calendar not in rule.holidays]:
        message = f"found {quoted(unknown)}; allowed in {form.id}: {quoted(rule.holidays)}"
        faults.append(Fault(f"{LETTERS}: standstill.holidays", message))
    if days < rule.working_days:
        message = f"found {days}; allowed in {form.id}: {rule.working_days} or more"
        faults.append(Fault(f"{LETTERS}: standstill.working_days", message))
    if faults:
        raise InputFaults(faults)
    return standstill(terms.notice_on, days, {each: rule.holidays[each] for each in named})


def award_letter(case: LetterCase) -> AwardLetter:
    """The letter with its checklist."""
    asked = [item for item in case.form.items if _is_for(item, case)]
    blocks, items = list[Block](), list[CheckedItem]()
    for heading, sources in SECTIONS:
        within = [item for item in asked if item.fills.partition(".")[0] in sources]
        if within:
            blocks.append(Heading(heading))
        begun = len(blocks)
        for item in within:
            shown, checked = _filled(case, item, heading)
            # what stands for several items of one section stands once
            blocks += shown if any(block not in blocks[begun:] for block in shown) else ()
            items.append(checked)
    items.append(_names(case, blocks))
    draft = case.form.status == "draft" or any(item.fault for item in items)
    title = f"{case.form.title}: {case.tender.rules.title}"
    return AwardLetter(case.vendor, Document(title, tuple(blocks), draft), tuple(items))


def _filled(
    case: LetterCase, item: FormItem, heading: str
) -> tuple[tuple[Block, ...], CheckedItem]:
    """What an item says in the letter, and where it stands or what it lacks."""
    part = PARTS[item.fills](case)
    if isinstance(part, Lacking):
        what = UNNAMED if case.names_strangers(part.what) else part.what
        lacking = part.what if item.mandatory else None
        return (missing(what),), CheckedItem(case.vendor, item, lacking=lacking)
    if isinstance(part, NotApplicable):
        return part.blocks, CheckedItem(case.vendor, item, inapplicable=part.why)
    return part.blocks, CheckedItem(case.vendor, item, heading)


def _is_for(item: FormItem, case: LetterCase) -> bool:
    return item.to == "all" or (item.to == "winner") == case.wins


def _names(case: LetterCase, blocks: Sequence[Block]) -> CheckedItem:
    """Whether a text of the letter names another vendor, from the rules' labels to the reasons."""
    excess, section = [*stated_prices(case)], ""
    named = list[str]()
    for block in blocks:
        section = block.text if isinstance(block, Heading) else section
        if getattr(block, "manner", "plain") == "missing":
            continue
        for text in texts_of(block):
            if strangers := case.names_strangers(text):
                where = f"under {section!r}" if section else "at its head"
                named.append(
                    f"the letter names {listed(strangers)} {where}, in {brief(text, 80)!r}"
                )
    if named:
        way_out = "remove the name, or enter in not_names in letters.yaml what it means instead"
        excess.append(f"{'; '.join(dict.fromkeys(named))}: {way_out}")
    if excess:
        return CheckedItem(case.vendor, NAMES, excess="; ".join(excess))
    signed = [f"; {each.text!r} is no name, by {each.by}" for each in case.file.not_names]
    return CheckedItem(case.vendor, NAMES, f"the whole letter{''.join(signed)}")


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block."""
    if isinstance(block, Grid):
        yield block.caption
        for row in (block.head, *block.rows):
            yield from row
    else:
        yield block.text
