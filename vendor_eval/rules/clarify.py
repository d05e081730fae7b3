"""When a bid raises a question: the buyer's own thresholds, none of them built in."""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from vendor_eval.rules.values.function import Typed

Amount = Annotated[float, Field(gt=0, le=1e15)]
Percent = Annotated[float, Field(ge=0, lt=100)]


def _by_country(typed: dict[str, float]) -> dict[str, float]:
    for code in typed:
        if not re.fullmatch("[A-Z]{2}", code):
            raise ValueError(f"found the key {code!r}; allowed: two letters, such as PL")
    return typed


Wages = Annotated[dict[str, Amount], Field(min_length=1), AfterValidator(_by_country)]


class AbnormallyLow(Typed):
    """From how many per cent below what a price is asked about; each rule holds by itself."""

    below_mean_of_others: Percent | None = None
    below_estimate: Percent | None = None

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.below_mean_of_others is None and self.below_estimate is None:
            raise ValueError(
                "found no rule; allowed: 'below_mean_of_others', 'below_estimate' or both"
            )
        return self


class Clarify(Typed):
    """Thresholds beyond which a vendor is asked to explain; a check without its own is not made."""

    tolerance: Percent | None = None
    """Per cent by which two figures that should agree may differ, of the larger one."""
    loaded_wage_month: Wages | None = None
    """What an FTE costs its employer a month, in the rules' currency, by country."""
    loaded_wage_source: Annotated[str, Field(min_length=1)] | None = None
    estimate: Amount | None = None
    """The buyer's own estimate of the price, in the rules' currency."""
    abnormally_low: AbnormallyLow | None = None

    @model_validator(mode="after")
    def _figures_have_a_source(self) -> Self:
        if self.loaded_wage_month is not None and self.loaded_wage_source is None:
            raise ValueError("found 'loaded_wage_month' without 'loaded_wage_source'; say whose")
        low = self.abnormally_low
        if low is not None and low.below_estimate is not None and self.estimate is None:
            raise ValueError("'below_estimate' needs 'estimate', the buyer's own, next to it")
        return self


class TenderNotice(Typed):
    """What vendors must know to answer: printed on the questionnaire, and read by no rule."""

    about: Annotated[str | None, Field(min_length=1, max_length=1000)] = None
    """What is bought, in a few sentences."""
    contact: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    """Whom to ask, and where answers go."""
    questions_until: date | None = None
    deadline: date | None = None
    deadline_time: Annotated[str | None, Field(pattern=r"\A([01]\d|2[0-3]):[0-5]\d\z")] = None
    """The hour on the day of the deadline, in the buyer's time, as 12:00."""
