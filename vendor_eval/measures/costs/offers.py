"""What a vendor charges, as entered in its response, and what it left open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.errors import ALLOWED, Fault, VendorEvalError, quoted
from vendor_eval.measures.costs.tiers import with_tiers
from vendor_eval.questionnaire.pricing import COMPONENTS, LINES, TERMS
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, Line
from vendor_eval.rules.rules import RULES
from vendor_eval.wording.short_repr import ShortRepr

BAND = ("band_baseline", "dead_band", "band_convention", "arc_price", "rrc_price", "band_currency")
"""Terms that make a volume band; one alone makes none."""
NUMBERS = (
    "price", "quantity", "first_month", "last_month", "volume_share", "indexation", "tier_from",
    "tier_to",
)  # fmt: skip
"""What is one number in a price line."""
LARGEST = 1e15
"""An amount beyond this is no tender's, and breaks formulas further on."""
FRACTIONS = ("dead_band", "rrc_factor", "gain_share", "at_risk")
"""Terms that are shares of something, in [0, 1]."""


"""Where what the buyer has not given belongs."""


@dataclass(frozen=True)
class Lack:
    """One reason why a bid cannot be priced; `says` it in a clause."""

    says: str
    asked: str = LINES.id
    """The question that would settle it, "part" or "part.field"."""
    ours: bool = False
    """Whether it is the rules that do not give it, so that no vendor can."""
    allowed: str = "an answer"
    """What would settle it, as the vendor may answer."""
    at: str = ""
    """The cell that it is about; "" where that is the cell of `asked`."""

    def fault(self, response: Response) -> Fault:
        """It as an open question, to the vendor of a response or to the buyer."""
        if self.ours:
            message = f"{self.says}; allowed: rules that give it"
            return Fault(RULES, message, response.vendor, "buyer", "question")
        message = self.says if ALLOWED in self.says else f"{self.says}{ALLOWED}{self.allowed}"
        place, about = self.at or response.place(self.asked), (self.asked,)
        return Fault(place, message, response.vendor, "vendor", "question", about)


def ours(says: str) -> Lack:
    """What the rules do not give."""
    return Lack(says, ours=True)


class NotPriced(VendorEvalError):
    """Why a bid cannot be priced: everything that is lacking, and the cells that were read."""

    def __init__(self, lacks: Iterable[Lack | str], cells: tuple[Cell, ...] = ()) -> None:
        every = (lack if isinstance(lack, Lack) else Lack(lack) for lack in lacks)
        self.lacks = tuple(dict.fromkeys(every))
        self.reasons = tuple(dict.fromkeys(lack.says for lack in self.lacks))
        self.cells = cells
        super().__init__("; ".join(self.reasons))

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.lacks, self.cells)  # what pickle would take for it is the message


@dataclass(frozen=True)
class PriceOffer(ShortRepr):
    """A bid's price lines, each with the row it stands in, and its terms by question."""

    lines: tuple[tuple[Line, Row], ...]
    terms: dict[str, Cell]
    cells: tuple[Cell, ...]

    def number(self, term: str) -> float | None:
        """A term's number; None where it is blank."""
        cell = self.terms.get(term)
        return cell.number if cell else None

    def text(self, term: str) -> str | None:
        """A term's text; None where it is blank."""
        cell = self.terms.get(term)
        return cell.text if cell else None

    @property
    def has_band(self) -> bool:
        """Whether volumes outside a band are charged or credited."""
        return any(term in self.terms for term in BAND)


def offer(response: Response, months: int) -> PriceOffer:
    """The price lines and terms of a response, for a term of so many months.

    Raises NotPriced with all that contradicts itself or is no single number.
    """
    rows = response.rows("price_lines")
    answers = response.forms.get("price_terms", {})
    terms = {name: a.answer for name, a in answers.items() if a.answer is not None}
    cells = (*(c for row in rows for c in row.values()), *terms.values())
    reasons: list[Lack] = [] if rows else [Lack(f"{response.source} holds no price lines")]
    reasons += [Lack(fault) for row in rows for fault in _row_faults(row, months)]
    reasons += _term_faults(terms)
    if reasons:
        raise NotPriced(reasons, cells)
    lines = with_tiers([(_line(row, months), row) for row in rows])
    return PriceOffer(lines, terms, cells)


