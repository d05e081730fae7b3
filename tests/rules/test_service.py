"""What the buyer needs: hours, countries, zones, languages and the peak, as typed in the rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vendor_eval.rules.opening_hours import NO_HOURS, Hours, hours
from vendor_eval.rules.service import Service

times = st.integers(0, 24 * 4 - 1).map(lambda quarter: 15 * quarter)
spans = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1])


def clock(minutes: int) -> str:
    """Minutes since midnight as people type them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def any_hours(draw: st.DrawFn) -> Hours:
    """Hours as they might be typed, one to three spans."""
    typed = draw(st.lists(spans, min_size=1, max_size=3))
    return hours(", ".join(f"{clock(a)}-{clock(b)}" for a, b in typed))


@pytest.mark.parametrize(
    ("typed", "hours_read"),
    [
        ("08:00-20:00", ((480, 1200),)),
        ("8:00 – 20:00", ((480, 1200),)),
        ("08:00-12:00, 13:00-17:30", ((480, 720), (780, 1050))),
        ("08:00-12:00; 12:00-16:00", ((480, 960),)),
        ("16:00-24:00", ((960, 1440),)),
        ("22:00-06:00", ((0, 360), (1320, 1440))),
        ("00:00-24:00", ((0, 1440),)),
    ],
)
def test_hours_are_read_as_typed(typed: str, hours_read: tuple[tuple[int, int], ...]) -> None:
    assert hours(typed).spans == hours_read


@pytest.mark.parametrize(
    "typed",
    [
        "24/7",
        "8-20",
        "08:00",
        "",
        "08:00-08:00",
        "25:00-26:00",
        "08:00-24:30",
        "08:60-09:00",
        "24:00-06:00",
        "08.00-20.00",
        "8am-8pm",
        "08:00-20:00 CET",
        "08:00-20:00,",
    ],
)
def test_hours_that_need_a_guess_are_refused_with_what_is_allowed(typed: str) -> None:
    with pytest.raises(ValueError, match="allowed: times such as 08:00-20:00"):
        hours(typed)


@given(any_hours(), any_hours())
def test_what_is_in_both_and_in_either_add_up(one: Hours, other: Hours) -> None:
    assert (one & other).minutes + (one | other).minutes == one.minutes + other.minutes
    assert (one & other).minutes <= min(one.minutes, other.minutes)
    assert one & NO_HOURS == NO_HOURS
    assert one | NO_HOURS == one


@given(any_hours(), st.integers(-14 * 60, 14 * 60))
def test_moving_the_clock_there_and_back_changes_nothing(one: Hours, minutes: int) -> None:
    assert one.later(minutes).minutes == one.minutes
    assert one.later(minutes).later(-minutes) == one
    assert all(0 <= start < end <= 1440 for start, end in one.later(minutes).spans)


SERVICE: dict[str, Any] = {
    "country": "DE",
    "time_zone": "Europe/Berlin",
    "working_hours": "08:00-18:00",
    "working_days": ("mon", "tue", "wed", "thu", "fri"),
    "nearshore": {"hours_apart": 2},
    "channels": (
        {"id": "voice", "languages": {"de": "C1", "en": "B2"}, "hours": "08:00-20:00"},
        {"id": "chat", "label": "Web chat", "languages": {"en": "B2"}, "hours": "00:00-24:00"},
    ),
    "peak": {
        "calls": 100,
        "interval_minutes": 30,
        "handling_seconds": 180,
        "answered_within_seconds": 20,
        "target_share": 0.8,
    },
}


def test_a_service_is_read_whole() -> None:
    service = Service.model_validate(SERVICE)
    assert service.channels[0].languages == {"de": "C1", "en": "B2"}
    assert service.channels[1].goes_by("web CHAT")
    assert service.channels[1].goes_by("chat")
    assert not service.channels[1].goes_by("voice")
    assert service.peak is not None
    assert service.peak.shrinkage is None


def test_a_service_is_its_own_json() -> None:
    service = Service.model_validate(SERVICE)
    assert Service.model_validate_json(service.model_dump_json()) == service


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("country", "UK", "a country of ISO 3166-1"),
        ("country", "de", "a country of ISO 3166-1"),
        ("time_zone", "Europe/Berln", "did you mean 'Europe/Berlin'"),
        ("time_zone", "../../etc/passwd", "a time zone such as Europe/Berlin"),
        ("time_zone", "localtime", "a time zone such as Europe/Berlin"),
        ("working_hours", "8-18", "times such as 08:00-20:00"),
        ("working_days", ("monday",), "'mon', 'tue'"),
        ("nearshore", {}, "one of 'countries' or 'hours_apart'"),
        ("nearshore", {"countries": ("PL",), "hours_apart": 2}, "one of 'countries'"),
        ("nearshore", {"countries": ("PL", "XX")}, "a country of ISO 3166-1"),
        ("channels", (SERVICE["channels"][0],) * 2, "'voice' appears here twice"),
        ("peak", SERVICE["peak"] | {"target_share": 80}, "less than 1"),
    ],
)
def test_what_a_service_cannot_be_is_told_with_what_is_allowed(
    key: str, typed: Any, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        Service.model_validate(SERVICE | {key: typed})


def test_an_unknown_language_is_told() -> None:
    channel = {"id": "voice", "languages": {"deutsch": "C1"}, "hours": "08:00-20:00"}
    with pytest.raises(ValidationError, match="a language of ISO 639"):
        Service.model_validate(SERVICE | {"channels": (channel,)})
