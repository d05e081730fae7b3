"""The award report: internal, in the order of Directive 2014/24/EU, Article 84(1).

Article 84(1)(a) to (d) were read in English on 30 November 2026; (e) to (i) in the text that
transposed them in the United Kingdom (S.I. 2015/102, regulation 84). Section 98 of the Procurement
Act 2023 asks for records that explain a material decision, in no stated order.
"""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.low_prices import low_price
from vendor_eval.award.amounts import price_words
from vendor_eval.award.bid_record import INTERESTS, interest_row
from vendor_eval.award.contract import price_parts_words
from vendor_eval.award.document import Block, Document, Heading, Paragraph, grid, missing
from vendor_eval.award.letter import AwardLetter
from vendor_eval.award.letter_case import exclusion_reasons
from vendor_eval.award.open import below_words
from vendor_eval.award.rank_basis import point_price_cell
from vendor_eval.award.report_annex import annex
from vendor_eval.award.report_case import ReportCase
from vendor_eval.award.standstill_period import day
from vendor_eval.bids.decisions import Investigation
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.wording import NONE

KNOWN_TO_THE_BUYER = {
    "subcontracting": "the share of the contract that is subcontracted, and to whom",
    "procedure": "the circumstances that justify the procedure, if the law asks for them",
    "communication": "why means other than electronic ones were used, if they were",
}
"""Parts of the report that no rule and no bid holds, by their key in `letters.yaml`."""


def award_report(case: ReportCase, *, draft: bool) -> Document:
    """The report; a draft where a letter or what was done about a check is missing."""
    title = f"Award report: {case.tender.rules.title}"
    parts = (
        _buyer,
        _selection,
        _low_prices,
        _award,
        _known,
        _conflicts,
        _ranking,
        _record,
        _letters,
        annex,
    )
    blocks = [Paragraph("Confidential, for the buyer's file; it names every vendor.", "muted")]
    return Document(title, (*blocks, *(b for part in parts for b in part(case))), draft)


def _buyer(case: ReportCase) -> Iterator[Block]:
    yield Heading("Buyer, subject and value")
    buyer = case.file.buyer
    if buyer is None:
        yield missing("buyer.name in letters.yaml")
    else:
        lines = (buyer.name, buyer.address, buyer.email, buyer.reference)
        yield Paragraph(", ".join(filter(None, lines)))
    rules = case.tender.rules
    yield Paragraph(f"{rules.title}. {rules.decision}")
    if rules.notice:
        yield Paragraph(rules.notice, "muted")
    yield from map(Paragraph, _value(case))


def _value(case: ReportCase) -> Iterator[str]:
    """What the contract comes to, and how the price that was evaluated differs from it."""
    award, recommended = case.tender.decisions.award, case.record["recommendation"]
    asked = price_words(case.evaluation, award.vendor) if award else ""
    if award is None or not asked:
        return
    amount = recommended.get("contract_value")
    if award.vendor == recommended["vendor"] and amount is not None:
        shown, _ = wording.parts_shown((amount, recommended.get("own_costs") or 0.0))
        value = wording.money_whole(shown, case.tender.rules.currency)
        yield f"Contract value: {value}."
        if value == asked:
            return
    charges = f"{award.vendor} charges"
    parts = price_parts_words(case.tender, case.evaluation, award.vendor, charges=charges)
    yield " ".join([f"Price as evaluated: {asked}.", *parts])


def _selection(case: ReportCase) -> Iterator[Block]:
    yield Heading("Vendors and reasons for rejection")
    rows = []
    for vendor in case.evaluation.vendors:
        status = case.evaluation.status(vendor)
        reasons = "; ".join(exclusion_reasons(case.evaluation, vendor))
        rows.append([vendor, status, reasons or NONE])
    rows += [[vendor, "withdrawn", NONE] for vendor in case.file.withdrawn]
    head = ("Vendor", "Status", "Reasons if it is not ranked")
    yield grid("Every vendor that sent a bid", head, rows)
    if len(case.evaluation.ranking) == 1:
        yield Paragraph("Only one bid could be ranked.")


def _low_prices(case: ReportCase) -> Iterator[Block]:
    yield Heading("Abnormally low prices")
    settled = {e.vendor: e for e in case.tender.decisions.entries if isinstance(e, Investigation)}
    low = [v for v in case.evaluation.vendors if low_price(case.evaluation, v) or v in settled]
    clarify = case.evaluation.rules.clarify
    if clarify is None or clarify.abnormally_low is None:
        yield Paragraph("Not checked: the rules state no test of abnormally low prices.")
    elif not low:
        yield Paragraph("No price is abnormally low by the rules.")
    for vendor in low:
        below = low_price(case.evaluation, vendor)
        words = f": {below_words(below)}" if below else ""
        entry = settled.get(vendor)
        outcome = (
            f"{entry.outcome} on {day(entry.on)}: {entry.reason.rstrip('.')}"
            if entry
            else "not settled"
        )
        yield Paragraph(f"{vendor}{words}; {outcome}.")


