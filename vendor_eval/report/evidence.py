"""What vendors show for themselves: certificates, controls and commitments, with what counts."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.bids.response import Row
from vendor_eval.measures.expertise.commitments import Promise, promises
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.graded_answers import GradeCounts
from vendor_eval.measures.measures import measure
from vendor_eval.measures.security.certificates import Held
from vendor_eval.measures.security.controls import ControlCoverage, LeastControlCoverage
from vendor_eval.measures.security.holding import Holding, Holdings
from vendor_eval.questionnaire.grades import GRADES
from vendor_eval.questionnaire.security import CONTROL_DOMAINS, CONTROLS, domain_questions
from vendor_eval.report.html import Html, across, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.request import questionnaire
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

CANNOT = "cannot be read"
"""What is shown where a fault in the bid leaves nothing to report."""


def certificates_table(tender: Tender) -> Html:
    """Every certificate each vendor lists or a rule asks for: its state, its sites and its cell.

    A certificate stands in a state only under a rule; one that no rule reads is listed as such.
    """
    rows = [row for facts in tender.facts.values() for row in _certificates(facts)]
    if not rows:
        return Html("")
    head = ["Vendor", "Certificate", "State", "Sites", "How it was found"]
    return table("Certificates and reports, as the rules read them", head, rows, prose=True)


def _certificates(facts: Facts) -> Iterator[list[str]]:
    response, rules = facts.response, facts.rules
    asked = [m for m in map(measure, rules.measures) if isinstance(m, Held)]
    rows: dict[tuple[str, ...], None] = {}
    for held in asked:
        if response.spoilt(held.questions(rules)):
            rows[held.certificate, CANNOT, NONE, NONE] = None
            continue
        holdings = facts.holdings(held.sought)
        for holding in holdings.rows:
            rows[_judged(holding, holdings)] = None
        if not holdings.rows:
            state = "none" if holdings.answered else "nothing is listed"
            rows[held.certificate, state, NONE, NONE] = None
    read = {held.certificate for held in asked}
    for row in response.rows("certificates"):
        if row["certificate"].text not in read:
            rows[_unread(row)] = None
    for cells in rows:
        yield [response.vendor, *cells]


def _judged(holding: Holding, held: Holdings) -> tuple[str, ...]:
    verdict, scope = holding.verdict, holding.scope
    sites = ", ".join(held.sites.named(scope.covered)) or "undecided"
    if scope.covered and scope.covered == held.sites.every:
        sites = "all"
    how = "; ".join(filter(None, [verdict.why, scope.why]))
    return holding.row["certificate"].text, verdict.state, sites, how


def _unread(row: Row) -> tuple[str, ...]:
    kind = row["certificate"]
    return kind.text, "no rule reads it", NONE, kind.place


def control_coverage_table(tender: Tender) -> Html:
    """Answers on controls by domain and vendor, and their coverage where the rules define it once.

    Only what the rules ask of vendors, or what one of them answered all the same.

    What a partial answer counts stands in the rules; where they name no such figure, or several,
    the answers are counted and nothing more.
    """
    asked = _controls(tender)
    domains = [id for id in CONTROL_DOMAINS if asked.intersection(domain_questions(id))]
    if not tender.responses or not domains:
        return Html("")
    answers = {vendor: facts.controls for vendor, facts in tender.facts.items()}
    unread = {r.vendor for r in tender.responses if r.spoilt(["controls"])}
    counts = _stated(tender)
    caption = "Controls in place, by domain"
    if counts:
        partial, blanks = counts
        caption += f"; a partial answer counts {wording.percent(partial / 100)} of a yes"
        caption += ", a blank counts as no" if blanks == "no" else ""

    def cell(row: int, vendor: str) -> str:
        if vendor in unread:
            return CANNOT
        return _coverage(answers[vendor][domains[row]].among(asked), counts)

    titles = [CONTROL_DOMAINS[id][0] for id in domains]
    return across(caption, "Domain", titles, list(answers), cell)


def _controls(tender: Tender) -> set[str]:
    """The questions on controls that are asked, and the domains of others that are answered."""
    parts = (part for part in questionnaire(tender.rules).parts if part.id == CONTROLS.id)
    asked = {field.id for part in parts for field in part.fields}
    given = (response.forms.get(CONTROLS.id, {}) for response in tender.responses)
    answered = {
        q for answers in given for q, answer in answers.items() if answer.answer is not None
    }
    domains = [set(domain_questions(id)) for id in CONTROL_DOMAINS]
    besides = [every for every in domains if not every & asked and every & answered]
    return asked.union(answered, *besides)


def _stated(tender: Tender) -> tuple[float, str] | None:
    """What a partial answer and a blank count, where all the rules' measures agree on it."""
    taken = [measure(m) for m in tender.rules.measures]
    stated = {
        (m.partial, m.blanks)
        for m in taken
        if isinstance(m, ControlCoverage | LeastControlCoverage)
    }
    return next(iter(stated)) if len(stated) == 1 else None


def _coverage(answers: GradeCounts, counts: tuple[float, str] | None) -> str:
    parts = [f"{n} {grade}" for grade in GRADES if (n := len(answers.graded(grade)))]
    parts += [f"{len(answers.blank)} blank"] if answers.blank else []
    share = answers.coverage(*counts) if counts else None
    return (
        ", ".join(parts) if share is None else f"{wording.percent(share / 100)}: {', '.join(parts)}"
    )


def commitments_table(tender: Tender) -> Html:
    """Every commitment to improve: what it comes to a year, and whether it counts or why not."""
    rows = [
        [response.vendor, *_commitment(promise)]
        for response in tender.responses
        for promise in promises(response, tender.rules.currency)
    ]
    if not rows:
        return Html("")
    head = ["Vendor", "Commitment", "Saving a year", "From year", "Counts", "Cell"]
    return table("Commitments: what is contractual and priced counts", head, rows, prose=True)


def _commitment(promise: Promise) -> list[str]:
    row = promise.row
    typed = {name: row[name].typed if name in row else "" for name in (*row, *_OPTIONAL)}
    amount = f"{typed['amount']} {typed['currency']}".strip() if typed["amount"] else ""
    share = f"{wording.percent(promise.share / 100)} of the charges" if promise.share else ""
    return [
        row["commitment"].text,
        "; ".join(filter(None, [amount, share])) or NONE,
        typed["from_year"] or NONE,
        "yes" if promise.counts else f"zero: {promise.lacks}",
        row["commitment"].place,
    ]


_OPTIONAL = ("amount", "currency", "from_year")


def section(tender: Tender) -> Section:
    """The certificates and controls that each bid shows."""
    return shown(certificates_table(tender), control_coverage_table(tender))


def commitments_section(tender: Tender) -> Section:
    """What each vendor binds itself to."""
    return shown(commitments_table(tender))
