"""Languages that a vendor offers, and what of them was tested, against what the buyer needs."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.errors import quoted
from vendor_eval.questionnaire.sheet import SEPARATOR
from vendor_eval.reference.languages import Match, language_match
from vendor_eval.rules.opening_hours import NO_HOURS, Hours, hours
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import CEFR, Channel, Level
from vendor_eval.wording.short_repr import ShortRepr

MOST = 1e9
"""More agents than this are tested nowhere."""


@dataclass(frozen=True)
class LanguageOffer(ShortRepr):
    """A row of the sheet *Languages*.

    `widely`: whether a language that may or may not be the needed one is taken for it.
    """

    row: Row
    widely: bool = False
    _matches: dict[str, Match] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def language(self) -> str:
        """Its code in CLDR; "" where none is given."""
        return self.row["language"].text if "language" in self.row else ""

    def match(self, needed: str) -> Match:
        """How its language stands to the one that is needed."""
        if needed not in self._matches:
            self._matches[needed] = language_match(self.language, needed)
        return self._matches[needed]

    def speaks(self, needed: str) -> bool:
        """Whether its language counts as the one that is needed."""
        return self.match(needed) in (("meets", "unclear") if self.widely else ("meets",))

    @property
    def level(self) -> int:
        """The level's place in `CEFR`; -1 where none is stated."""
        level = self.row["level"].text if "level" in self.row else ""
        return CEFR.index(level) if level in CEFR else -1

    @property
    def agents(self) -> float:
        """Agents tested at that level, 0 where it is blank; ValueError where it is no count."""
        count = self.row["agents"].value if "agents" in self.row else 0.0
        if not isinstance(count, float) or not 0 <= count <= MOST:
            cell = self.row["agents"]
            raise ValueError(f"{cell.place}: found {cell.typed!r}; allowed: a count of agents")
        return count

    @property
    def tested(self) -> bool:
        """Whether anybody was tested at the level."""
        return self.level >= 0 and self.agents > 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, as entered."""
        return tuple(self.row.values())

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels it is for; none where it is for every channel."""
        named = self.row["channel"].text.split(SEPARATOR.strip()) if "channel" in self.row else ()
        return tuple(filter(None, map(str.strip, named)))

    def reaches(self, channel: Channel) -> bool:
        """Whether it is for this channel: named so, or for every channel where none is named."""
        return not self.channels or any(map(channel.goes_by, self.channels))

    def hours(self) -> Hours:
        """When it is covered, in the buyer's time; none where blank; ValueError where unclear."""
        if "hours" not in self.row:
            return NO_HOURS
        cell = self.row["hours"]
        try:
            return hours(cell.text)
        except ValueError as why:
            raise ValueError(f"{cell.place}: {why}") from None


def language_offers(response: Response) -> tuple[LanguageOffer, ...]:
    """The rows of the sheet *Languages*, as entered."""
    return tuple(LanguageOffer(row) for row in response.rows("languages"))


@dataclass(frozen=True)
class Requirement(ShortRepr):
    """A language that a channel must speak, at least at a level."""

    channel: Channel
    language: str
    level: Level

    def __str__(self) -> str:
        return f"{self.language} {self.level} in {self.channel.called}"

    def meeting(self, offers: Iterable[LanguageOffer]) -> tuple[LanguageOffer, ...]:
        """The offers that meet it: for the channel, tested at the level or above."""
        return tuple(
            offer
            for offer in offers
            if offer.speaks(self.language)
            and offer.tested
            and offer.level >= CEFR.index(self.level)
            and offer.reaches(self.channel)
        )

    def agents(self, offers: Iterable[LanguageOffer]) -> float:
        """Agents tested at the level or above for the channel."""
        return math.fsum(offer.agents for offer in self.meeting(offers))

    def minutes(self, offers: Iterable[LanguageOffer]) -> int:
        """Minutes a day of the channel's hours that are covered; ValueError where unclear."""
        covered = NO_HOURS
        for offer in self.meeting(offers):
            covered |= offer.hours()
        return (covered & hours(self.channel.hours)).minutes

    @property
    def minutes_needed(self) -> int:
        """Minutes a day that are to be covered."""
        return hours(self.channel.hours).minutes


def channels(rules: Rules) -> tuple[Channel, ...]:
    """The channels that the rules give."""
    return rules.service.channels if rules.service else ()


def requirements(rules: Rules) -> tuple[Requirement, ...]:
    """Every language of every channel, in the rules' order."""
    return tuple(
        Requirement(channel, language, level)
        for channel in channels(rules)
        for language, level in channel.languages.items()
    )


def refuse_strangers(offers: Iterable[LanguageOffer], rules: Rules) -> None:
    """Raises ValueError, with its place, for a channel that a vendor names and the rules do not."""
    for offer in offers:
        for name in offer.channels:
            if not any(channel.goes_by(name) for channel in channels(rules)):
                asked = quoted(channel.called for channel in channels(rules))
                place = offer.row["channel"].place
                raise ValueError(f"{place}: unknown channel {name!r}; allowed: {asked}")
