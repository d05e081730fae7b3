"""Documents as parts of a notebook: the award's checklist and letters, and a comparison."""

from pathlib import Path

from markupsafe import Markup

from vendor_eval import wording
from vendor_eval.award.comparison import compared
from vendor_eval.award.comparison_words import comparison_document, comparison_sentence
from vendor_eval.award.document import Block, Document, Grid, Heading
from vendor_eval.award.forms import forms_for, letter_form
from vendor_eval.award.letter import AwardLetter
from vendor_eval.award.result import Result
from vendor_eval.award.standstill_period import day
from vendor_eval.outputs.documents.award_folder import AwardDocuments, documents_of
from vendor_eval.outputs.finished_runs import finished_run
from vendor_eval.outputs.results import results_record
from vendor_eval.report.first_screen import FirstScreen, first_screen_html, seal_state
from vendor_eval.report.html import Html, folded, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.letters_file import read_letters_file
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

NOT_POSSIBLE = "no vendor is eligible, so that nothing can be awarded"
NAME_A_RUN = "Enter the full path of a finished run in 'other_run' to compare it with this one."


def awarded(tender: Tender, result: Result, folder: str, form: str) -> AwardDocuments:
    """The award documents of a folder by a form.

    Without a form it is the first that fits the procedure. Raises InputFaults for faults of
    `letters.yaml`, ValueError for an unknown form.
    """
    file = read_letters_file(Path(folder), tender)
    record = results_record(tender, result)
    chosen = letter_form(form or forms_for(tender.rules.procedure)[0])
    return documents_of(tender, result.evaluation, chosen, file, record)


def first_section(documents: AwardDocuments) -> Section:
    """Whether the letters are fit to be sent, and what is missing."""
    form, lacking = documents.form, documents.lacking
    if lacking:
        ready = f"{wording.counted(len(lacking), 'item')} missing, nothing can be sent yet"
    elif form.status == "draft":
        ready = "no item is missing, but this form is a draft: nothing can be sent"
    else:
        ready = "every letter has all its items"
    letters = wording.counted(len(documents.letters), "letter")
    tender, award = documents.case.tender, documents.case.tender.decisions.award
    undecided = "not decided yet" if documents.case.evaluation.ranking else NOT_POSSIBLE
    decided = f"to {award.vendor} on {day(award.on)}" if award else undecided
    facts = (
        ("reasons", "Award", f"{wording.begun(decided)}."),
        ("reasons", "Form", f"{form.id}: {form.about}"),
    )
    sentence = f"{letters}: {ready}."
    screen = FirstScreen(tender.rules, sentence, facts, seal_state(tender))
    rows = [[fault.place, fault.found] for fault in lacking]
    missing = [table("What must be entered first", ["Where", "What"], rows, prose=True)]
    return shown(first_screen_html(screen), *(missing if rows else []))


def checklist_section(documents: AwardDocuments) -> Section:
    """Every item of the form in every letter, with its place."""
    return shown(*map(_html, documents.checklist_page.blocks))


def letters_section(documents: AwardDocuments) -> Section:
    """Each letter, with the numbers of the results that it rests on."""
    pieces = [
        (letter.vendor, Html("\n".join([_whole(letter.document), _numbers(documents, letter)])))
        for letter in documents.letters
    ]
    return shown(say("Each letter, and after it the results that it rests on"), folded(pieces))


def _whole(document: Document) -> str:
    return "\n".join(_html(block).markup for block in document.blocks)


def _html(block: Block) -> Html:
    if isinstance(block, Grid):
        return table(block.caption, block.head, block.rows, prose=True)
    if isinstance(block, Heading):
        return Html(str(Markup("<h3>{}</h3>").format(block.text)))
    return say(block.text)


def _numbers(documents: AwardDocuments, letter: AwardLetter) -> str:
    """What `results.json` holds of the letter's vendor: weights, values and cells."""
    vendor = documents.case.record["vendors"][letter.vendor]
    rows = [
        [
            path,
            *(_shown(node[name]) for name in ("weight", "value", "contribution")),
            ", ".join(node.get("from", ())[:3]) or NONE,
        ]
        for path, node in vendor.get("criteria", {}).items()
    ]
    head = ["Criterion", "Weight", "Value", "Contribution", "From"]
    return table(f"results.json of {letter.vendor}", head, rows, prose=True).markup


def _shown(number: float | None) -> str:
    """A number of the results to four decimals, so that the letter's can be checked by it."""
    return NONE if number is None else wording.number(float(wording.rounded(number, 4)))


def comparison_section(tender: Tender, result: Result, other_run: str) -> Section:
    """What changed from a finished run to this result.

    Raises VendorEvalError where the run cannot be read or compared.
    """
    if not other_run:
        return shown(_screen(tender, result, NAME_A_RUN))
    other = finished_run(Path(other_run))
    comparison = compared(other.results, results_record(tender, result))
    screen = _screen(tender, result, comparison_sentence(comparison))
    _, *blocks = comparison_document(comparison).blocks  # the first is that sentence
    return shown(screen, *map(_html, blocks))


def _screen(tender: Tender, result: Result, sentence: str) -> Html:
    state = seal_state(tender, result.evaluation.scenario)
    return first_screen_html(FirstScreen(tender.rules, sentence, (), state))
