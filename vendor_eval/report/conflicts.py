"""Section: interests that were declared, and the measures that were taken."""

from vendor_eval import wording
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.bodies import Declaration
from vendor_eval.panel.declarations import EVERY, Declarations, declared_words
from vendor_eval.panel.record import PanelRecord
from vendor_eval.report.html import NONE, Html, say, table
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
        f"{line.body.evaluator} declared an interest in {_whose(line.body)} "
        f"({line.body.interest}; measure: {line.body.mitigation}) after "
        f"{'prices were opened' if 0 < opened < line.entry.n else 'the lock'}"
        for line in record.declared.interests
        if line.entry.n > record.lock.n and line.body.vendor in (*evaluation.leaders, EVERY)
    ]
    return f"{wording.listed(said, at_most=2)}." if said else ""


def _whose(body: Declaration) -> str:
    return "all vendors" if body.vendor == EVERY else body.vendor


def everybody(tender: Tender) -> tuple[str, ...]:
    """Everybody who must declare: evaluators, who acted by the log, and who decided of bids."""
    people = tender.record.people if tender.record else ()
    return tuple(dict.fromkeys([*people, *tender.decisions.people]))


def interests_table(record: PanelRecord) -> Html:
    """Conflicts detected and measures taken, for award reports; the details are not in it."""
    declared: Declarations = record.declared
    rows = []
    for line in declared.interests:
        body = line.body
        evaluator = record.rules.panel.evaluator(body.evaluator) if record.rules.panel else None
        who = f"{body.evaluator} ({evaluator.role})" if evaluator else body.evaluator
        of = _whose(body)
        after = "; declared after scoring" if line.after_scoring else ""
        decided = body.decided_by or NONE
        on = str(line.entry.line.on)
        rows.append([who, of, body.interest, f"{body.mitigation}{after}", decided, on])
    head = ["Who", "Vendor", "Interest", "Measure", "Decided by", "Declared on"]
    return table("Conflicts of interest and measures taken", head, rows, prose=True)


def interests_section(tender: Tender) -> Section:
    """Conflicts of interest; nothing where nobody was asked and nobody declared."""
    sentence = interests_sentence(tender)
    if not sentence or tender.record is None:
        return shown()
    rows = tender.record.declared.interests
    return shown(say(sentence), *([interests_table(tender.record)] if rows else []))
