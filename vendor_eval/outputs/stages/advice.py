"""Advice: the stage of an evaluation, what is missing and from whom, and the one thing to do."""

from dataclasses import dataclass
from typing import Any

from vendor_eval.errors import one_line

SHOWN = 3
"""Things missing that are shown as lines; the JSON holds all."""


@dataclass(frozen=True)
class Need:
    """One thing that is missing, and who must give it.

    `vendor` names the one vendor; without it, it is the buyer, or all vendors where `all_vendors`.
    """

    what: str
    vendor: str | None = None
    all_vendors: bool = False
    person: str = ""
    """The id or role of the one person in the buyer's house who must give it."""

    @property
    def whom(self) -> str:
        """Who must give it, in words; the reader is the buyer."""
        return self.vendor or self.person or ("the vendors" if self.all_vendors else "you")

    def as_json(self) -> dict[str, str | None]:
        """What is missing, from "buyer", "person", "vendor" or "vendors", and whose name it is."""
        asked = "vendor" if self.vendor else "vendors" if self.all_vendors else "buyer"
        person = {"person": self.person} if self.person else {}
        asked = "person" if self.person else asked
        return {"what": self.what, "from": asked, "vendor": self.vendor, **person}


@dataclass(frozen=True)
class Advice:
    """A stage, how things stand, what is missing, and the one thing to do, with its command."""

    stage: str
    standing: str
    do: str
    command: str | None
    needs: tuple[Need, ...] = ()
    also: tuple[str, ...] = ()
    """Other commands that are of use at this stage."""
    exit_code: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """The advice as three to six lines of plain text."""
        shown = self.needs if len(self.needs) <= SHOWN else self.needs[: SHOWN - 1]
        missing = [f"Missing, from {need.whom}: {need.what}" for need in shown]
        if len(shown) < len(self.needs):
            missing.append(f"Missing: {len(self.needs) - len(shown)} more")
        command = f": {self.command}" if self.command else ""
        also = [f"Also: {', '.join(self.also)}"] if self.also else []
        lines = (f"Stage: {self.stage}. {self.standing}.", *missing, f"Next: {self.do}{command}")
        return tuple(one_line(line) for line in (*lines, *also))

    def as_json(self) -> dict[str, Any]:
        """The advice as plain data, with everything that is missing."""
        return {
            "stage": self.stage,
            "standing": self.standing,
            "missing": [need.as_json() for need in self.needs],
            "next": {"do": self.do, "command": self.command},
            "also": list(self.also),
        }
