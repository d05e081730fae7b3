"""Section: how firm the first place is, what that rests on, and what to do about it."""

from collections.abc import Callable

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.analysis.weights.dirichlet import weight_ranges
from vendor_eval.award.checks import CHECKS
from vendor_eval.award.rank_basis import lead_words, margin, standings
from vendor_eval.award.result import Result
from vendor_eval.award.stated_weights import fitting, fitting_ranges, stated_words
from vendor_eval.award.verdict import RobustnessCheck, closest_rival, share_of_100
from vendor_eval.report import style
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.criteria import Criterion, Tree
from vendor_eval.rules.robustness import FIRM, SENSITIVE

COLUMNS = 20
TICK, FLAG, SHOWN = "\u2713 holds", "\u2691 check", "shown"
PUBLISHED = "The published rules alone decide; nothing here is a matter of judgement."


def fact_sentence(result: Result, *, sealed: bool) -> str:
    """Who is first under the rules, and by how much, for every verdict; "" without a leader."""
    evaluation, leader = result.evaluation, result.recommendation.vendor
    if leader is None or len(evaluation.ranking) < 2:
        return ""
    first = evaluation.ranking[:2]
    rules = "Under the sealed rules" if sealed else "Under the rules"
    if result.information is not None:
        rules += f", at the mean of all weights {fitting(result.information)},"
    if not margin(evaluation, *first):
        rival = evaluation.ranking[1]
        return f"{rules} {leader} is level with {rival} and placed first by the tie rule."
    one, two = standings(evaluation, first)
    if evaluation.rules.award_rule.form != "highest_score":
        return f"{rules} {leader} is first, at {one} against {two}."
    gap = "" if one != two else f", by {lead_words(evaluation, *first)}"
    return f"{rules} {leader} is first, {one} to {two}{gap}."


def rerun_sentence(result: Result, shown: Callable[[str], str] = str) -> str:
    """In how many of 100 re-runs the leader stays ahead of its closest rival, and what is drawn.

    `shown` says how a vendor is named.
    """
    award, reruns = result.recommendation, result.reruns
    if award.vendor is None or award.runner_up is None:
        return ""
    if reruns is None:
        return _published(result) if result.evaluation.rules.procedure == "public" else ""
    closest = closest_rival(reruns)
    if closest is None:
        return ""
    rival, share = closest
    number = share_of_100(share, reruns.draws)
    often = "fewer than 1" if share and not number else str(number)
    other = ", its closest rival," if len(result.evaluation.ranking) > 2 else ""
    leads = f"{shown(award.vendor)} stays ahead of {shown(rival)}{other}"
    return f"{leads} in {often} of 100 re-runs. Each re-run varies {_drawn(result)}."


def _published(result: Result) -> str:
    """That the published rules alone decide, and why nothing is drawn."""
    rules, tree = result.evaluation.rules, result.evaluation.tree
    if any(rules.is_judged(tree.criterion(path)) for path in tree.leaves):
        return "The published rules alone decide; they allow for no error of judgement."
    return PUBLISHED


def _drawn(result: Result) -> str:
    """What each re-run draws, as the object of a sentence."""
    weights = "the weights"
    if result.information is not None:
        weights = f"the weights over all {fitting(result.information)}"
    drawn = {
        weights: result.draws_weights,
        "the judged points": result.has_errors and bool(_judged(result)),
        "the answers with a stated error": result.has_errors and bool(_stated(result)),
        "the open answers": result.has_open_answers,
    }
    return wording.listed([name for name, is_drawn in drawn.items() if is_drawn])


def _judged(result: Result) -> list[Criterion]:
    """The weighed leaves that share the judgement error, where there is one."""
    rules = result.evaluation.rules
    judged = [leaf for leaf in _weighed(result) if rules.is_judged(leaf) and leaf.error is None]
    return judged if result.judgement_error.points else []


def _stated(result: Result) -> list[Criterion]:
    """The weighed leaves whose error the rules state."""
    return [leaf for leaf in _weighed(result) if leaf.error is not None]


