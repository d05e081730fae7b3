"""The board page as data: its first screen, its picture, its blocks, and all that it says."""

from dataclasses import dataclass

from vendor_eval.report import style
from vendor_eval.report.first_screen import FirstScreen

RANKING = {
    "highest_score": "Ranking, points of 100",
    "price_per_point": "Ranking by the price of a point; bars show points of quality",
    "lowest_price": "Ranking by price",
}
"""The heading of the picture, by the award rule."""
FIELDS = ("Reason", "Names", "Date", "Signatures")
"""What the committee fills in by hand."""


@dataclass(frozen=True)
class Block:
    """A part of the board page: its heading, its lines, and the annex section with more.

    Each line is a sentence with the cells it rests on, "" without any.
    """

    heading: str
    lines: tuple[tuple[str, str], ...]
    annex: str = ""
    ordered: bool = False


@dataclass(frozen=True)
class Bar:
    """One vendor in the picture of the ranking: its parts, in points (0-100), and what ranks it."""

    vendor: str
    parts: tuple[float, ...]
    score: str


@dataclass(frozen=True)
class Board:
    """The board page as data: the first screen, the picture of the ranking, and the blocks."""

    first: FirstScreen
    bars: tuple[Bar, ...]
    key: style.Key
    """The criteria that the parts of a bar stand for, each with its colour."""
    ranked: int
    """Vendors in the ranking, of which the first are drawn."""
    left: tuple[Block, ...]
    """Above the picture; `right` is alongside it where there is room, else below."""
    right: tuple[Block, ...]
    choices: tuple[str, ...]
    """What the committee can decide."""

    @property
    def alt(self) -> str:
        """The picture in words."""
        return f"{self.called}: " + ", ".join(f"{b.vendor} {b.score}" for b in self.bars)

    @property
    def called(self) -> str:
        """What ranks the vendors, as the text alternative of the picture begins."""
        form = self.first.rules.award_rule.form
        return "Scores" if form == "highest_score" else RANKING[form].partition(";")[0]

    @property
    def annex(self) -> str:
        """The section of the annex with more than the picture."""
        lowest = self.first.rules.lowest_price
        return "What it costs" if lowest else "Why this vendor"

    @property
    def heading(self) -> str:
        """The heading of the picture."""
        return RANKING[self.first.rules.award_rule.form]

    @property
    def text(self) -> str:
        """Everything that is written on the page, what is fixed included."""
        screen = self.first
        above = (screen.rules.decision, screen.rules.notice, screen.rules.source, screen.sentence)
        first = (*above, screen.badge, screen.sureness, screen.seal, "Answers as of", screen.as_of)
        facts = (text for fact in screen.facts for text in fact[1:])
        names = (*(f"{bar.vendor} 0" for bar in self.bars), *(name for name, *_ in self.key))
        blocks = (f"{block.heading} {block.annex}" for block in (*self.left, *self.right))
        lines = (" ".join(line) for block in (*self.left, *self.right) for line in block.lines)
        fixed = ("Confidential", self.heading, self.annex, "Decision", *self.choices, *FIELDS)
        return " ".join(filter(None, (*first, *facts, *names, *blocks, *lines, *fixed)))
