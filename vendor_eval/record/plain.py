"""Numbers as JSON holds them: finite, to 12 significant digits, whole where they were typed so."""

from typing import Any


def short(found: float | str | None) -> float | int | str | None:
    """A whole number without its `.0`, as it was most likely typed."""
    if isinstance(found, float) and found.is_integer() and abs(found) < 1e15:
        return int(found)
    return found


def rounded(plain: Any) -> Any:
    """Plain values with every float to 12 significant digits."""
    if isinstance(plain, float):
        return float(f"{plain:.12g}") + 0.0
    if isinstance(plain, dict):
        return {key: rounded(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [rounded(item) for item in plain]
    return plain