def _weighed(result: Result) -> list[Criterion]:
    tree = result.evaluation.tree
    return [tree.criteria[n] for n in tree.leaf_at if tree.weights[n] > 0]


def ranges_sentence(result: Result) -> str:
    """The ranges in which weights are drawn, which a person can argue with, and the errors."""
    evaluation, model = result.evaluation, result.evaluation.rules.robustness
    tree, parts = evaluation.tree, []
    if len(evaluation.ranking) < 2:
        return ""
    if result.information is not None:
        each = [_range(tree, p, *ends, "mean") for p, ends in fitting_ranges(result).items()]
        within = "In 9 of 10 re-runs each weight lies in this range"
        parts += [stated_words(evaluation.rules), f"{within}: {'; '.join(each)}."]
        parts.append("Where this page speaks of agreed weights, it means that mean.")
    elif evaluation.rules.procedure == "private" and len(tree.top) > 1:
        ranges = weight_ranges(tree, concentration=model.concentration)
        each = [_range(tree, path, *ranges[path], "agreed") for path in tree.top]
        setting = (
            f"the setting \u201c{model.preset}\u201d" if model.preset else "the rules' setting"
        )
        within = f"With {setting}, each weight lies in its range in 9 of 10 re-runs"
        parts.append(f"{within}: {'; '.join(each)}.")
    if result.has_errors and _judged(result):
        error = wording.number(float(wording.rounded(result.judgement_error.points, 1)))
        unit = "point" if error == "1" else "points"
        measured = ", measured by the panel's marks" * (result.judgement_error.said_by == "panel")
        parts.append(
            f"The judged points of a bid may all be too high or too low by {error} {unit} "
            f"(one standard deviation{measured})."
        )
    for leaf in _stated(result) if result.has_errors else []:
        unit = "points" if leaf.value is None or not leaf.value.relative else leaf.unit or ""
        error = f"{wording.number(leaf.error or 0)} {unit}".strip()
        parts.append(f"\u201c{leaf.label}\u201d may be off by {error} (one standard deviation).")
    return " ".join(parts)


def _range(tree: Tree, path: str, low: float, high: float, what: str) -> str:
    label, weight = tree.criterion(path).label, wording.percent(tree.weights[tree.at(path)])
    ends = [wording.rounded(100 * end, 0) for end in (low, high)]
    return f"{label} {ends[0]} to {ends[1]} % ({what} {weight})"


def words_sentence(result: Result) -> str:
    """What each word means, and how the shares were found; "" where nothing is drawn."""
    reruns = result.reruns
    if reruns is None or result.recommendation.runner_up is None:
        return ""
    return (
        "A first place is firm if the leader stays ahead of each rival in at least "
        f"{wording.percent(FIRM)} of the re-runs and no check is flagged. It is sensitive if that "
        f"share is at least {wording.percent(SENSITIVE)}, and too close to call below that. "
        f"There were {wording.counted(reruns.draws, 're-run')}, with random seed {reruns.seed}."
    )


def advice_sentence(result: Result) -> str:
    """What to do about a result that is not firm; "" where it is."""
    award, public = result.recommendation, result.evaluation.rules.procedure == "public"
    if award.verdict == "too close":
        return _tie_advice(result, public) if not award.margin else _close_advice(result, public)
    if award.verdict != "sensitive":
        return ""
    flagged = [check.says for check in award.flags]
    step = "before you notify bidders" if public else "before you award"
    if flagged:
        return f"What to do: check this {step}. {flagged[0]}"
    rests = f"the weights, points and answers that the lead over {_rivals(result)} rests on"
    if public:
        rests = f"the points and answers that the lead over {_rivals(result)} rests on"
    turning = [q.vendor for q in result.questions if q.kind != "gates" and q.could_change]
    ask = f" Ask {turning[0]} first: its open answer could change the winner." if turning else ""
    return f"What to do: confirm {rests} {step}.{'' if public else ask}"


