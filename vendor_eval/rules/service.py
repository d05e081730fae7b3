"""The service that is bought: from where, when, and in which languages it is used."""

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from vendor_eval.errors import nearest
from vendor_eval.reference.clocks import zone_names
from vendor_eval.reference.figures import country, language_codes
from vendor_eval.reference.languages import canonical_language
from vendor_eval.rules.opening_hours import TypedHours
from vendor_eval.rules.plain_text import folded
from vendor_eval.rules.values.function import Typed
from vendor_eval.wording import listed

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
CEFR: tuple[Level, ...] = get_args(Level)
"""Levels of the Common European Framework of Reference for Languages, lowest first."""
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
Amount = Annotated[float, Field(gt=0, le=1e9)]


def _country(typed: str) -> str:
    if country(typed) is None:
        raise ValueError(f"found {typed!r}; allowed: a country of ISO 3166-1, such as DE or GB")
    return typed


def _zone(typed: str) -> str:
    if typed not in zone_names():
        hint = nearest(typed, sorted(zone_names()))
        raise ValueError(f"found {typed!r}{hint}; allowed: a time zone such as Europe/Berlin")
    return typed


def _language(typed: str) -> str:
    if typed not in language_codes():
        today = canonical_language(typed)
        hint = f"; did you mean {today!r}?" if today in language_codes() else ""
        raise ValueError(
            f"found {typed!r}{hint}; allowed: a language of ISO 639, such as de or fil"
        )
    return typed


def _label(typed: str) -> str:
    if set(typed) & set(";\n"):
        raise ValueError(f"found {typed!r}; allowed: a name without semicolons and line breaks")
    return typed


def _languages(typed: dict[str, Level]) -> dict[str, Level]:
    for language in typed:
        _language(language)
    return typed


CountryCode = Annotated[str, AfterValidator(_country)]
ZoneName = Annotated[str, AfterValidator(_zone)]
Language = Annotated[str, AfterValidator(_language)]
ChannelId = Annotated[str, Field(pattern=r"\A[a-z][a-z0-9_]*\z")]
ChannelLabel = Annotated[str, AfterValidator(_label)]
Languages = Annotated[dict[str, Level], Field(min_length=1), AfterValidator(_languages)]


class Nearshore(Typed):
    """What counts as near: these countries, or a clock that differs by at most so many hours."""

    countries: Annotated[tuple[CountryCode, ...] | None, Field(min_length=1)] = None
    hours_apart: Annotated[float | None, Field(ge=0, le=12)] = None
    """The most that clocks may differ on any day of the contract."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.countries is None) is (self.hours_apart is None):
            keys = listed(map(repr, sorted(self.model_fields_set))) or "nothing"
            raise ValueError(f"found {keys}; allowed: one of 'countries' or 'hours_apart'")
        return self


class Channel(Typed):
    """A way customers reach the service, with the languages it must speak."""

    id: ChannelId
    label: Annotated[ChannelLabel | None, Field(min_length=1)] = None
    languages: Languages
    """The least level of each language, by its code."""
    hours: TypedHours
    """When it must be open, in the buyer's time."""

    @property
    def called(self) -> str:
        """What vendors know it by."""
        return self.label or self.id

    def goes_by(self, name: str) -> bool:
        """Whether a vendor's name for a channel means this one, regardless of case and spaces."""
        return folded(name) in (self.id, folded(self.called))


class Peak(Typed):
    """The busiest interval, and how it is to be answered."""

    calls: Amount
    """Calls that arrive in the interval."""
    interval_minutes: Amount
    handling_seconds: Amount
    """Average handling time."""
    answered_within_seconds: Annotated[float, Field(ge=0, le=1e9)]
    target_share: Annotated[float, Field(gt=0, lt=1)]
    """Share of calls to be answered in time, as a fraction."""
    shrinkage: Annotated[float | None, Field(ge=0, lt=1)] = None
    """Share of paid time in which nobody answers; without it, head-counts mean people on line."""


class ServiceLevel(Typed):
    """A service level that vendors offer a figure for, such as calls answered within 20 seconds."""

    id: ChannelId
    label: Annotated[str, Field(min_length=1, max_length=100)]
    unit: Annotated[str, Field(min_length=1, max_length=20)] = "%"


class Service(Typed):
    """What the buyer needs, from any vendor."""

    country: CountryCode
    """The buyer's country, ISO 3166-1 alpha-2."""
    time_zone: ZoneName | None = None
    """The clock that the buyer's hours go by."""
    working_hours: TypedHours | None = None
    """The buyer's own, on working days."""
    working_days: Annotated[tuple[Day, ...] | None, Field(min_length=1)] = None
    nearshore: Nearshore | None = None
    channels: tuple[Channel, ...] = ()
    peak: Peak | None = None
    levels: tuple[ServiceLevel, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for noun, named in (("channel", self.channels), ("service level", self.levels)):
            names = [each.id for each in named]
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{noun} {twice[0]!r} appears here twice; allowed: once")
        for channel in self.channels:
            for other in self.channels:
                if other is not channel and other.goes_by(channel.called):
                    name, ids = channel.called, f"{channel.id!r} and {other.id!r}"
                    raise ValueError(f"{name!r} names the channels {ids}; allowed: one of them")
        return self
