"""What a check is: a small function that looks at one bid and says what to ask its vendor."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from vendor_eval.bids.response import Cell, Response
from vendor_eval.clarifications.buyer import BuyerExpectations
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.measures.facts import Facts
from vendor_eval.registry import Registry
from vendor_eval.rules.clarify import Clarify
from vendor_eval.rules.rules import Rules

T = TypeVar("T")
Seen = tuple[str, str]
"""A place and its text."""


class ReadBids(Protocol):
    """What vendors are asked about: bids as they were read, and the rules they were read under."""

    @property
    def rules(self) -> Rules:
        """What the bids are evaluated by."""

    @property
    def responses(self) -> tuple[Response, ...]:
        """What was read from response workbooks, where there are any."""

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What each response shows under the rules, by vendor."""

    @property
    def evaluation(self) -> Evaluation:
        """These bids under the rules' own weights."""


@dataclass(frozen=True)
class Clarification:
    """One thing to ask a vendor, and the cells that give rise to it.

    `question` is addressed to the vendor: it shows nothing of other vendors, of ranks, or of the
    buyer's own estimates. `note` does, and is for the buyer alone. `brief`: for the board page, the
    figures that do not fit together, in a few words; "" where it is no matter of figures.
    """

    question: str
    cells: tuple[Seen, ...] = ()
    note: str = ""
    brief: str = ""


@dataclass(frozen=True)
class Unmade:
    """Why a check, or a part of it, could not be made on a bid."""

    why: str


@dataclass(frozen=True, eq=False)
class CheckedBid:
    """What a check looks at: one vendor's bid among the others, and what the buyer knows."""

    facts: Facts
    """Of its response as read from its workbook; empty where answers came from a table."""
    evaluation: Evaluation
    buyer: BuyerExpectations
    row: int
    """Where the vendor stands among all."""

    @property
    def response(self) -> Response:
        """What was read from its workbook."""
        return self.facts.response

    @property
    def vendor(self) -> str:
        """Whose bid it is."""
        return self.facts.vendor

    @property
    def rules(self) -> Rules:
        """The rules the bids are evaluated under."""
        return self.evaluation.rules

    @property
    def terms(self) -> Clarify:
        """The buyer's thresholds, none of them given where the rules hold no `clarify`."""
        return self.rules.clarify or Clarify()

    def apart(self, one: float, other: float) -> bool:
        """Whether two figures of at least 0 differ by more than the rules' tolerance."""
        allowed = known(self.terms.tolerance) / 100 * max(one, other)
        return round(abs(one - other) - allowed, 9) > 0

    def ours(self, column: str) -> bool:
        """Whether a blank in a column is for the buyer alone to fill."""
        origin = self.evaluation.proposals.origins.get((self.vendor, column))
        return origin is not None and origin.ours

    def reading(self, column: str) -> tuple[Seen, ...]:
        """Where the answer in a column was read, and the text there."""
        proposals = self.evaluation.proposals
        if cells := proposals.cells(self.vendor, column):
            return cells
        origin = proposals.origins.get((self.vendor, column))
        if origin and origin.lacks:
            return tuple((lack.place, "") for lack in origin.lacks if lack.audience == "vendor")
        answer = str(proposals.answers.loc[self.vendor, column])
        return ((proposals.place(self.vendor, column), answer),)


Found = Iterator[Clarification | Unmade]


@dataclass(frozen=True)
class Check:
    """A check by what people call it; `needs`: parts of the rules without which it is not made."""

    label: str
    about: str
    """What it compares, in one sentence."""
    find: Callable[[CheckedBid], Found]
    needs: tuple[str, ...]
    workbook: bool
    """Whether it looks into a response workbook, and so is not made where there is none."""
    despite_faults: bool = False
    """Whether it is made on a bid with faults as well: no fault makes it ask in vain."""
    of_prices: bool = False
    """Whether it looks at prices, and so is no check of an evaluation without a price."""


CHECKS: Registry[Check] = Registry("check")


def clarification_check(
    label: str,
    *,
    compares: str,
    needs: tuple[str, ...] = (),
    workbook: bool = True,
    despite_faults: bool = False,
    of_prices: bool = False,
) -> Callable[[Callable[[CheckedBid], Found]], Check]:
    """A decorator that makes a check of a function; `compares` says what of a bid is compared."""

    def made(find: Callable[[CheckedBid], Found]) -> Check:
        return Check(label, compares, find, needs, workbook, despite_faults, of_prices)

    return made


def seen(*cells: Cell | None) -> tuple[Seen, ...]:
    """Where cells stand and what is typed in them."""
    return tuple((cell.place, cell.typed) for cell in cells if cell is not None)


def known(given: T | None) -> T:
    """What a check's needs have made sure of."""
    if given is None:
        raise ValueError("a check was made without what it needs")
    return given
