"""Section: interests that were declared, and the measures that were taken."""

from vendor_eval import wording
from vendor_eval.award.bid_record import INTERESTS, interest_row
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.bodies import EVERY
from vendor_eval.panel.declarations import declared_words
from vendor_eval.panel.record import PanelRecord
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender


def interests_sentence(tender: Tender) -> str:
    """How many declared, and how many interests there are; "" where nobody was asked."""
    record = tender.record
    if record is None or not (record.declared.asked_for or record.declared.lines):
        return ""
    people = everybody(tender)
    if not record.declared.interests:
        return f"Conflicts of interest: {declared_words(record.declared, people).lower()}."
    number = wording.counted(len(record.declared.interests), "interest")
    return f"Conflicts of interest: {number} declared; {len(people)} people were asked."


def interest_first_sentence(tender: Tender, evaluation: Evaluation) -> str:
    """Interests in who is first that were declared once marks were locked; "" for none."""
    record = tender.record
    if record is None or record.lock is None:
        return ""
    opened = min((entry.n for entry in record.log.of_kind("opened")), default=0)
    said = [
        f"{line.body.evaluator} declared an interest in {line.whose} "
        f"({line.body.interest}; measure: {line.body.mitigation}) after "
        f"{'prices were opened' if 0 < opened < line.entry.n else 'the lock'}"
        for line in record.declared.interests
        if line.entry.n > record.lock.n and line.body.vendor in (*evaluation.leaders, EVERY)
    ]
    return f"{wording.listed(said, at_most=2)}." if said else ""


def everybody(tender: Tender) -> tuple[str, ...]:
    """Everybody who must declare: evaluators, who acted by the log, and who decided of bids."""
    people = tender.record.people if tender.record else ()
    return tuple(dict.fromkeys([*people, *tender.decisions.people]))


def interests_table(record: PanelRecord) -> Html:
    """Conflicts detected and measures taken, for award reports; the details are not in it."""
    rows = [interest_row(each, record.rules) for each in record.declared.interests]
    return table("Conflicts of interest and measures taken", [*INTERESTS], rows, prose=True)


def interests_section(tender: Tender) -> Section:
    """Conflicts of interest; nothing where nobody was asked and nobody declared."""
    sentence = interests_sentence(tender)
    if not sentence or tender.record is None:
        return shown()
    rows = tender.record.declared.interests
    return shown(say(sentence), *([interests_table(tender.record)] if rows else []))
