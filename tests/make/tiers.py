"""Faults and costs of price lines for tiers of volume and shares of transactions."""

from typing import Any

import pytest

from make.priced import bid, cash_flow, rules
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.measures.costs.forecasts import steady


def total(response: Any, typed: Any, **more: Any) -> float:
    """The total cost as the rules state it."""
    return cash_flow(response, typed, **more).stated().total


def at(volume: float, response: Any) -> float:
    """What a month of this volume comes to."""
    return total(response, rules(), volumes=steady(volume, 12)) / 12


def faults(*lines: Any, **terms: Any) -> list[Fault]:
    """What is wrong with a bid of these lines."""
    with pytest.raises(InputFaults) as refused:
        cash_flow(bid(*lines, **terms), rules())
    return list(refused.value.faults)
