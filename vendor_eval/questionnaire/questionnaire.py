"""What vendors can be asked: the parts of a response workbook, as data."""

from dataclasses import replace

from vendor_eval.questionnaire.answers import answers_form
from vendor_eval.questionnaire.expertise import EXPERTISE_PARTS
from vendor_eval.questionnaire.languages import languages_table
from vendor_eval.questionnaire.pricing import LINES, TERMS
from vendor_eval.questionnaire.security import CERTIFICATES, CONTROLS
from vendor_eval.questionnaire.service_levels import service_levels_form
from vendor_eval.questionnaire.sheet import Form, Questionnaire, Table
from vendor_eval.questionnaire.sites import SITES
from vendor_eval.questionnaire.standard import STANDARD_PARTS
from vendor_eval.rules.rules import Rules


def every_question(rules: Rules) -> Questionnaire:
    """Everything that can be asked under these rules, in the order of the sheets."""
    parts: tuple[Form | Table, ...] = (
        answers_form(rules),
        LINES,
        TERMS,
        service_levels_form(rules),
        SITES,
        languages_table(rules),
        CERTIFICATES,
        CONTROLS,
        *EXPERTISE_PARTS,
    )
    more = {part.id: part for named in STANDARD_PARTS.values() for part in named.parts}
    known = {part.id for part in parts}
    parts += tuple(part for id, part in more.items() if id not in known)
    currencies = (rules.currency, *sorted(rules.commercial.exchange if rules.commercial else ()))
    return Questionnaire(tuple(_offering(currencies, part) for part in parts if part.fields))


def _offering(currencies: tuple[str, ...], part: Form | Table) -> Form | Table:
    """A part whose questions for a currency offer those that the rules can compare."""
    fields = (
        replace(field, allowed=currencies) if field.kind == "currency" else field
        for field in part.fields
    )
    return replace(part, fields=tuple(fields))
