"""The annex of an award report: what was checked before vendors are notified."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.award.document import Block, Grid, Heading, Paragraph, grid, missing
from vendor_eval.award.report_case import ReportCase
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.standing import evidence_of_order
from vendor_eval.panel.void_locks import locked_again
from vendor_eval.rules.seal import sealing
from vendor_eval.wording import NONE


def annex(case: ReportCase) -> Iterator[Block]:
    """The seal, the log, each check, and what was done about it."""
    yield Heading("Annex: checks before notification")
    yield from _standing(case)
    award = case.record["recommendation"]
    yield Paragraph(f"Verdict: {award['verdict']}. {award['sentence']}")
    if award["checks"]:
        yield _checks(case)
    for kind in case.undone:
        yield missing(f"checks.{kind} in letters.yaml: what was done about this check")


def _standing(case: ReportCase) -> Iterator[Block]:
    """What weakens the record: no seal, odd comments, a void lock, a log nobody witnessed."""
    tender = case.tender
    yield Paragraph(f"{sealing(tender.seal)}.", "plain" if tender.seal else "missing")
    if tender.panel is None:
        return
    findings = comment_findings(tender.panel)
    if findings:
        counted = wording.counted(len(findings), "warning")
        yield Paragraph(f"Warnings about comments are open: {counted}.", "missing")
        yield from (Paragraph(str(finding)) for finding in findings)
    yield from (
        Paragraph(v.sentence, "missing" if v.moved else "plain") for v in locked_again(tender.panel)
    )
    proof = evidence_of_order(tender.panel)
    said = f"The log has the code {tender.panel.log.code}; {proof}."
    yield Paragraph(said, "plain" if tender.panel.evidenced else "missing")


def _checks(case: ReportCase) -> Grid:
    words = {True: "holds", False: "flagged", None: "shown"}
    rows = [
        [
            check["kind"],
            words[check["ok"]],
            check["says"],
            case.file.checks.get(check["kind"], NONE),
        ]
        for check in case.record["recommendation"]["checks"]
    ]
    return grid(
        "Each check, and what was done about it", ("Check", "Result", "Found", "Done"), rows
    )
