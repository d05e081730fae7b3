"""The buyer's commercial terms: the contract's length, volumes, money and the baseline.

Nothing here has a default that counts: what a computation needs and nobody gives stays open.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vendor_eval.rules.values.function import Typed

Name = Annotated[str, Field(pattern=r"\A[a-z][a-z0-9_]*\z")]
Currency = Annotated[str, Field(pattern=r"\A[A-Z]{3}\z")]
Text = Annotated[str, Field(min_length=1)]
Amount = Annotated[float, Field(ge=-1e12, le=1e12)]
Volume = Annotated[float, Field(ge=0, le=1e12)]
Share = Annotated[float, Field(ge=0, le=1)]
YearlyRate = Annotated[float, Field(ge=-0.5, le=1)]
"""A rate a year as a fraction: 0.03 is 3 %."""
Month = Annotated[int, Field(ge=0, le=600)]
"""1 is the month of the service start, 0 all that is before it."""

Component = Literal["labour", "technology", "other"]
Stated = Literal["nominal", "real", "present_value"]
"""The kind of money of results: as paid, in the money of the start, or discounted to it."""
Timing = Literal["start", "mid", "end"]
"""At which moment of a month its payments fall, for discounting and for inflation."""


class Forecast(Typed):
    """Transactions a month, in exactly one of three forms."""

    monthly: Volume | None = None
    """In each month of the first year; later years by `growth`."""
    growth: YearlyRate | None = None
    """From one year to the next; stands with `monthly`."""
    by_year: Annotated[tuple[Volume, ...] | None, Field(min_length=1)] = None
    """A month, in each year of the term."""
    by_month: Annotated[tuple[Volume, ...] | None, Field(min_length=1)] = None
    """In each month of the term."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [n for n in ("monthly", "by_year", "by_month") if getattr(self, n) is not None]
        if len(forms) != 1 or (self.growth is None) is (self.monthly is not None):
            raise ValueError(
                f"found {', '.join(sorted(self.model_fields_set)) or 'nothing'}; allowed: "
                "'monthly' with 'growth', or 'by_year', or 'by_month'"
            )
        return self


class Rate(Typed):
    """What one unit of a currency is in the rules' currency, with its date and source."""

    rate: Annotated[float, Field(gt=0, le=1e9)]
    as_of: date
    source: Text


class Discount(Typed):
    """A yearly discount rate, for nominal or for real money."""

    rate: YearlyRate
    money: Literal["nominal", "real"]


class OwnCost(Typed):
    """What the buyer pays besides the vendor: knowledge transfer, retained organisation, travel.

    Nominal, in the rules' currency.
    """

    label: Text
    amount: Amount
    """Once, or a month."""
    paid: Literal["once", "monthly"]
    first_month: Month
    last_month: Month | None = None
    indexation: YearlyRate | None = None
    countries: Annotated[tuple[str, ...] | None, Field(min_length=1)] = None
    """Paid only for vendors with a site in one of these, ISO 3166-1 alpha-2."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        monthly = self.paid == "monthly"
        for name in ("last_month", "indexation"):
            if (getattr(self, name) is not None) is not monthly:
                word = "is missing for a monthly cost" if monthly else "stands with a single cost"
                raise ValueError(f"{name!r} {word}; allowed: with 'paid: monthly', and only then")
        if self.last_month is not None and self.last_month < self.first_month:
            raise ValueError(f"the months {self.first_month} to {self.last_month} are none")
        return self


class Baseline(Typed):
    """What the service costs in house, nominal, in the rules' currency."""

    fixed_a_month: Amount
    a_transaction: Amount
    indexation: YearlyRate
    source: Text | None = None


class Commercial(Typed):
    """What every bid is priced against, on one basis."""

    months: Annotated[int, Field(ge=1, le=600)]
    """The term, from the month of the service start."""
    money: Stated
    """The kind of money of totals where a measure does not state another."""
    timing: Timing | None = None
    volumes: dict[Name, Forecast] = Field(default_factory=dict)
    """Forecasts by name, such as `base`, `low` and `high`."""
    forecast: Name | None = None
    """The one that counts where a measure does not say otherwise, and that commitments refer to."""
    staffing: Literal["as_bid", "follows_volume", "workload"] | None = None
    """How many FTE or hours are charged.

    `as_bid`: what the vendor assumes, at any volume. `follows_volume`: that, in proportion to the
    volume, from the first month of the `forecast`. `workload`: what the volume takes.
    """
    hours_per_transaction: Annotated[float | None, Field(gt=0, le=1e6)] = None
    """Productive hours, for `staffing: workload`."""
    exchange: dict[Currency, Rate] = Field(default_factory=dict)
    inflation: dict[Currency, YearlyRate] = Field(default_factory=dict)
    """Yearly inflation of each currency: the only bridge between real and nominal money."""
    indexation: dict[Currency, dict[Component, YearlyRate]] = Field(default_factory=dict)
    """What the contract grants where a bid does not say, by currency and component."""
    discount: Discount | None = None
    own_costs: dict[Name, OwnCost] = Field(default_factory=dict)
    double_running: Annotated[float | None, Field(ge=0, le=600)] = None
    """Months in which the baseline runs on alongside the vendor, where a bid does not say."""
    baseline: Baseline | None = None
    credits_subtracted: Share | None = None
    """Share of the service credits at risk to be taken off the cost; otherwise none is."""
