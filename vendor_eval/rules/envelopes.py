"""Two envelopes: what is read before the prices are opened, and what has to be reached first."""

from typing import Annotated

from pydantic import Field

from vendor_eval.rules.gates import Condition, Gate
from vendor_eval.rules.scales import Id
from vendor_eval.rules.values.function import Points, Typed

Path = Annotated[str, Field(min_length=1)]


class FloorRule(Typed):
    """The points (0-100) that must be reached."""

    at_least: Points


class Qualify(Typed):
    """What a vendor must reach so that its other envelope is opened."""

    criterion: Path
    rule: FloorRule


class Envelope(Typed):
    """A part of every bid that is handed in, and opened, by itself."""

    id: Id
    criteria: Annotated[tuple[Path, ...], Field(min_length=1)]
    """Paths of the criteria that it answers; a branch means all leaves under it."""
    qualify: Qualify | None = None

    @property
    def floor_id(self) -> str:
        """The id of the gate that its floor is: it keeps the other envelope closed."""
        return f"qualify_{self.id}"

    @property
    def floor_gates(self) -> tuple[Gate, ...]:
        """The gate that its floor is; empty without one."""
        if self.qualify is None:
            return ()
        path, least = self.qualify.criterion, self.qualify.rule.at_least
        label, rule = f"At least {least:g} points on {path}"[:60], Condition(at_least=least)
        return (Gate(id=self.floor_id, label=label, criterion=path, rule=rule),)
