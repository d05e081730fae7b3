"""Money over the months of a contract: nominal, real or discounted, and never two of them at once.

Months are counted from the service start, which opens month 1; month 0 holds what is paid before.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from vendor_eval.errors import VendorEvalError
from vendor_eval.measures.costs.years import MONTHS_A_YEAR, contract_years
from vendor_eval.rules.commercial import Stated, Timing
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr

PART_OF_MONTH: dict[Timing, float] = {"start": 1.0, "mid": 0.5, "end": 0.0}
"""What is left of a month when its payments fall."""


class MixedMoney(VendorEvalError):
    """Amounts that cannot stand in one sum: real and nominal, or two currencies."""


def years(months: int, timing: Timing) -> Floats:
    """Years from the service start to the payments of months 0 to `months`; (months + 1,)."""
    return np.maximum(np.arange(months + 1) - PART_OF_MONTH[timing], 0.0) / MONTHS_A_YEAR


def step_index(months: int, yearly: float) -> Floats:
    """Factor of a price that rises by `yearly` on each anniversary of the start; (months + 1,)."""
    whole_years = np.maximum(contract_years(months) - 1, 0)
    return np.asarray((1 + yearly) ** whole_years, dtype=float)


@dataclass(frozen=True, eq=False)
class Inflation:
    """The stated yearly inflation of a currency, and when payments fall: `times` in years."""

    rate: float
    currency: str
    times: Floats

    @property
    def level(self) -> Floats:
        """Prices at each payment, 1 at the service start."""
        return np.asarray((1 + self.rate) ** self.times, dtype=float)


@dataclass(frozen=True, eq=False)
class DiscountRate:
    """A yearly discount rate for nominal or for real money, with the payments' `times` in years."""

    rate: float
    basis: Literal["nominal", "real"]
    times: Floats


@dataclass(frozen=True, eq=False)
class Money(ShortRepr):
    """Amounts by month, shape (months + 1,), in one currency and one kind of money."""

    amounts: Floats
    basis: Stated
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same(other, "added to")
        return replace(self, amounts=self.amounts + other.amounts)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other, "set against")
        return replace(self, amounts=self.amounts - other.amounts)

    def __mul__(self, factor: float) -> "Money":
        return replace(self, amounts=self.amounts * factor)

    @property
    def total(self) -> float:
        """The sum over all months."""
        return float(self.amounts.sum())

    def nominal(self, inflation: Inflation) -> "Money":
        """The same as paid: real amounts grow with the stated inflation, nominal ones stay."""
        if self._converted(inflation) == "nominal":
            return self
        return replace(self, amounts=self.amounts * inflation.level, basis="nominal")

    def real(self, inflation: Inflation) -> "Money":
        """The same in money of the service start, by the stated inflation."""
        if self._converted(inflation) == "real":
            return self
        return replace(self, amounts=self.amounts / inflation.level, basis="real")

    def discounted(self, discount: DiscountRate) -> "Money":
        """Each amount's value at the service start, amount / (1 + rate)^years.

        The rate must be one for this money (Brealey & Myers, ch. 2).
        """
        if discount.basis != self.basis:
            raise MixedMoney(
                f"{self.basis} money cannot be discounted at a rate for {discount.basis} money; "
                "convert one of them by a stated inflation"
            )
        factor = (1 + discount.rate) ** -discount.times
        return replace(self, amounts=self.amounts * factor, basis="present_value")

    def exchanged(self, rate: float, currency: str) -> "Money":
        """The same in another currency, at `rate` of it for one unit."""
        return replace(self, amounts=self.amounts * rate, currency=currency)

    def _same(self, other: "Money", doing: str) -> None:
        ours, theirs = (f"{m.basis} {m.currency}" for m in (self, other))
        if ours != theirs:
            raise MixedMoney(
                f"{theirs} cannot be {doing} {ours}; convert one of them by a stated rate"
            )

    def _converted(self, inflation: Inflation) -> Literal["nominal", "real"]:
        """The basis, if this is money that the inflation can convert."""
        if inflation.currency != self.currency:
            raise MixedMoney(f"{self.currency} does not rise with prices in {inflation.currency}")
        if self.basis == "present_value":
            raise MixedMoney("a present value is neither nominal nor real; convert what it is of")
        return self.basis


def nothing(months: int, currency: str) -> Money:
    """No money at all, nominal, over the months of a term."""
    return Money(np.zeros(months + 1), "nominal", currency)
