"""Forms of award letters as data: which items a letter needs, by which text of law."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field

from vendor_eval.errors import known
from vendor_eval.rules.criteria import Text
from vendor_eval.rules.values.function import Typed
from vendor_eval.rules.yaml_lines import yaml_document

Fills = Literal[
    "buyer",
    "supplier.name",
    "supplier.address",
    "supplier.email",
    "supplier.identifier",
    "date",
    "salutation",
    "outcome",
    "criteria",
    "criteria.scale",
    "criteria.full_text",
    "own.scores",
    "own.total",
    "own.explanations",
    "why_not",
    "winner.name",
    "winner.address",
    "winner.email",
    "winner.identifier",
    "winner.scores",
    "winner.total",
    "winner.explanations",
    "winner.advantages",
    "winner.price",
    "own.price",
    "standstill",
    "questions",
    "signatory",
]
"""What of a letter an item is filled from."""


class FormItem(Typed):
    """One item of a letter: what it must say, by which text, read on which day."""

    id: Text
    text: Text
    source: Text
    read: date | None = None
    """The day on which the text was read; None where it was not."""
    unverified: Text | None = None
    """What of the text was not read."""
    fills: Fills
    to: Literal["all", "winner", "losers"] = "all"
    mandatory: bool = True


class StandstillRule(Typed):
    """How long no contract may be entered into, and which holidays count."""

    working_days: Annotated[int, Field(ge=1)]
    holidays: dict[Text, Text]
    """Calendars by their codes, as `GB-ENG`, with the names that readers know them by."""
    source: Text


class LetterForm(Typed):
    """A form: its items in the order of the letter."""

    id: Text
    title: Text
    about: Text
    status: Literal["checked", "draft"]
    """A draft always says DRAFT, and the command ends with 5."""
    procedure: Literal["private", "public"]
    """The kind of procedure that the form is for."""
    notes: tuple[Text, ...] = ()
    """What a reader of the checklist must know of the texts that were read."""
    standstill: StandstillRule | None = None
    items: Annotated[tuple[FormItem, ...], Field(min_length=1)]

    def shows(self, fills: str) -> bool:
        """Whether letters of this form hold something."""
        return any(item.fills == fills for item in self.items)


def form_names() -> tuple[str, ...]:
    """The forms that there are, by name."""
    entries = files("vendor_eval.award.forms").iterdir()
    return tuple(sorted(e.name.removesuffix(".yaml") for e in entries if e.name.endswith(".yaml")))


def forms_for(procedure: str) -> tuple[str, ...]:
    """The forms for one kind of procedure by name, those that are checked first."""
    fitting = [form for form in map(letter_form, form_names()) if form.procedure == procedure]
    return tuple(form.id for form in sorted(fitting, key=lambda form: form.status != "checked"))


@cache
def letter_form(name: str) -> LetterForm:
    """The form of a name; raises ValueError with the nearest one where there is none."""
    file = f"{known(name, form_names())}.yaml"
    content = (files("vendor_eval.award.forms") / file).read_text("utf-8")
    typed: Any = yaml_document(content, file)[0]
    return LetterForm.model_validate(typed)
