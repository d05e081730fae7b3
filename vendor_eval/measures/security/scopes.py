"""Which delivery sites a certificate covers, as far as its wording decides it."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from vendor_eval.bids.response import Cell, Row
from vendor_eval.questionnaire.security import ALL_SITES
from vendor_eval.rules.plain_text import place_key, unaccented
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True)
class Scope(ShortRepr):
    """Positions of the sites that are covered for certain, and of those that may be.

    `why` says what left the difference open; it is empty where there is none.
    """

    covered: frozenset[int]
    possible: frozenset[int]
    why: str = ""


@dataclass(frozen=True)
class Sites(ShortRepr):
    """A vendor's delivery sites, in the order of its table."""

    columns: ClassVar[tuple[str, ...]] = ("country", "city", "head_count")
    """What says where the sites are and how many people work there."""

    rows: tuple[Row, ...]

    @property
    def every(self) -> frozenset[int]:
        """The positions of all sites."""
        return frozenset(range(len(self.rows)))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What says where the sites are and how many people work there."""
        return tuple(row[name] for row in self.rows for name in self.columns if name in row)

    @cached_property
    def names(self) -> Mapping[str, frozenset[int]]:
        """The sites by what each may be called.

        A city's name that two countries share needs its country.
        """
        meant: dict[str, set[int]] = {}
        countries: dict[str, set[str]] = {}
        for n, row in enumerate(self.rows):
            country = row["country"].text
            names: Sequence[str] = [country]
            if "city" in row:
                city = row["city"].text
                names = [country, city, f"{city}, {country}", f"{city} ({country})"]
            for name in filter(None, map(place_key, names)):
                meant.setdefault(name, set()).add(n)
                countries.setdefault(name, set()).add(country)
        return {name: frozenset(at) for name, at in meant.items() if len(countries[name]) == 1}

    def named(self, positions: Iterable[int]) -> list[str]:
        """Sites by their city, or by their country where no city is given."""
        rows = [self.rows[n] for n in sorted(positions)]
        return [(row.get("city") or row["country"]).text for row in rows]

    def share(self, positions: Iterable[int]) -> float | None:
        """Per cent of the head-count that works at some of the sites, 0 to 100.

        None where a head-count is not a number, or nobody works anywhere.
        """
        counts = [row["head_count"].value if "head_count" in row else None for row in self.rows]
        numbers = [n for n in counts if isinstance(n, float) and n >= 0]
        total = math.fsum(numbers)
        if len(numbers) < len(counts) or total <= 0:
            return None
        return 100 * math.fsum(numbers[n] for n in positions) / total


def scope(row: Row, sites: Sites) -> Scope:
    """The sites that a certificate's row covers.

    The column made for it counts, and the certificate's own words where that is blank. A wording
    with any part that is not understood covers no site for certain, since that part may be an
    exception.
    """
    wording = row.get("sites") or row.get("scope")
    if wording is None:
        at = row["certificate"].place
        return Scope(frozenset(), sites.every, f"no site is named next to {at}")
    covered = _covered(wording.text, sites)
    if covered is None:
        why = f"{wording.place} does not decide the sites covered: {wording.typed!r}"
        return Scope(frozenset(), sites.every, why)
    return Scope(covered, covered)


def _covered(wording: str, sites: Sites) -> frozenset[int] | None:
    if unaccented(wording) == ALL_SITES:
        return sites.every
    covered: set[frozenset[int]] = set()
    for part in re.split(r"[;\n]", wording):
        if not part.strip():
            continue
        whole = sites.names.get(place_key(part))
        pieces = [whole] if whole else [sites.names.get(place_key(p)) for p in part.split(",")]
        for piece in pieces:
            if piece is None:
                return None
            covered.add(piece)
    return frozenset().union(*covered) or None
