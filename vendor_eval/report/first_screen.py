"""What a reader must know, on one screen of a phone."""

from collections.abc import Sequence
from datetime import date

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report.decisions import corrected_first_sentence, excluded_first_sentence
from vendor_eval.report.html import Html, rendered
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.summary import summary_of
from vendor_eval.rules.rules import fingerprint
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.tender import Tender

ROOMY, HEADLINE = 780, 140
"""Characters up to which the first screen fits a phone in letters of the usual size."""


def first_screen_html(tender: Tender, result: Result) -> Html:
    """What a reader must know, on one screen of a phone."""
    summary = summary_of(result, sealed=tender.seal is not None)
    facts = [
        ("reasons", "For", summary.reason_for),
        ("reasons", "Against", summary.reason_against),
        ("change", "Check first", _flag(result)),
        ("change", "Would change it", summary.change),
        ("change", "Not known", summary.unknown),
        ("rivals", "Next best", summary.next_best),
        ("rivals", "Cheapest eligible", summary.cheapest),
    ]
    decided = [
        ("corrected", "Corrected", corrected_first_sentence(tender, result.evaluation)),
        ("corrected", "Excluded", excluded_first_sentence(tender, result.evaluation)),
    ]
    facts = [*(fact for fact in decided if fact[2]), *(fact for fact in facts if fact[2])]
    rules = tender.rules
    above = (rules.decision, rules.notice, rules.source, summary.sentence, summary.sureness)
    length = sum(len(text or "") for text in (*above, *(text for *_, text in facts)))
    return rendered(
        "first_screen",
        rules=tender.rules,
        summary=summary,
        verdict=_badge(result),
        mood="sound" if result.recommendation.verdict == "firm" else "careful",
        facts=facts,
        dense=length > ROOMY,
        long=len(summary.sentence) > HEADLINE,
        seal=seal_state(tender, result.evaluation.scenario),
        as_of=day(tender.rules.as_of),
    )


def _flag(result: Result) -> str:
    """The first check that is flagged, and how many more are; "" for none."""
    flags = [check.says for check in result.recommendation.flags]
    more = f" {wording.counted(len(flags) - 1, 'more check')} below." if flags[1:] else ""
    return flags[0] + more if flags else ""


def _badge(result: Result) -> str:
    """The verdict in a word or two."""
    verdict = result.recommendation.verdict
    if result.recommendation.open:
        return "Open"
    return "No award" if verdict == "none" else verdict.capitalize()


def seal_state(tender: Tender, scenario: str | None = None) -> str:
    """Whether the rules are sealed, the start of their fingerprint, and the scenario, if any."""
    print_ = fingerprint(tender.rules).removeprefix("sha256:")
    short = f"{print_[:4]} {print_[4:8]}"
    late = scenario and tender.seal and not tender.seal.covers(tender.rules, scenario)
    under = (
        scenario
        and f" \u00b7 scenario {wording.titled(scenario)}{' (added after sealing)' if late else ''}"
    )
    return f"{sealing(tender.seal)} \u00b7 {short}{under or ''}"


def day(typed: date | None) -> str:
    """A date in words, as "20 Nov 2026"; nothing for none."""
    return f"{typed.day} {typed:%b %Y}" if typed else ""


def warnings(lines: Sequence[str]) -> Html:
    """What a reader should be warned of, one line each."""
    return rendered("warnings", warnings=lines)


def section(tender: Tender, result: Result) -> Section:
    """What a reader must know, and what to be warned of."""
    return shown(first_screen_html(tender, result), warnings(every_warning(tender, result)))
