"""What is offered and tested of the languages that the buyer needs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from vendor_eval.bids.response import Cell
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.language.offers import (
    LanguageOffer,
    Requirement,
    channels,
    refuse_strangers,
    requirements,
)
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.reference.languages import language_name
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import CEFR, ChannelId, Language

NOT_OFFERED = "none"
"""The level of a language that no agent was tested in."""


class _OfLanguages(Measure):
    """A measure of the sheet *Languages*; blank, with the reason, where it is empty or unclear.

    A language that may or may not be a needed one is a question at its cell, as InputFaults, where
    the answer depends on it.
    """

    reads: ClassVar[tuple[str, ...]] = ("language", "level", "agents", "channel")
    """The columns of the sheet *Languages* that it uses."""

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(f"languages.{column}" for column in self.reads)

    def cells(self, offers: Sequence[LanguageOffer]) -> tuple[Cell, ...]:
        """The cells of some rows that it uses."""
        return tuple(o.row[name] for o in offers for name in self.reads if name in o.row)

    def __call__(self, facts: Facts) -> Measured:
        named, rules = facts.language_offers, facts.rules
        if not named:
            return Measured(None, note="no language is listed")
        measured, needed = self._measured(named, rules), self.languages(rules)
        unclear = [(o, n) for o in named for n in needed if o.match(n) == "unclear"]
        if unclear and measured.value != self._measured(_widely(named), rules).value:
            raise InputFaults(_question(facts.vendor, *each) for each in unclear)
        notes = filter(None, [measured.note, _kin(named, needed)])
        return replace(measured, note="; ".join(notes))

    def _measured(self, named: Sequence[LanguageOffer], rules: Rules) -> Measured:
        try:
            refuse_strangers(named, rules)
            return self.over(named, rules)
        except ValueError as why:
            return Measured(None, self.cells(named), str(why))

    def languages(self, rules: Rules) -> tuple[str, ...]:
        """The languages it looks for: the one that is named, else those of every channel."""
        one = getattr(self, "language", None)
        return (one,) if one else tuple(dict.fromkeys(r.language for r in requirements(rules)))

    def over(self, named: Sequence[LanguageOffer], rules: Rules) -> Measured:
        """What one row or more show; ValueError, with its place, for an unclear cell."""
        raise NotImplementedError


def _widely(named: Sequence[LanguageOffer]) -> list[LanguageOffer]:
    return [replace(offer, widely=True) for offer in named]


def _kin(named: Sequence[LanguageOffer], needed: Sequence[str]) -> str:
    """What is offered of a needed language's macrolanguage and not counted as it."""
    pairs = ((o.language, n) for o in named for n in needed if o.match(n) == "kindred")
    notes = dict.fromkeys(f"{offered} is not counted as {wanted}" for offered, wanted in pairs)
    return "; ".join(notes)


def _question(vendor: str, offer: LanguageOffer, needed: str) -> Fault:
    """What is asked where an offer names the macrolanguage of a needed language."""
    cell, name = offer.row["language"], language_name(needed)
    holds = f"found {cell.typed!r}, which may or may not be {name} ({needed}), which is needed"
    question = f"{holds}; allowed: {name!r}, or the exact name of the other language that is meant"
    return Fault(cell.place, question, vendor, audience="vendor", severity="question")


@MEASURES.register("cefr_level")
class CefrLevel(_OfLanguages):
    """The lowest level at which agents of a language were tested; none where nobody was."""

    about = "The lowest level at which agents of a language were tested; none where nobody was."
    levels: ClassVar[tuple[str, ...]] = (NOT_OFFERED, *CEFR)
    language: Language
    channel: ChannelId | None = None

    def over(self, named: Sequence[LanguageOffer], rules: Rules) -> Measured:
        named_channel = [c for c in channels(rules) if c.id == self.channel]
        if self.channel and not named_channel:
            raise ValueError(f"the rules have no channel {self.channel!r}")
        used = [
            offer
            for offer in named
            if offer.speaks(self.language) and all(map(offer.reaches, named_channel))
        ]
        tested = [offer.level for offer in used if offer.tested]
        if tested:
            return Measured(
                CEFR[min(tested)], self.cells(used), "the lowest level with agents tested"
            )
        why = "offered, but no agent tested" if used else "not among the languages listed"
        return Measured(NOT_OFFERED, self.cells(used), f"{self.language}: {why}")


