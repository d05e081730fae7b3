"""How firm a result must be: how far agreed weights and judged points may be off.

A convention that the buyer settles, and seals, before the bids are opened.
"""

import math
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from vendor_eval.errors import nearest
from vendor_eval.rules.values.function import Typed

Preset = Literal["tight", "usual", "wide"]

CONCENTRATIONS: dict[Preset, float] = {"tight": 200.0, "usual": 80.0, "wide": 30.0}
"""What each preset means: the concentration of the weights around the agreed ones."""
FIRM, SENSITIVE = 0.95, 0.75
"""The least share of the re-runs, against every rival alone, of a firm and a sensitive result."""
DRAWS = 200_000
"""Re-runs, each with weights, errors and open answers drawn anew."""
EXPLORED = 10_000
"""The most re-runs of what is shown next to the verdict and no word rests on."""


LOOSEST, CLOSEST = 1, 1_000_000
"""The least and the most that may be typed as a concentration."""


def _weights(typed: object) -> str | float:
    """A preset's name, or a concentration."""
    if isinstance(typed, str) and typed in CONCENTRATIONS:
        return typed
    number = typed if isinstance(typed, int | float) and not isinstance(typed, bool) else math.nan
    if LOOSEST <= number <= CLOSEST:
        return float(number)
    hint = nearest(typed, CONCENTRATIONS) if isinstance(typed, str) else ""
    allowed = f"{', '.join(map(repr, CONCENTRATIONS))} or a number from {LOOSEST} to {CLOSEST:,}"
    raise ValueError(f"found {typed!r}{hint}; allowed: {allowed}")


class VerdictModel(Typed):
    """Everything that the word for a first place rests on, whether stated or a default."""

    preset: Preset | None = None
    """None where the rules state the concentration as a number."""
    concentration: float
    judgement_error: float
    """In points."""
    firm: float
    sensitive: float
    draws: int


class Robustness(Typed):
    """How weights and judged points are drawn around those that were entered."""

    weights: Annotated[Preset | float, PlainValidator(_weights)] = "usual"
    judgement_error: Annotated[float, Field(ge=0, le=50)] = 3.0
    """Standard deviation, in points, of what a bid's judged points as a whole may be off."""

    @property
    def concentration(self) -> float:
        """How closely drawn weights keep to the agreed ones: c of Dirichlet(c x weights)."""
        return CONCENTRATIONS[self.weights] if isinstance(self.weights, str) else self.weights

    @property
    def preset(self) -> Preset | None:
        """The name of the concentration, where it is a named one."""
        return self.weights if isinstance(self.weights, str) else None

    @property
    def error_from(self) -> Literal["default", "rules"]:
        """Who settled the judgement error."""
        return "rules" if "judgement_error" in self.model_fields_set else "default"

    def verdict_model(self, draws: int = DRAWS) -> VerdictModel:
        """What the word rests on when so many re-runs are drawn."""
        return VerdictModel(
            preset=self.preset,
            concentration=self.concentration,
            judgement_error=self.judgement_error,
            firm=FIRM,
            sensitive=SENSITIVE,
            draws=draws,
        )
