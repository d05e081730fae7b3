"""The risks of the first vendor, and what its lead rests on that it only claims."""

from vendor_eval import wording
from vendor_eval.award.claims import Claims, leader_claims
from vendor_eval.award.result import Result
from vendor_eval.award.risks import award_risks
from vendor_eval.report.clarifications import cells
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE

RULE = (
    "An answer that names evidence counts as evidenced, one that names none as claimed: vendors "
    "cannot mark answers as contractual. Prices, sites, languages and certificates have no place "
    "for evidence and count as neither."
)
TABLE = "Not known: a table of answers has no place for evidence."
NOTHING = "No rule finds a risk."
LOW = "an abnormally low price, "
CHECKED = (
    "Looked for: {low}a lead that rests on claims, another winner at other "
    "volumes, data that leaves by contract clauses only, certificates that end within the term, a "
    "single site, and a charge on exit of a month or more."
)


def claims_sentence(result: Result) -> str:
    """What of the leader's lead rests on answers without evidence; "" without a rival."""
    rest, award = leader_claims(result), result.recommendation
    if rest is None:
        if result.evaluation.rules.lowest_price:
            return ""  # a lead in price rests on no claim
        table_alone = not result.tender.facts and award.vendor and award.runner_up
        return TABLE if table_alone else ""
    if not rest.gained:
        return f"Every answer of {rest.vendor} that can name evidence does."
    answers = wording.counted(len(rest.gained), "weighed answer")
    name = wording.agreeing(len(rest.gained), "names", "name")
    start = f"{answers} of {rest.vendor} {name} no evidence"
    if not rest.total:
        return f"{start}; none of the lead over {rest.rival} rests on them."
    part = _part(rest, points=result.evaluation.divisor is None)
    return f"{start}; {part} over {rest.rival} {_rests(result, rest)}."


def _part(rest: Claims, *, points: bool) -> str:
    if rest.decide:
        return "the whole lead"
    if not points:
        return f"{wording.percent(rest.total / rest.margin)} of the lead"
    one, all_ = (wording.points(points / 100) for points in (rest.total, rest.margin))
    return f"{one} of the {all_} points ahead"


def _rests(result: Result, rest: Claims) -> str:
    tree = result.evaluation.tree
    labels = [tree.criterion(path).label for path, points in rest.gained.items() if points > 0]
    whole = rest.decide or result.evaluation.divisor is not None
    verb = "rests on" if whole else "rest on"
    return f"{verb} {wording.listed(labels, at_most=2)}"


def risks_table(result: Result) -> Html:
    """Every risk that a rule finds, with its cells and what to settle before the award."""
    rows = [
        [wording.titled(risk.kind), risk.says, cells(risk.cells), risk.condition or NONE]
        for risk in award_risks(result)
    ]
    if not rows:
        return Html("")
    head = ["Risk", "What was found", "Where", "Before the award"]
    return table(f"Risks of {result.evaluation.winner}", head, rows, prose=True)


def claims_table(result: Result) -> Html:
    """The leader's answers without evidence, and what each adds to its lead."""
    rest = leader_claims(result)
    if rest is None or not rest.gained:
        return Html("")
    evaluation = result.evaluation
    rows = []
    for path, points in rest.gained.items():
        leaf = evaluation.tree.criterion(path)
        where = cells(evaluation.proposals.cells(rest.vendor, str(leaf.reads)))
        rows.append([leaf.label, where, _ahead(rest, points, evaluation.divisor is None)])
    head = ["Criterion", "Where", f"Ahead of {rest.rival}"]
    return table(f"Answers of {rest.vendor} without evidence", head, rows, prose=True)


def _ahead(rest: Claims, points: float, as_points: bool) -> str:
    """A part of the lead in points, or as a share of it where points are divided by price."""
    if as_points or not rest.margin:
        return wording.difference(points / 100)
    return f"{wording.percent(points / rest.margin)} of the lead"


def section(result: Result) -> Section:
    """The risks of the first vendor."""
    if result.evaluation.winner is None:
        return shown()
    listed = risks_table(result)
    checked = CHECKED.format(low="" if result.evaluation.rules.price is None else LOW)
    claimed = claims_sentence(result)
    return shown(
        say(checked if listed.markup else f"{NOTHING} {checked}"),
        listed,
        say(f"{claimed} {RULE}" if claimed and result.tender.facts else claimed),
        claims_table(result),
    )