def _rivals(result: Result) -> str:
    return wording.listed(result.recommendation.rivals_not_told_apart, at_most=3)


def _tie_advice(result: Result, public: bool) -> str:
    """What to do about vendors that are level."""
    award = result.recommendation
    level = wording.listed(result.evaluation.leaders, at_most=3)
    if award.vendor is not None:
        return "What to do: the tie rule decides. Check the points that it reads."
    if public:
        return f"What to do: the published rules do not separate {level}. Apply the law on ties."
    return f"What to do: take up references for {level}, or ask them for a final offer."


def _close_advice(result: Result, public: bool) -> str:
    """What to do about a leader that is hardly ahead."""
    award = result.recommendation
    both = wording.listed([str(award.vendor), *award.rivals_not_told_apart], at_most=3)
    flagged = [check.says for check in award.flags]
    first = f" Check first: {flagged[0]}" if flagged else ""
    if public:
        return (
            "What to do: the published rules decide. Check the points and answers of "
            f"{both} before you notify bidders.{first}"
        )
    return f"What to do: take up references, or ask {both} for a final offer.{first}"


def rivals_sentence(result: Result) -> str:
    """Against whom the lead is firm and against whom it is not."""
    award, reruns = result.recommendation, result.reruns
    if reruns is None or award.vendor is None or not award.rivals_not_told_apart:
        return ""
    apart = wording.listed(award.rivals_not_told_apart, at_most=5)
    out = [v for v in result.evaluation.ranking[1:] if v not in award.rivals_not_told_apart]
    rest = f"; the lead over {wording.listed(out, at_most=5)} is firm" if out else ""
    return f"In the re-runs the lead over {apart} is not firm{rest}."


def reruns_figure(result: Result) -> go.Figure:
    """One dot for each of 100 re-runs, filled where the leader stays ahead of its closest rival."""
    reruns, leader = result.reruns, result.recommendation.vendor
    closest = reruns and closest_rival(reruns)
    if not reruns or not closest or leader is None:
        return go.Figure()
    number = share_of_100(closest[1], reruns.draws)
    ahead = f"{leader} stays ahead of {closest[0]} ({number} of 100 re-runs)"
    caption = f"Filled: {ahead}. Hollow: it does not."
    dots = [(n % COLUMNS, -(n // COLUMNS)) for n in range(100)]
    traces = [
        go.Scatter(
            x=[x for x, _ in part],
            y=[y for _, y in part],
            mode="markers",
            marker={"size": 11, "color": fill, "line": {"color": style.LEAD, "width": 1.5}},
            hoverinfo="skip",
        )
        for part, fill in ((dots[:number], style.LEAD), (dots[number:], "white"))
    ]
    drawn = style.figure(
        traces,
        alt=f"{number} of 100 re-runs keep {leader} ahead of {closest[0]}",
        caption=caption,
        height=124,
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
    )
    ends = {"range": [-0.5, COLUMNS - 0.5], "scaleanchor": "y", "constrain": "domain"}
    drawn.update_xaxes(visible=False, constraintoward="left", **ends)
    drawn.update_yaxes(visible=False, range=[-100 / COLUMNS + 0.4, 0.6], constrain="domain")
    return drawn


def check_sign(check: RobustnessCheck) -> str:
    """A tick or a flag with its word; what the check came to where it caps nothing."""
    return {True: TICK, False: FLAG, None: check.count or SHOWN}[check.ok]


def checks_table(result: Result) -> Html:
    """Every check with a tick or a flag."""
    rows = [
        [CHECKS[check.kind].name, check_sign(check), check.says]
        for check in result.recommendation.checks
    ]
    head = ["Check", "", "What was found"]
    return table("Checks of the first place", head, rows, prose=True) if rows else Html("")


def section(result: Result) -> Section:
    """How firm the first place is."""
    return shown(
        say(rerun_sentence(result)),
        say(rivals_sentence(result)),
        reruns_figure(result),
        checks_table(result),
        say(advice_sentence(result)),
        say(ranges_sentence(result)),
        say(words_sentence(result)),
    )
