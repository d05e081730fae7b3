"""Published figures that are old by the day the rules speak of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from vendor_eval.measures.facts import Facts
from vendor_eval.measures.location.published import PublishedFigure
from vendor_eval.measures.location.site import country_label
from vendor_eval.measures.measures import measure
from vendor_eval.reference.figures import Figure
from vendor_eval.rules.criteria import walk
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import agreeing

STALE_YEARS = 2
"""Figures of a year that ended longer ago than this are warned of."""


def old(year: int, as_of: date) -> bool:
    """Whether a year's figures are over two years old, counted from the year's last day."""
    return as_of > date(year + STALE_YEARS, 12, 31)


def warnings(rules: Rules, facts: Mapping[str, Facts]) -> tuple[str, ...]:
    """One sentence for each measure that reads old figures: of which year, of whose sites.

    Without `as_of` one sentence says that ages are not checked; none where no figure has a year.
    """
    read = {column: list(_dated(figures, facts)) for column, figures in _published(rules)}
    if rules.as_of is None:
        columns = [column for column, dated in read.items() if dated]
        return (_unchecked(columns, rules),) if columns else ()
    sentences = (_sentence(column, dated, rules, rules.as_of) for column, dated in read.items())
    return tuple(filter(None, sentences))


def _published(rules: Rules) -> Iterator[tuple[str, PublishedFigure]]:
    """The measures of published figures that the rules read, by column."""
    for measurement in rules.measures:
        typed = measure(measurement)
        if isinstance(typed, PublishedFigure):
            yield measurement.column, typed


def _dated(
    measure: PublishedFigure, facts: Mapping[str, Facts]
) -> Iterator[tuple[str, str, Figure]]:
    """Each vendor, country of its sites and figure that has a year."""
    for vendor, shown in facts.items():
        codes = (site.row["country"].text for site in shown.sites if "country" in site.row)
        for code in dict.fromkeys(codes):
            figure = measure.figure(code)
            if figure is not None and figure.year.isdigit():
                yield vendor, code, figure


def _sentence(
    column: str, dated: Sequence[tuple[str, str, Figure]], rules: Rules, as_of: date
) -> str:
    """The sentence about one measure; "" where none of its figures is old."""
    stale = [each for each in dated if old(int(each[2].year), as_of)]
    if not stale:
        return ""
    by_year: dict[str, dict[str, list[str]]] = {}
    for vendor, code, figure in stale:
        by_year.setdefault(figure.year, {}).setdefault(vendor, []).append(code)
    years = "; ".join(f"of {year} for {_sites(by_year[year])}" for year in sorted(by_year))
    source = stale[0][2].source
    return (
        f"{_label(column, rules)} uses figures over {STALE_YEARS} years old on "
        f"{as_of.isoformat()} ({source}): {years}."
    )


def _sites(by_vendor: Mapping[str, Sequence[str]]) -> str:
    """Vendors with the countries of their sites, as "Aurora (Poland, Portugal), Birch (India)"."""
    places = (
        f"{vendor} ({', '.join(map(country_label, codes))})" for vendor, codes in by_vendor.items()
    )
    return ", ".join(places)


def _label(column: str, rules: Rules) -> str:
    """What reads a measure, by the labels of criteria and gates."""
    leaves = (leaf.label for _, _, leaf in walk(rules.criteria) if leaf.reads == column)
    gates = (gate.label for gate in rules.gates if gate.reads == column)
    return " and ".join(f"\u201c{label}\u201d" for label in dict.fromkeys([*leaves, *gates]))


def _unchecked(columns: Sequence[str], rules: Rules) -> str:
    labels = " and ".join(_label(column, rules) for column in columns)
    verb = agreeing(len(columns), "reads", "read")
    return (
        f"The rules give no \u2018as_of\u2019, so the age of the published figures that {labels} "
        f"{verb} is not checked."
    )