def _row_faults(row: Row, months: int) -> Iterator[str]:
    """What keeps a row of the price lines from being one price."""
    first_cell = next(iter(row.values()))
    for name in ("item", "basis", "component", "price", "currency"):
        if name not in row:
            yield f"the line at {first_cell.place} has no {name}"
    unread = [c for name in NUMBERS if (c := row.get(name)) and not isinstance(c.value, float)]
    yield from (f"{c.place} holds {c.content!r}, not one number" for c in unread)
    yield from (_too_large(c) for n in NUMBERS if (c := row.get(n)) and _is_too_large(c))
    if unread:
        return
    first, last = _months_of(row, months)
    if first > months or last < first:
        yield f"{first_cell.place} is charged in the months {first} to {last} of {months}: in none"
    basis = row.get("basis")
    for name in ("quantity", "volume_share"):
        part = row.get(name)
        if part and basis and _for_all(basis) and part.number != 1:
            yield (
                f"{part.place} holds a {name.replace('_', ' ')} of {part.content}, but a price "
                f"{basis.text} is for all of it"
            )
    for name, low in (("quantity", 0.0), ("volume_share", 0.0), ("indexation", -0.5)):
        cell = row.get(name)
        if cell and not low <= cell.number <= (1e12 if name == "quantity" else 1):
            yield f"{cell.place} holds {cell.content}, which is no {name.replace('_', ' ')}"


def _for_all(basis: Cell) -> bool:
    """Whether a price of a basis is for everything, so that no quantity or share goes with it."""
    return PRICING_MODELS[basis.text].charged_by in ("once", "month")


def _is_too_large(cell: Cell) -> bool:
    return isinstance(cell.value, float) and not abs(cell.value) <= LARGEST


def _too_large(cell: Cell) -> str:
    return f"{cell.place} holds {cell.content}, which is beyond every tender"


def _months_of(row: Row, months: int) -> tuple[int, int]:
    """The first and last month in which a row is charged, within the term."""
    first = int(row["first_month"].number) if "first_month" in row else 1
    last = int(row["last_month"].number) if "last_month" in row else months
    once = "basis" in row and PRICING_MODELS[row["basis"].text].charged_by == "once"
    return first, first if once else min(last, months)


def _line(row: Row, months: int) -> Line:
    first, last = _months_of(row, months)
    share, quantity, rise = (row.get(n) for n in ("volume_share", "quantity", "indexation"))
    return Line(
        item=row["item"].text,
        basis=row["basis"].text,
        component=row["component"].text,
        price=row["price"].number,
        currency=row["currency"].text,
        first_month=first,
        last_month=last,
        quantity=quantity.number if quantity else None,
        volume_share=share.number if share else 1.0,
        indexation=rise.number if rise else None,
    )


def term(name: str, says: str, allowed: str = "an answer") -> Lack:
    """What is wrong with one of the price terms, or lacking there."""
    return Lack(says, f"{TERMS.id}.{name}", allowed=allowed)


def _term_faults(terms: dict[str, Cell]) -> Iterator[Lack]:
    """What keeps the price terms from being terms."""
    words = ("prices_are", "band_convention", "band_currency", "band_replaces", "terms_currency")
    unread = {n: c for n, c in terms.items() if n not in words and not isinstance(c.value, float)}
    for name, cell in unread.items():
        yield term(name, f"{cell.place} holds {cell.content!r}, not one number")
    for name, cell in terms.items():
        if _is_too_large(cell):
            yield term(name, _too_large(cell))
    if unread:
        return
    if "prices_are" not in terms:
        yield term("prices_are", "no cell states whether prices are nominal or real")
    shares = [*FRACTIONS, *(f"indexation_{component}" for component in COMPONENTS)]
    for name in shares:
        low = -0.5 if name.startswith("indexation") else 0.0
        if name in terms and not low <= terms[name].number <= 1:
            held = f"{terms[name].place} holds {terms[name].content}"
            yield term(name, f"{held}; allowed: a share up to 100 %")
    for name in ("productive_hours", "band_baseline", "minimum_commitment", "double_running"):
        if name in terms and terms[name].number < 0:
            yield term(
                name, f"{terms[name].place} holds {terms[name].content}; allowed: at least 0"
            )
    yield from _outcome_faults(terms)


def _outcome_faults(terms: dict[str, Cell]) -> Iterator[Lack]:
    """What keeps a gain share, or a volume band, from being one."""
    floor, cap = (terms.get(f"gain_share_{end}") for end in ("floor", "cap"))
    if cap and cap.number < (floor.number if floor else 0):
        yield term("gain_share_cap", f"{cap.place}: the gain share's cap is below its floor")
    if (floor or cap) and "gain_share" not in terms:
        says = "a floor or cap of a gain share is given, but not the share"
        yield term("gain_share", says)
    if any(name in terms for name in BAND):
        lacking = [name for name in BAND if name not in terms]
        if lacking:
            yield term(lacking[0], f"the volume band lacks {quoted(lacking)}")
