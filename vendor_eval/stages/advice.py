"""Advice: the stage of an evaluation, what is missing and from whom, and the one thing to do."""

from dataclasses import dataclass
from typing import Any

from vendor_eval.errors import one_line

YOU = "you"
SHOWN = 3
"""Things missing that are shown as lines; the JSON holds all."""


@dataclass(frozen=True)
class Need:
    """One thing that is missing, and who must give it: a vendor by name, or `YOU`."""

    whom: str
    what: str


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
        told = [f"Missing, from {need.whom}: {need.what}" for need in shown]
        if len(shown) < len(self.needs):
            told.append(f"Missing: {len(self.needs) - len(shown)} more")
        command = f": {self.command}" if self.command else ""
        also = [f"Also: {', '.join(self.also)}"] if self.also else []
        lines = (f"Stage: {self.stage}. {self.standing}.", *told, f"Next: {self.do}{command}")
        return tuple(one_line(line) for line in (*lines, *also))

    def as_json(self) -> dict[str, Any]:
        """The advice as plain data, with everything that is missing."""
        return {
            "stage": self.stage,
            "standing": self.standing,
            "missing": [{"from": need.whom, "what": need.what} for need in self.needs],
            "next": {"do": self.do, "command": self.command},
            "also": list(self.also),
        }
