"""The European Commission's adequacy decisions, each with its date and limits."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from vendor_eval.reference.tables import by, manifest


@dataclass(frozen=True)
class Adequacy:
    """A decision that a country protects personal data adequately (GDPR, Article 45)."""

    country: str
    scope: Literal["full", "partial"]
    """`partial`: only for some recipients, named in `limits`."""
    limits: str
    decision: str
    adopted: date
    expires: date | None
    """The day it ends; None where it states no end."""
    source: str

    def in_force(self, day: date) -> bool:
        """Whether it has been adopted by that day and has not ended before it."""
        return self.adopted <= day and (self.expires is None or day <= self.expires)


def adequacy_decision(code: str) -> Adequacy | None:
    """The adequacy decision on a country; None where there is none in the list."""
    row = by("adequacy", "alpha2").get((code,))
    if row is None:
        return None
    return Adequacy(
        code,
        cast(Literal["full", "partial"], row["scope"]),
        row["limits"],
        row["decision"],
        date.fromisoformat(row["adopted"]),
        date.fromisoformat(row["expires"]) if row["expires"] else None,
        manifest()["adequacy"].title,
    )


def adequacy_list_date() -> date:
    """The day until which the list of decisions is complete."""
    day = manifest()["adequacy"].complete_until
    if day is None:
        raise TypeError("the list of adequacy decisions bears no date")
    return day
