"""Public holidays, from the package `holidays`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType


@cache
def public_holidays(code: str, year: int) -> Mapping[date, str] | None:
    """Nationwide public holidays of a country in a year, with names; None where unlisted.

    Those of single provinces are not among them. Days that follow the moon are calculated.
    """
    from holidays import country_holidays

    try:
        days = country_holidays(code, years=year, language="en_US")
    except NotImplementedError:
        return None
    return MappingProxyType(dict(sorted(days.items()))) if days else None


@cache
def holidays_source() -> str:
    """The package that counts the holidays, with its version."""
    from importlib.metadata import version

    return f"package holidays {version('holidays')}"
