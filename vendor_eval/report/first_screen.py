"""What a reader must know, on one screen of a phone."""

from collections.abc import Sequence
from datetime import date

from vendor_eval import wording
from vendor_eval.award.award import Assessment
from vendor_eval.outputs.warnings import warnings as every_warning
from vendor_eval.report.decisions import corrected_first_sentence, excluded_first_sentence
from vendor_eval.report.html import Html, rendered
from vendor_eval.report.section import Section
from vendor_eval.report.section import section as shown
from vendor_eval.report.summary import summary
from vendor_eval.rules.rules import fingerprint
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.tender import Case

ROOMY, HEADLINE = 780, 140
"""Characters up to which the first screen fits a phone in letters of the usual size."""


def first_screen(case: Case, assessment: Assessment) -> Html:
    """What a reader must know, on one screen of a phone."""
    told, verdict = summary(assessment), assessment.recommendation.verdict
    facts = [
        ("reasons", "For", told.reason_for),
        ("reasons", "Against", told.reason_against),
        ("change", "Would change it", told.change),
        ("change", "Not known", told.unknown),
        ("rivals", "Next best", told.next_best),
        ("rivals", "Cheapest eligible", told.cheapest),
    ]
    decided = [
        ("corrected", "Corrected", corrected_first_sentence(case, assessment.evaluation)),
        ("corrected", "Excluded", excluded_first_sentence(case, assessment.evaluation)),
    ]
    facts = [*(fact for fact in decided if fact[2]), *facts]
    rules = case.rules
    above = (rules.decision, rules.notice, rules.source, told.sentence, told.sureness)
    length = sum(len(text or "") for text in (*above, *(text for *_, text in facts)))
    return rendered(
        "first_screen",
        rules=case.rules,
        summary=told,
        verdict=_badge(assessment),
        mood="sound" if verdict == "clear" and not assessment.recommendation.open else "careful",
        facts=facts,
        dense=length > ROOMY,
        long=len(told.sentence) > HEADLINE,
        seal=seal_state(case, assessment.evaluation.scenario),
        as_of=day(case.rules.as_of),
    )


def _badge(assessment: Assessment) -> str:
    """The verdict in a word or two; "Open" while somebody must answer first."""
    award = assessment.recommendation
    if award.open:
        return "Open"
    return "No award" if award.verdict == "none" else award.verdict.capitalize()


def seal_state(case: Case, scenario: str | None = None) -> str:
    """Whether the rules are sealed, the start of their fingerprint, and the scenario, if any."""
    print_ = fingerprint(case.rules).removeprefix("sha256:")
    short = f"{print_[:4]} {print_[4:8]}"
    late = scenario and case.seal and not case.seal.covers(case.rules, scenario)
    under = (
        scenario
        and f" \u00b7 scenario {wording.titled(scenario)}{' (added after sealing)' if late else ''}"
    )
    return f"{sealing(case.seal)} \u00b7 {short}{under or ''}"


def day(typed: date | None) -> str:
    """A date in words, as "20 Nov 2026"; nothing for none."""
    return f"{typed.day} {typed:%b %Y}" if typed else ""


def warnings(told: Sequence[str]) -> Html:
    """What a reader should be warned of, one line each."""
    return rendered("warnings", warnings=told)


def section(case: Case, result: Assessment) -> Section:
    """What a reader must know, and what to be warned of."""
    return shown(first_screen(case, result), warnings(every_warning(case, result)))
