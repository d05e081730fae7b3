"""The sheets *Scorecard*, the live ranking, and *Read me*."""

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from vendor_eval.award.headline import sentence
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import closest_rival, share_of_100
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.outputs.scorecard import (
    sheet_gates,
    sheet_performance,
    sheet_values,
    sheet_weights,
)
from vendor_eval.outputs.scorecard.book import (
    DECIMAL_PLACES,
    HEADER,
    MUTED,
    PERCENT,
    POINTS,
    SheetWriter,
    ref,
)
from vendor_eval.outputs.scorecard.plan import Plan
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.tender import Tender

SHEET, README = "Scorecard", "Read me"
RANK, VENDOR, STATUS, SCORE, PRICE = 1, 2, 3, 4, 5
FIRST_ROW = HEADER + 2


def scorecard_sheet(book: Workbook, plan: Plan, status_row: int) -> None:
    """Writes the vendors as ranked now, each with the formulas that would rank it otherwise."""
    evaluation = plan.evaluation
    rules, tree = evaluation.rules, evaluation.tree
    page = SheetWriter(book, SHEET, rules.decision, title=rules.title)
    scenario = f"Scenario: {evaluation.scenario}" if evaluation.scenario else None
    page.text(3, 1, " · ".join(filter(None, [rules.notice, rules.source, scenario])), "sentence")
    first = _first_part(rules)
    divided = evaluation.divisor
    shadow = first + len(tree.top)
    ties = shadow + 1
    key = ties + len(rules.tie_break)
    price_heading = {} if rules.price is None else {f"Price ({rules.currency})": 15}
    price_heading |= {} if divided is None else {"Price of a point": 15}
    score = "Score" if divided is None else "Quality"
    page.headings(
        {"Rank": 7, "Vendor": 30, "Status": 11, score: 10, **price_heading},
        numbers_from=SCORE,
    )
    for column, path in enumerate(tree.top, start=first):
        page.heading(column, tree.criterion(path).label, 13)
    page.heading(shadow, "Rank if it passed", 9)
    for column, path in enumerate(rules.tie_break, start=ties):
        page.heading(column, f"Tie-break: {path}", 13)
    as_ranked = f"Score to {DECIMALS} decimals" if rules.rounding is None else "Score as it ranks"
    page.heading(key, as_ranked if divided is None else "Quality over price, as it ranks", 15)
    _weights_row(page, plan, key)
    vendors = standing(evaluation)
    last = HEADER + 1 + len(vendors)
    for row, vendor in enumerate(vendors, start=FIRST_ROW):
        column = plan.columns[vendor]
        page.text(row, VENDOR, vendor, "label")
        page.formula(row, STATUS, f"{sheet_gates.SHEET}!{ref(column, status_row)}", "fine print")
        price_cell(page, plan, row, column, PRICE)
        _parts(page, plan, row, column)
        for at, path in enumerate(rules.tie_break, start=ties):
            value = f"{sheet_values.SHEET}!{ref(column, plan.rows[path])}"
            rounded = f'IF(ISNUMBER({value}),ROUND({value},{DECIMALS}),"")'
            page.formula(row, at, rounded, "fine number", POINTS)
        ranked = _ranked_score(plan, ref(SCORE, row), column)
        if divided is not None:
            ranked = _divided(page, row, ranked, divided.lowest)
        page.formula(row, key, ranked, "fine number", DECIMAL_PLACES)
        ranks(page, row, last, shadow=shadow, keys=[key, *range(ties, key)])
    emphasis(page, last, key)
    page.finish(header_rows=2, fixed_columns=2)


def _ranked_score(plan: Plan, score: str, column: int) -> str:
    """The formula of one vendor's score as it ranks; `score` is the cell of the exact one."""
    rounding, tree = plan.evaluation.rules.rounding, plan.evaluation.tree
    if rounding is None:
        return f'IF(ISNUMBER({score}),ROUND({score},{DECIMALS}),"")'
    parts = []
    for path in tree.leaves:
        weight = f"{sheet_weights.SHEET}!{ref(sheet_weights.WHOLE, plan.rows[path])}"
        value = f"{sheet_values.SHEET}!{ref(column, plan.rows[path])}"
        parts.append(f"{weight}*{_rounded(value, rounding.decimals(path), rounding.how)}")
    summed = _rounded("+".join(parts), rounding.score, rounding.how)
    return f'IF(ISNUMBER({score}),{summed},"")'


