"""Languages that a vendor offers, and what of them was tested, against what the buyer needs."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vendor_eval.response import Cell, Response, Row
from vendor_eval.rules import Rules
from vendor_eval.terms import CEFR, NO_HOURS, Channel, Hours, hours
from vendor_eval.terms.service import Level

MOST = 1e9
"""More agents than this are tested nowhere."""


@dataclass(frozen=True)
class Offer:
    """A row of the sheet *Languages*."""

    row: Row

    @property
    def language(self) -> str:
        """Its code, ISO 639."""
        return self.row["language"].text if "language" in self.row else ""

    @property
    def level(self) -> int:
        """The level's place in `CEFR`; -1 where none is told."""
        level = self.row["level"].text if "level" in self.row else ""
        return CEFR.index(level) if level in CEFR else -1

    @property
    def agents(self) -> float:
        """Agents tested at that level, 0 where it is blank; ValueError where it is no count."""
        found = self.row["agents"].value if "agents" in self.row else 0.0
        if not isinstance(found, float) or not 0 <= found <= MOST:
            cell = self.row["agents"]
            raise ValueError(f"{cell.place}: found {cell.typed!r}; allowed: a count of agents")
        return found

    @property
    def tested(self) -> bool:
        """Whether anybody was tested at the level."""
        return self.level >= 0 and self.agents > 0

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its cells, as typed."""
        return tuple(self.row.values())

    def reaches(self, channel: Channel) -> bool:
        """Whether it is for this channel: named so, or for every channel where none is named."""
        return "channel" not in self.row or channel.goes_by(self.row["channel"].text)

    def hours(self) -> Hours:
        """When it is covered, in the buyer's time; none where blank; ValueError where unclear."""
        if "hours" not in self.row:
            return NO_HOURS
        cell = self.row["hours"]
        try:
            return hours(cell.text)
        except ValueError as why:
            raise ValueError(f"{cell.place}: {why}") from None


def offers(response: Response) -> tuple[Offer, ...]:
    """The rows of the sheet *Languages*, as typed."""
    return tuple(Offer(row) for row in response.rows("languages"))


@dataclass(frozen=True)
class Requirement:
    """A language that a channel must speak, at least at a level."""

    channel: Channel
    language: str
    level: Level

    def __str__(self) -> str:
        return f"{self.language} {self.level} in {self.channel.label or self.channel.id}"

    def meeting(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """The offers that meet it: for the channel, tested at the level or above."""
        return tuple(
            offer
            for offer in offers
            if offer.language == self.language
            and offer.tested
            and offer.level >= CEFR.index(self.level)
            and offer.reaches(self.channel)
        )

    def agents(self, offers: Iterable[Offer]) -> float:
        """Agents tested at the level or above for the channel."""
        return math.fsum(offer.agents for offer in self.meeting(offers))

    def minutes(self, offers: Iterable[Offer]) -> int:
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


def strangers(offers: Sequence[Offer], rules: Rules) -> Iterator[str]:
    """Channels that a vendor names and the rules do not."""
    for name in dict.fromkeys(o.row["channel"].text for o in offers if "channel" in o.row):
        if not any(channel.goes_by(name) for channel in channels(rules)):
            yield name
