"""Markup from templates, with everything that somebody typed escaped."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

from vendor_eval import wording
from vendor_eval.wording.short_repr import ShortRepr

ACROSS = 6
"""Vendors side by side in one table: more would be cut off on A4."""


@dataclass(frozen=True)
class Html(ShortRepr):
    """Markup in which everything that somebody typed is escaped."""

    markup: str

    def _repr_html_(self) -> str:
        return as_text(self.markup)


def as_text(markup: str) -> str:
    """Markup as notebooks show it: an amount such as $5 is no mathematics, and no link either.

    MathJax 3 and 4, of JupyterLab, know the first of the classes; MathJax 2, of nbconvert, the
    second.
    """
    return f'<div class="mathjax_ignore tex2jax_ignore">\n{markup}\n</div>'


def slug(heading: str) -> str:
    """What a section is linked by, from its heading, as "what-it-costs"."""
    return re.sub(r"\W+", "-", heading.casefold()).strip("-") or "section"


LONG = 20
"""Characters of a word from which on it may break; ordinary words are shorter."""


def breakable(text: str) -> Markup:
    """Text that wraps between words, and a long word after !, / and _ or, at last, anywhere.

    Only long words have these places, so that no narrow column breaks an ordinary word.
    """
    return Markup("").join(map(_word, re.split(r"(\s+)", text)))


def _word(word: str) -> Markup:
    if len(word) <= LONG:
        return escape(word)
    pieces = (
        Markup('<span class="long">{}</span>').format(piece) if len(piece) > LONG else escape(piece)
        for piece in re.split(r"(?<=[!/_])", word)
    )
    return Markup("<wbr>").join(pieces)


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("vendor_eval.report", "parts"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["slug"] = slug
    environment.filters["breakable"] = breakable
    return environment


@dataclass(frozen=True)
class Noted:
    """The text of a table's cell with a note under it, such as the evidence for an answer."""

    text: str
    note: str


Cell = str | Noted


def rendered(template: str, **parts: Any) -> Html:
    """The markup of one of the parts' templates, everything in `parts` escaped."""
    return Html(_templates().get_template(f"{template}.html.j2").render(parts))


def say(text: str) -> Html:
    """A sentence above a picture."""
    return rendered("say", text=wording.ended(text))


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    prose: bool = False,
    alarms: Collection[int] = (),
) -> Html:
    """A captioned table; the first cell of each row names it.

    Prose is set to the left; `alarms` are the rows that are marked in red.
    """
    return rendered("table", caption=caption, head=head, rows=rows, prose=prose, alarms=alarms)


def folded(pieces: Sequence[tuple[str, Html]]) -> Html:
    """Parts that a reader opens one by one, each under its name; they are not printed."""
    return rendered("folded", pieces=[(name, part.markup) for name, part in pieces])


def start(
    notebooks: Sequence[tuple[str, str, str]],
    evaluations: Sequence[tuple[str, Sequence[tuple[str, str, bool]], Sequence[str]]],
) -> Html:
    """The start page's two lists.

    Notebooks are (title, link, purpose); evaluations (title, links, what is next), where a link is
    (title, link, whether the evaluation's own title leads there too).
    """
    return rendered("start", notebooks=notebooks, evaluations=evaluations)


def style() -> Html:
    """The parts' own style sheet and JupyterLab's theme, for a notebook that is open there."""
    return Html(f"<style>{stylesheet()}{theme()}</style>")


def stylesheet() -> str:
    """The parts' style sheet, which touches nothing outside them."""
    return _part("parts.css")


def theme() -> str:
    """The style sheet by which parts, charts and the explorer follow JupyterLab's theme."""
    return _part("theme.css")


def _part(name: str) -> str:
    return (files("vendor_eval.report") / "parts" / name).read_text("utf-8")


def across(
    caption: str,
    first: str,
    labels: Sequence[str],
    vendors: Sequence[str],
    cell: Callable[[int, str], Cell],
) -> Html:
    """A table with vendors side by side, in several pieces when there are many."""
    pieces = []
    for start in range(0, len(vendors), ACROSS):
        columns = vendors[start : start + ACROSS]
        rows = [[label, *(cell(n, v) for v in columns)] for n, label in enumerate(labels)]
        part = f", {start + 1} to {start + len(columns)}" if len(vendors) > ACROSS else ""
        pieces.append(table(caption + part, [first, *columns], rows).markup)
    return Html("\n".join(pieces))