def _rounded(points: str, decimals: int | None, how: str) -> str:
    """A spreadsheet's points to some decimals, float noise first taken off at the ninth."""
    exact = f"ROUND({points},{DECIMALS})"
    if decimals is None:
        return exact
    if how == "down":
        return f"ROUNDDOWN({exact},{decimals})"
    up = f"ROUND({exact},{decimals})"
    if how == "half_up":
        return up
    unit = 10**decimals
    half = f"ROUND(MOD({exact}*{unit},1),{DECIMALS - decimals})=0.5"
    return f"IF({half},2*ROUND({exact}*{unit}/2,0)/{unit},{up})"


def standing(evaluation: Evaluation) -> list[str]:
    """Every vendor: the ranking, then those not ranked by shadow rank, unscored ones last."""
    beyond = len(evaluation.vendors) + 1
    rest = [vendor for vendor in evaluation.vendors if vendor not in evaluation.ranks]
    rest.sort(key=lambda vendor: (evaluation.shadow_ranks.get(vendor, beyond), vendor))
    return [*evaluation.ranking, *rest]


def _first_part(rules: Rules) -> int:
    """The column of the first criterion: after the price and the price of a point, if any."""
    return PRICE + (rules.price is not None) + (rules.per_point is not None)


def price_cell(page: SheetWriter, plan: Plan, row: int, column: int, at: int) -> None:
    """Writes a vendor's price, live; nothing where none is asked."""
    named = plan.evaluation.rules.price_column
    read = plan.readings.get((str(named), True))
    if named is not None and read is not None:
        price = f"{sheet_performance.SHEET}!{ref(column, read)}"
        form = sheet_performance.number_format(plan, named)
        page.formula(row, at, f'IF({price}="","",{price})', "computed", form)


def _divided(page: SheetWriter, row: int, ranked: str, lowest: float) -> str:
    """Writes the price of a point; the formula of the points as they rank, divided by price."""
    price, score = ref(PRICE, row), ref(SCORE, row)
    usable = f"AND(ISNUMBER({price}),ISNUMBER({score}))"
    positive = f"IF({usable},AND({price}>0,{score}>0),FALSE)"
    page.formula(row, PRICE + 1, f'IF({positive},{price}/({ranked}),"")', "computed", "#,##0.00")
    scaled = f"ROUND(({ranked})*{lowest!r}/{price},{DECIMALS})"
    return f'IF(IF({usable},{price}>0,FALSE),{scaled},"")'


def _weights_row(page: SheetWriter, plan: Plan, last_column: int) -> None:
    """Under the headings: the weight of each top-level criterion, live."""
    row = HEADER + 1
    page.band(row, 1, last_column, "fine print branch")
    page.text(row, VENDOR, "Weight; below, weight × value in points", "fine print branch")
    first = _first_part(plan.evaluation.rules)
    for column, path in enumerate(plan.evaluation.tree.top, start=first):
        weight = f"{sheet_weights.SHEET}!{ref(sheet_weights.WHOLE, plan.rows[path])}"
        page.formula(row, column, weight, "computed branch", PERCENT)


def _parts(page: SheetWriter, plan: Plan, row: int, column: int) -> None:
    """What each top-level criterion contributes, and the score as their sum."""
    top = plan.evaluation.tree.top
    first = _first_part(plan.evaluation.rules)
    for at, path in enumerate(top, start=first):
        value = f"{sheet_values.SHEET}!{ref(column, plan.rows[path])}"
        part = f'IF(ISNUMBER({value}),{ref(at, HEADER + 1)}*{value},"")'
        page.formula(row, at, part, "computed", POINTS)
    parts = f"{ref(first, row)}:{ref(first + len(top) - 1, row)}"
    page.formula(row, SCORE, f'IF(COUNT({parts})<{len(top)},"",SUM({parts}))', "result", POINTS)


def ranks(page: SheetWriter, row: int, last: int, *, shadow: int, keys: list[int]) -> None:
    """Writes 1 + the eligible vendors ahead: by score, then by tie-breaks among those level."""

    def down(column: int) -> str:
        return f"{ref(column, FIRST_ROW)}:{ref(column, last)}"

    eligible = f'({down(STATUS)}="eligible")*ISNUMBER({down(keys[0])})'
    ahead, level = [], ""
    for column in keys:
        ahead.append(f"{level}({down(column)}>{ref(column, row)})")
        level += f"({down(column)}={ref(column, row)})*"
    state, scored = ref(STATUS, row), f"ISNUMBER({ref(keys[0], row)})"
    rank = f"1+SUMPRODUCT({eligible}*({'+'.join(ahead)}))"
    page.formula(row, RANK, f'IF(({state}="eligible")*{scored},{rank},"")', "rank", "0")
    passing = f"1+SUMPRODUCT({eligible}*{ahead[0]})"
    page.formula(row, shadow, f'IF(({state}<>"eligible")*{scored},{passing},"")', "computed", "0")