def _award(case: ReportCase) -> Iterator[Block]:
    yield Heading("Award and its reasons")
    award = case.tender.decisions.award
    if award is None:
        yield missing("an entry 'award' in decisions.yaml")
        return
    first = case.evaluation.leaders
    yield Paragraph(f"Awarded to {award.vendor} on {day(award.on)} by {award.by}: {award.reason}")
    if award.off_ranking is not None:
        ahead = wording.listed(first, at_most=3)
        yield Paragraph(f"Not first in the ranking; first: {ahead}. Reason: {award.off_ranking}")
    elif len(first) > 1:
        yield Paragraph(f"{wording.listed(first)} tie for the first place.")
    else:
        yield Paragraph(f"{award.vendor} is first by the rules.")


def _known(case: ReportCase) -> Iterator[Block]:
    yield Heading("To be completed by the buyer")
    for key, what in KNOWN_TO_THE_BUYER.items():
        entered = case.file.report.get(key)
        said = f"{wording.begun(what)}: {entered}" if entered else f"Not entered: {what}."
        yield Paragraph(said, "plain" if entered else "muted")


def _conflicts(case: ReportCase) -> Iterator[Block]:
    """The interests that were declared, with what was done, and what the buyer adds."""
    yield Heading("Conflicts of interest")
    panel, entered = case.tender.panel, case.file.report.get("conflicts")
    if panel is not None and panel.declared.interests:
        rows = [interest_row(each, panel.rules) for each in panel.declared.interests]
        yield grid("Interests that the log of scores holds", INTERESTS, rows)
    elif panel is not None and panel.declared.asked_for:
        yield Paragraph("Nobody declared an interest in the log of scores.")
    if entered:
        yield Paragraph(entered)
    elif panel is None or not panel.declared.asked_for:
        what = "conflicts of interest that were found, and what was done"
        yield Paragraph(f"Not entered: {what}.", "muted")


def _ranking(case: ReportCase) -> Iterator[Block]:
    yield Heading("Ranking")
    evaluation = case.evaluation
    rows = [
        [
            str(evaluation.ranks[vendor]),
            vendor,
            *_ranked_by(evaluation, vendor),
            price_words(evaluation, vendor),
        ]
        for vendor in evaluation.ranking
    ]
    points: tuple[str, ...] = () if evaluation.rules.lowest_price else ("Points",)
    if evaluation.divisor is not None:
        points = ("Points of quality", "Price of a point")
    yield grid("Vendors by rank", ("Rank", "Vendor", *points, "Price as evaluated"), rows)


def _ranked_by(evaluation: Evaluation, vendor: str) -> list[str]:
    """What ranks a vendor besides its price."""
    if evaluation.rules.lowest_price:
        return []
    each = [] if evaluation.divisor is None else [point_price_cell(evaluation, vendor)]
    return [wording.points(evaluation.ranked_score(vendor)), *each]


def _record(case: ReportCase) -> Iterator[Block]:
    entries = case.tender.decisions.entries
    if entries:
        yield Heading("Decisions")
        rows = [
            [
                day(e.on),
                e.kind.replace("_", " "),
                getattr(e, "vendor", NONE),
                e.reason,
                e.by,
                getattr(e, "approved_by", NONE),
            ]
            for e in entries
        ]
        yield grid(
            "What was decided", ("On", "What", "Vendor", "Reason", "By", "Approved by"), rows
        )
    if case.file.withhold:
        yield Heading("Withheld from letters")
        rows = [[w.vendor, w.criterion, w.what, w.ground, w.by] for w in case.file.withhold]
        yield grid(
            "Withheld from other vendors", ("Vendor", "Criterion", "Item", "Ground", "By"), rows
        )


def _letters(case: ReportCase) -> Iterator[Block]:
    yield Heading("Letters")
    rows = [
        [each.vendor, "complete" if each.complete else f"{_lacks(each)} missing"]
        for each in case.letters
    ]
    yield grid("A letter to each vendor", ("To", "Items"), rows)
    for warning in case.warnings:
        yield Paragraph(f"{wording.begun(warning)}.")
    if case.standstill:
        yield Paragraph(f"Standstill: {case.standstill.sentence}")


def _lacks(letter: AwardLetter) -> str:
    return wording.counted(sum(item.fault is not None for item in letter.items), "item")
