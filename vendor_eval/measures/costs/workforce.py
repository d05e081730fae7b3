"""What people cost by the hour they are productive, and what it costs that they leave."""

from dataclasses import dataclass

WEEKS_A_YEAR = 52


def price_per_productive_hour(yearly_price: float, productive_hours: float) -> float:
    """Price of a productive hour: what an FTE costs a year over the hours it yields."""
    return yearly_price / productive_hours


@dataclass(frozen=True)
class AttritionCost:
    """What leaving agents cost in a year: people to hire, hours lost while they learn, money."""

    hires: float
    lost_hours: float
    cost: float


def attrition_cost(
    fte: float,
    *,
    attrition_rate: float,
    ramp_weeks: float,
    ramp_productivity: float,
    price_per_hour: float,
    hours_per_year: float,
) -> AttritionCost:
    """Cost of a year's attrition: hires x ramp weeks x lost part of a week's hours x their price.

    `attrition_rate` is leavers a year over `fte`; `ramp_productivity` the mean productivity while
    ramping up, in [0, 1]; a week's hours are `hours_per_year` over 52.
    """
    hires = fte * attrition_rate
    lost = hires * ramp_weeks * (1 - ramp_productivity) * hours_per_year / WEEKS_A_YEAR
    return AttritionCost(hires, lost, lost * price_per_hour)