def emphasis(page: SheetWriter, last: int, last_column: int) -> None:
    """The first in the ranking on a tint, who is not ranked in grey; both follow the formulas."""
    cells = f"A{FIRST_ROW}:{ref(last_column)}{last}"
    first = FormulaRule([f"$A{FIRST_ROW}=1"], fill=PatternFill(bgColor="E3EDF7"))
    unranked = FormulaRule([f'$C{FIRST_ROW}<>"eligible"'], font=Font(color=MUTED))
    page.sheet.conditional_formatting.add(cells, first)
    page.sheet.conditional_formatting.add(cells, unranked)


AWARDED: Mapping[str, Mapping[str, str]] = {
    "highest_score": {},
    "price_per_point": {
        "Award rule": "The price divided by the points of quality ranks the vendors, the lowest "
        "first."
    },
    "lowest_price": {
        SHEET: "Ranks and prices. The ranks are live; the rows stay as they were ranked when "
        "written.",
        "Award rule": "The lowest price of the vendors that pass every gate wins.",
    },
}
"""What the sheet *Read me* adds, or says otherwise, by the award rule."""


def readme_sheet(book: Workbook, tender: Tender, result: Result) -> None:
    """Writes what this is, what each sheet holds, and what it was made from."""
    page = SheetWriter(book, README, "What this workbook is, and what it is not.")
    page.sheet.column_dimensions["A"].width, page.sheet.column_dimensions["B"].width = 24, 110
    rules, scenario = tender.rules, result.evaluation.scenario
    rows = {
        "Title": rules.title,
        "Decision": rules.decision,
        "Notice": rules.notice,
        "Source": rules.source,
        "When it was written": f"{sentence(result)} {_verdict(result)} (Not live.)",
        "Scenario": scenario or ("" if rules.lowest_price else "none: the rules' own weights"),
        "Rules": f"{fingerprint(rules)} ({'sealed' if tender.seal else 'not sealed'})",
        **{f"Read: {name}": f"sha256:{digest}" for name, digest in tender.hashes.items()},
        "Colours": "Blue was entered and may be changed; black is a formula and recalculates.",
        SHEET: "Ranks, scores and what each criterion contributes. The ranks are live; the "
        "rows stay as they were ranked when written.",
        sheet_weights.SHEET: "Every criterion's weight: as entered, among siblings, in the whole.",
        sheet_performance.SHEET: "The answers. A range counts as its midpoint or likely number.",
        sheet_values.SHEET: "Each answer in points from 0 to 100; each branch's weighted mean.",
        sheet_values.SCALES: "The value functions that turn answers into points. Relative ones "
        "compare the eligible vendors.",
        **AWARDED[rules.award_rule.form],
        sheet_gates.SHEET: "Pass, fail or unknown; only eligible vendors are ranked.",
        "Incomplete": "A vendor whose bid held a fault when this workbook was written stays "
        "incomplete here and has no score; results.json names each place.",
    }
    if rules.lowest_price:
        weighed = (sheet_weights.SHEET, sheet_values.SHEET, sheet_values.SCALES)
        rows = {name: said for name, said in rows.items() if name not in weighed}
    for row, (name, said) in enumerate(
        ((name, said) for name, said in rows.items() if said), start=HEADER
    ):
        page.text(row, 1, name, "label branch")
        page.text(row, 2, said, "label")
    page.finish(header_rows=0)


def _verdict(result: Result) -> str:
    """The word for the first place, the share that earns it, and what the checks flag."""
    award, reruns = result.recommendation, result.reruns
    sentences = [f"Verdict: {award.verdict}."]
    closest = closest_rival(reruns) if reruns and award.vendor else None
    if reruns and closest:
        often = share_of_100(closest[1], reruns.draws)
        other = ", its closest rival," if len(result.evaluation.ranking) > 2 else ""
        sentences.append(
            f"{award.vendor} stays ahead of {closest[0]}{other} in {often} of 100 re-runs."
        )
    flagged = [check.says for check in award.flags]
    return " ".join([*sentences, *flagged])