class _Required(_OfLanguages):
    """A measure of what channels need, in one language or channel where one is named."""

    needs: ClassVar[tuple[str, ...]] = ("service.channels",)

    def over(self, named: Sequence[LanguageOffer], rules: Rules) -> Measured:
        language, channel = getattr(self, "language", None), getattr(self, "channel", None)
        needed = [
            r
            for r in requirements(rules)
            if language in (None, r.language) and channel in (None, r.channel.id)
        ]
        if not needed:
            where = f"channel {channel!r}" if channel else "channel"
            raise ValueError(f"no {where} needs {language}")
        used = [o for o in named if any(o.speaks(r.language) for r in needed)]
        value, note = self.result(needed, used)
        return Measured(value, self.cells(used), note)

    def result(
        self, needed: Sequence[Requirement], offers: Sequence[LanguageOffer]
    ) -> tuple[float, str]:
        """The number, and how it came about; ValueError, with its place, for an unclear cell."""
        raise NotImplementedError


@MEASURES.register("languages_covered")
class LanguagesCovered(_Required):
    """Share of the channels' languages with agents tested at the least level or above, in %."""

    about = "Share of the channels' languages with agents tested at the least level or above, in %."
    unit: ClassVar[str] = "%"

    def result(
        self, needed: Sequence[Requirement], offers: Sequence[LanguageOffer]
    ) -> tuple[float, str]:
        open_ = [str(r) for r in needed if not r.meeting(offers)]
        met = len(needed) - len(open_)
        note = f"{met} of {len(needed)} met" + (f"; not {', '.join(open_)}" if open_ else "")
        return 100 * met / len(needed), note


@MEASURES.register("agents_tested")
class AgentsTested(_Required):
    """Agents of a language tested at the least level or above, in the channel with the fewest."""

    about = (
        "Agents of a language tested at the least level or above, in the channel with the fewest."
    )
    unit: ClassVar[str] = "agents"
    language: Language
    channel: ChannelId | None = None

    def result(
        self, needed: Sequence[Requirement], offers: Sequence[LanguageOffer]
    ) -> tuple[float, str]:
        agents = {str(r): r.agents(offers) for r in needed}
        return min(agents.values()), "; ".join(f"{r}: {n:g}" for r, n in agents.items())


@MEASURES.register("language_hours")
class LanguageHours(_Required):
    """Hours a day of the channels' that a language covers, in the channel with the fewest."""

    about = "Hours a day of the channels' that a language covers, in the channel with the fewest."
    reads: ClassVar[tuple[str, ...]] = (*_OfLanguages.reads, "hours")
    unit: ClassVar[str] = "hours a day"
    language: Language
    channel: ChannelId | None = None

    def result(
        self, needed: Sequence[Requirement], offers: Sequence[LanguageOffer]
    ) -> tuple[float, str]:
        _refuse_blank_hours(needed, offers)
        covered = [r.minutes(offers) / 60 for r in needed]
        parts = [
            f"{r}: {h:g} of {r.minutes_needed / 60:g} h"
            for r, h in zip(needed, covered, strict=True)
        ]
        return min(covered), "; ".join(parts)


@MEASURES.register("language_hours_share")
class LanguageHoursShare(_Required):
    """Share of the hours of all channels and languages that is covered as needed, in %."""

    about = "Share of the hours of all channels and languages that is covered as needed, in %."
    reads: ClassVar[tuple[str, ...]] = (*_OfLanguages.reads, "hours")
    unit: ClassVar[str] = "%"

    def result(
        self, needed: Sequence[Requirement], offers: Sequence[LanguageOffer]
    ) -> tuple[float, str]:
        _refuse_blank_hours(needed, offers)
        covered, total = (
            sum(r.minutes(offers) for r in needed),
            sum(r.minutes_needed for r in needed),
        )
        return 100 * covered / total, f"{covered / 60:g} of {total / 60:g} language hours a day"


def _refuse_blank_hours(needed: Sequence[Requirement], offers: Sequence[LanguageOffer]) -> None:
    """Refuses hours that are blank in every row that meets a requirement: they are not zero."""
    for requirement in needed:
        meeting = requirement.meeting(offers)
        if meeting and not any("hours" in offer.row for offer in meeting):
            raise ValueError(f"{requirement}: no hours are stated")
