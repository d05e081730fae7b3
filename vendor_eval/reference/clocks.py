"""Clocks: time zones by name, from the package `tzdata`, the same on every machine."""

from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone_names() -> frozenset[str]:
    """Every name of the IANA time zone database, also former ones such as Asia/Calcutta."""
    return frozenset((files("tzdata") / "zones").read_text("ascii").split())


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of one of `zone_names`.

    Not `ZoneInfo(name)`, which would ask the machine's own database first.
    """
    if name not in zone_names():
        raise KeyError(name)
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def clocks_source() -> str:
    """The package that holds the time zones, with its version."""
    from importlib.metadata import version

    return f"package tzdata {version('tzdata')}"
