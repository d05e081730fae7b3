"""What vendors must know to answer: what is bought, whom to ask, and until when."""

from datetime import date
from typing import Annotated

from pydantic import Field

from vendor_eval.rules.values.function import Typed


class TenderNotice(Typed):
    """Printed on the questionnaire's first sheet; no rule reads it."""

    about: Annotated[str | None, Field(min_length=1, max_length=1000)] = None
    """What is bought, in a few sentences."""
    contact: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    """Whom to ask, and where answers go."""
    questions_until: date | None = None
    deadline: date | None = None
    deadline_time: Annotated[str | None, Field(pattern=r"\A([01]\d|2[0-3]):[0-5]\d\z")] = None
    """The hour on the day of the deadline, in the buyer's time, as 12:00."""
