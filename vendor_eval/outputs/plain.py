"""Numbers as `results.json` holds them: by kind to so many decimals, none a float's noise.

Sums of floats differ in their last digits from processor to processor; what is written does not.
"""

from collections.abc import Mapping

from vendor_eval.evaluation.evaluation import POINT_DECIMALS

SHARE_DECIMALS, MONEY_DECIMALS = 10, 4
ANSWER_DIGITS, COMPUTED_DIGITS = 12, 10

Found = float | str | None


def share(x: float) -> float:
    """A share, value, weight or rank, or a method's score, to 10 decimals."""
    return _decimals(x, SHARE_DECIMALS)


def points(x: float) -> float:
    """Points to 8 decimals."""
    return _decimals(x, POINT_DECIMALS)


def points_or_none(x: float | None) -> float | None:
    """Points to 8 decimals, where there are any."""
    return None if x is None else points(x)


def money(x: float | None) -> float | int | None:
    """An amount of money to 4 decimals, where there is one."""
    return None if x is None else _whole(_decimals(x, MONEY_DECIMALS))


def answer(value: Found) -> float | int | str | None:
    """An answer as found, a number to 12 significant digits."""
    return _whole(float(f"{value:.{ANSWER_DIGITS}g}")) if isinstance(value, float) else value


def computed(value: Found) -> float | int | str | None:
    """An answer that was computed, a number to 10 significant digits and at most 10 decimals."""
    if not isinstance(value, float):
        return value
    return _whole(_decimals(float(f"{value:.{COMPUTED_DIGITS}g}"), SHARE_DECIMALS))


def shares(numbers: Mapping[str, float]) -> dict[str, float]:
    """Shares by name, each to 10 decimals."""
    return {str(name): share(x) for name, x in numbers.items()}


def _decimals(x: float, decimals: int) -> float:
    return round(float(x), decimals) + 0.0  # which is 0 where it was -0.0


def _whole(x: float) -> float | int:
    """A whole number without its `.0`, as it was most likely entered."""
    return int(x) if x.is_integer() and abs(x) < 1e15 else x + 0.0
