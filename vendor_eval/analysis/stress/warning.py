"""What a stress test reports: warnings with bids that show them, and checks that were not made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from vendor_eval.bids.proposal import NAME
from vendor_eval.wording.short_repr import ShortRepr

Kind = Literal[
    "empty-bid-wins",
    "point-price",
    "dead-gate",
    "closed-gate",
    "dead-criterion",
    "clamped",
    "dead-level",
    "third-bid-decides",
    "double-count",
    "selection-like",
    "no-tie-rule",
    "no-price-cap",
    "single-vendor-scale",
    "evaluator-hours",
    "weights-matter",
]
Severity = Literal["warning", "error"]


@dataclass(frozen=True)
class Example(ShortRepr):
    """Constructed bids that show a warning, and what is to be seen once they are evaluated.

    `rows`: by the bid's name, an answer for each column that the rules read.
    """

    shows: str
    rows: Mapping[str, Mapping[str, str]]


def named_rows(*bids: tuple[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
    """Bids by their names, cut to what a name may hold; equal ones are numbered."""
    rows: dict[str, Mapping[str, str]] = {}
    for name, answers in bids:
        short = name[: NAME - 4].strip()
        again = sum(taken.partition(" #")[0] == short for taken in rows)
        rows[f"{short} #{again + 1}" if again else short] = answers
    return rows


@dataclass(frozen=True)
class StressWarning(ShortRepr):
    """One thing in the rules that may defeat their purpose, and what to change before sealing.

    `place`: the key in `evaluation.yaml`. `severity` is "error" where the law of a public
    procedure forbids what was found.
    """

    id: Kind
    place: str
    says: str
    remedy: str
    example: Example
    severity: Severity = "warning"

    @property
    def line(self) -> str:
        """The warning on one line, without what to do."""
        return f"{self.place}: {self.says} ({self.id})"

    def as_json(self) -> dict[str, Any]:
        """The warning as plain data."""
        return {
            "id": self.id,
            "severity": self.severity,
            "place": self.place,
            "says": self.says,
            "change": self.remedy,
            "example": {
                "shows": self.example.shows,
                "rows": {name: dict(answers) for name, answers in self.example.rows.items()},
            },
        }


@dataclass(frozen=True)
class NotMade(ShortRepr):
    """A check that was not made, and what it needs."""

    id: Kind
    place: str
    needs: str

    def as_json(self) -> dict[str, str]:
        """The check as plain data."""
        return {"id": self.id, "place": self.place, "needs": self.needs}


@dataclass(frozen=True)
class StressFigure(ShortRepr):
    """A figure that a check computed, whether or not it warns."""

    id: Kind
    says: str

    def as_json(self) -> dict[str, str]:
        """The figure as plain data."""
        return {"id": self.id, "says": self.says}


Finding = StressWarning | NotMade | StressFigure
