"""Measures of certificates and reports: in force on a stated day, and at which delivery sites."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from vendor_eval.errors import known
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.measures.security.holding import Day, Holding, Holdings, Sought
from vendor_eval.measures.security.in_force import ReportTerms
from vendor_eval.measures.security.scopes import Sites
from vendor_eval.questionnaire.security import CERTIFICATE_NAMES, SOC2, TRUST_CRITERIA
from vendor_eval.rules.rules import Rules


def _certificate(id: str) -> str:
    if id == "soc2":
        raise ValueError("found 'soc2'; it is a separate measure: soc2: {gap_months: ...}")
    return known(id, CERTIFICATE_NAMES)


def _trust_criteria(typed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(known(name, TRUST_CRITERIA) for name in typed)


LOOKED = ("certificate", "type", "sites", "scope", "valid_from", "valid_to", "issuer")
"""The columns that state what a certificate is, where and when it counts, and who stands for it."""
Months = Annotated[int, Field(ge=0, le=120)]


class Held(Measure):
    """What measures of certificates share: the day on which it must be in force."""

    at: Day = "start"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the certificates that it looks at."""
        return LOOKED

    def questions(self, rules: Rules) -> frozenset[str]:
        own = {f"certificates.{column}" for column in self.columns}
        return frozenset(own | {f"sites.{column}" for column in Sites.columns})

    @property
    def needed(self) -> tuple[str, ...]:
        return (*self.needs, self.at)

    @property
    def certificate(self) -> str:
        """What it looks for, as vendors name it."""
        raise NotImplementedError

    @property
    def sought(self) -> Sought:
        """That certificate, and what is asked of it."""
        return Sought(self.certificate, self.columns, self.at)


class Certified(Held):
    """What measures of certificates with a validity share."""

    name: Annotated[str, AfterValidator(_certificate)]

    @property
    def certificate(self) -> str:
        return CERTIFICATE_NAMES[self.name]


class Reported(Held):
    """What measures of SOC 2 reports share: how far back one may look."""

    needs: ClassVar[tuple[str, ...]] = ("as_of",)

    gap_months: Months
    bridge_months: Months = 0
    period_months: Months = 0
    criteria: Annotated[tuple[str, ...], AfterValidator(_trust_criteria)] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        bridge = ["bridge_to"] if self.bridge_months else []
        return (*LOOKED, *bridge, *(["trust_criteria"] if self.criteria else []))

    @property
    def certificate(self) -> str:
        return SOC2

    @property
    def sought(self) -> Sought:
        terms = ReportTerms(self.gap_months, self.bridge_months, self.period_months, self.criteria)
        return Sought(self.certificate, self.columns, self.at, terms)


@MEASURES.register("certificate")
class Certificate(Certified):
    """A certificate that is in force on the day asked for, and at which of the delivery sites."""

    about = (
        "A certificate that is in force on the day asked for, and at which of the delivery sites."
    )
    levels: ClassVar[tuple[str, ...]] = (
        "in force at all sites",
        "in force at some sites",
        "in force at no site",
        "self-assessed",
        "not yet valid",
        "expired",
        "none",
    )

    def __call__(self, facts: Facts) -> Measured:
        return level(facts.holdings(self.sought), "in force")


@MEASURES.register("soc2")
class Soc2(Reported):
    """A SOC 2 report, Type II, that is relied on at the day asked for, and at which sites."""

    about = "A SOC 2 report, Type II, that is relied on at the day asked for, and at which sites."
    levels: ClassVar[tuple[str, ...]] = (
        "Type II at all sites",
        "Type II at some sites",
        "Type II at no site",
        "not as asked",
        "Type I only",
        "not yet valid",
        "expired",
        "none",
    )

    def __call__(self, facts: Facts) -> Measured:
        return level(facts.holdings(self.sought), "Type II")


@MEASURES.register("sites_covered")
class SitesCovered(Certified):
    """The share of the head-count at sites where a certificate is in force."""

    about = "The share of the head-count at sites where a certificate is in force."
    unit: ClassVar[str] = "%"

    def __call__(self, facts: Facts) -> Measured:
        return share(facts.holdings(self.sought))


@MEASURES.register("soc2_sites_covered")
class Soc2SitesCovered(Reported):
    """The share of the head-count at sites where a SOC 2 Type II report is relied on."""

    about = "The share of the head-count at sites where a SOC 2 Type II report is relied on."
    unit: ClassVar[str] = "%"

    def __call__(self, facts: Facts) -> Measured:
        return share(facts.holdings(self.sought))


def level(held: Holdings, in_force: str) -> Measured:
    """The level of some holdings; None where an open question could change it."""
    if unsettled := _unsettled(held):
        return unsettled
    counting, left = held.of("in force"), held.sites.every - held.covered
    if not counting:
        state, why = _missing(held)
        return Measured(state, held.cells, why)
    if not left:
        return Measured(f"{in_force} at all sites", held.cells, _why(counting))
    covered = f"{in_force} at {'some sites' if held.covered else 'no site'}"
    why = f"{_why(counting)}; not at {', '.join(held.sites.named(left))}"
    return Measured(covered, held.cells, why)


def share(held: Holdings) -> Measured:
    """Per cent of the head-count at sites covered; None where an open question could change it."""
    if unsettled := _unsettled(held):
        return unsettled
    counting = held.of("in force")
    if not counting:
        return Measured(0.0, held.cells, _missing(held)[1])
    percent = held.sites.share(held.covered)
    why = _why(counting) if percent is not None else "a site's head-count is not given as a number"
    return Measured(percent, held.cells, why)


def _unsettled(held: Holdings) -> Measured | None:
    """Nothing, with the reason, where the response does not settle what counts where."""
    if not held.answered:
        return Measured(None, note="no certificate is listed")
    if held.of("in force", "undecided") and not held.sites.rows:
        return Measured(None, held.cells, "no delivery site is listed that it could cover")
    return Measured(None, held.cells, held.doubts) if held.open else None


def _missing(held: Holdings) -> tuple[str, str]:
    """Why nothing is in force: a level and a clause."""
    if held.missing:
        return held.missing.verdict.state, held.missing.verdict.why
    return "none", "not among the certificates listed"


def _why(counting: tuple[Holding, ...]) -> str:
    return "; ".join(h.verdict.why for h in counting)
