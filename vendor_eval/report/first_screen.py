"""What a reader must know, on one screen of a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vendor_eval import wording
from vendor_eval.award.contract import contract_amounts
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.warnings import every_warning, other_model
from vendor_eval.panel.values import changed_levels
from vendor_eval.panel.void_locks import locked_again
from vendor_eval.report.conflicts import interest_first_sentence
from vendor_eval.report.decisions import (
    corrected_first_sentence,
    excluded_first_sentence,
    late_first_sentence,
)
from vendor_eval.report.html import Html, rendered
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.summary import summary_of
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.tender import Tender

ROOMY, HEADLINE = 780, 140
"""Characters up to which the first screen fits a phone in letters of the usual size."""
Fact = tuple[str, str, str]
"""What a fact is about, its heading and its text."""


@dataclass(frozen=True)
class FirstScreen:
    """What a reader must know of one question, as data: plain text throughout."""

    rules: Rules
    sentence: str
    """The answer to the page's question."""
    facts: tuple[Fact, ...]
    seal: str
    badge: str = ""
    """How firm the answer is in a word or two; "" where the page does not say."""
    sound: bool = False
    """Whether that word is good news."""
    sureness: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the answer takes so many words that its letters are smaller."""
        return len(self.sentence) > HEADLINE

    @property
    def as_of(self) -> str:
        """The day up to which answers count, in words; "" for none."""
        return day(self.rules.as_of)


def award_screen(tender: Tender, result: Result) -> FirstScreen:
    """The recommendation, how firm it is, and what a reader must know of it."""
    summary = summary_of(result, sealed=tender.seal is not None)
    facts = [
        ("corrected", "Not as sealed", " ".join(other_model(tender, result))),
        ("corrected", "Corrected", corrected_first_sentence(tender, result.evaluation)),
        ("corrected", "Excluded", excluded_first_sentence(tender, result.evaluation)),
        ("corrected", "Changed after prices", changed_sentence(tender)),
        *locked_again_facts(tender, result.evaluation),
        ("corrected", "Came in late", late_first_sentence(tender, result.evaluation)),
        ("corrected", "Interest", interest_first_sentence(tender, result.evaluation)),
        ("value", "Contract", contract_sentence(tender, result)),
        ("reasons", "For", summary.reason_for),
        ("reasons", "Against", summary.reason_against),
        ("change", "Check first", _flag(result)),
        ("change", "Would change it", summary.change),
        ("change", "Not known", summary.unknown),
        ("rivals", "Next best", summary.next_best),
        ("rivals", "Cheapest eligible", summary.cheapest),
    ]
    return FirstScreen(
        tender.rules,
        summary.sentence,
        tuple(fact for fact in facts if fact[2]),
        seal_state(tender, result.evaluation.scenario),
        badge=badge(result),
        sound=result.recommendation.verdict == "firm",
        sureness=summary.sureness,
    )


def changed_sentence(tender: Tender) -> str:
    """Which levels were changed after prices were opened, and who approved it; "" for none."""
    labels = {path: leaf.label for path, leaf in tender.rules.judged_leaves.items()}
    said = [
        f"{each.item.vendor} on {labels[each.item.criterion]}, from {each.before} to {each.now} "
        f"(approved by {each.approved_by})"
        for each in changed_levels(tender.panel)
    ]
    return f"{wording.listed(said, at_most=3)}." if said else ""


def locked_again_facts(tender: Tender, evaluation: Evaluation) -> tuple[Fact, ...]:
    """Each lock that became void, and what changed when totals could be known."""
    facts = list[Fact]()
    for void in locked_again(tender.panel):
        first = list(void.leaders(evaluation))
        was = f"{wording.listed(first)} {wording.agreeing(len(first), 'was', 'were')} first"
        differs = bool(first) and tuple(first) != evaluation.leaders
        before = f" By the levels of the earlier lock, {was}." if differs else ""
        facts.append(("corrected", "Locked again", f"{void.sentence}{before}"))
    return tuple(facts)


def contract_sentence(tender: Tender, result: Result) -> str:
    """The contract's value apart from the buyer's own costs, and whether it holds a charge on exit.

    "" where nothing is counted.
    """
    amounts = contract_amounts(tender, result.evaluation, result.recommendation.vendor)
    if amounts.value is None or amounts.own_costs is None:
        return ""
    parts = wording.parts_shown((amounts.value, amounts.own_costs))
    value, own, on_exit = (
        wording.money_whole(amount, tender.rules.currency)
        for amount in (*parts, amounts.on_exit or 0.0)
    )
    if amounts.on_exit is None:
        return f"{value}; our own costs of {own} are extra."
    within = f"{on_exit if amounts.on_exit else 'none'} of it on exit"
    term = wording.counted(tender.comparison.months, "month")
    return f"{value} over {term}, {within}; our own costs of {own} are extra."


def first_screen_html(screen: FirstScreen, fit: float = 1) -> Html:
    """A first screen as markup, in smaller letters where it is long.

    `fit`: the factor by which its letters are smaller on paper.
    """
    above = (screen.rules.decision, screen.rules.notice, screen.rules.source)
    texts = (*above, screen.sentence, screen.sureness, *(text for *_, text in screen.facts))
    return rendered(
        "first_screen",
        screen=screen,
        dense=sum(len(text or "") for text in texts) > ROOMY,
        fit=fit,
    )


def _flag(result: Result) -> str:
    """The first check that is flagged, and how many more are; "" for none."""
    flags = [check.says for check in result.recommendation.flags]
    more = f" {wording.counted(len(flags) - 1, 'more check')} below." if flags[1:] else ""
    return flags[0] + more if flags else ""


def badge(result: Result) -> str:
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


def warnings_section(tender: Tender, result: Result) -> Section:
    """What to be warned of."""
    return shown(warnings(every_warning(tender, result)))
