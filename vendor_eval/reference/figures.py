"""What the reference tables say about a country: each figure with its year and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from vendor_eval.reference.tables import by, manifest, rows

INDICATORS = MappingProxyType(
    {
        "voice_and_accountability": "va",
        "political_stability": "pv",
        "government_effectiveness": "ge",
        "regulatory_quality": "rq",
        "rule_of_law": "rl",
        "control_of_corruption": "cc",
    }
)
"""The six Worldwide Governance Indicators, with the World Bank's codes."""


@dataclass(frozen=True)
class Figure:
    """One number of one country, with the year it is of (or the edition) and its source."""

    value: float
    unit: str
    year: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Country:
    """A country or territory of ISO 3166-1."""

    name: str
    eea_member: bool
    part_of: str
    """The EU member a territory with a separate code belongs to; "" for countries."""

    @property
    def in_eea(self) -> bool:
        """Whether the law of the European Economic Area applies there."""
        return self.eea_member or bool(self.part_of)


@cache
def country(code: str) -> Country | None:
    """The country of an ISO 3166-1 alpha-2 code; None where there is none."""
    row = by("countries", "alpha2").get((code,))
    if row is None:
        return None
    return Country(row["name"], row["eea_member"] == "1", row["part_of"])


@cache
def country_codes() -> tuple[str, ...]:
    """Every code of ISO 3166-1 alpha-2, in alphabetical order."""
    return tuple(row["alpha2"] for row in rows("countries"))


@cache
def time_zones(code: str) -> tuple[str, ...]:
    """The IANA time zones of a country; none where it is not listed."""
    return tuple(row["zone"] for row in rows("time_zones") if row["alpha2"] == code)


def governance(code: str, indicator: str) -> Figure | None:
    """A country's percentile rank on a governance indicator, 0-100, 100 best; None if unlisted."""
    return _governance(code, indicator, "percentile", "percentile")


def governance_estimate(code: str, indicator: str) -> Figure | None:
    """A country's estimate of a governance indicator, about -2.5 to 2.5; None if unlisted."""
    return _governance(code, indicator, "estimate", "standard deviations")


def _governance(code: str, indicator: str, column: str, unit: str) -> Figure | None:
    row = by("governance", "alpha2", "indicator").get((code, INDICATORS[indicator]))
    return _figure("governance", row, column, unit)


def corruption_perceptions(code: str) -> Figure | None:
    """A country's Corruption Perceptions Index, 0-100, 100 very clean; None where unlisted."""
    row = by("corruption_perceptions", "alpha2").get((code,))
    return _figure("corruption_perceptions", row, "score", "points")


def earnings(code: str) -> Figure | None:
    """Average monthly earnings of employees in 2021 PPP dollars; None where unlisted."""
    row = by("earnings", "alpha2").get((code,))
    note = "; ".join(filter(None, [row["survey"], row["status"].lower()])) if row else ""
    return _figure("earnings", row, "usd_2021_ppp_a_month", "2021 PPP USD a month", note)


def speaker_share(code: str, language: str) -> Figure | None:
    """Share of a country's population that can use a language, in %; None where unlisted.

    Where the language is listed in one script alone, as zh_Hant in Taiwan, that is its share.
    """
    forms = {r["language"]: r for r in _languages(code) if r["language"].split("_")[0] == language}
    only = next(iter(forms)) if len(forms) == 1 else language
    note = "" if only == language else f"listed as {only}"
    return _figure("languages", forms.get(only), "percent", "% of the population", note)


@cache
def _languages(code: str) -> tuple[Mapping[str, str], ...]:
    return tuple(row for row in rows("languages") if row["alpha2"] == code)


@cache
def official_languages(code: str) -> tuple[str, ...]:
    """Codes of a country's official languages, also de facto but not regional ones, as in CLDR."""
    return tuple(
        row["language"]
        for row in _languages(code)
        if row["official"] in ("official", "de_facto_official")
    )


@cache
def language_codes() -> frozenset[str]:
    """Every language that is listed for any country, without scripts; `und` is none."""
    return frozenset(row["language"].split("_")[0] for row in rows("languages")) - {"und"}


def _figure(
    table: str, row: Mapping[str, str] | None, column: str, unit: str, note: str = ""
) -> Figure | None:
    """The figure in a column of a row; None where there is no row or its cell is blank."""
    if row is None or not row[column]:
        return None
    return Figure(float(row[column]), unit, row.get("year", ""), manifest()[table].title, note)
