"""What vendors are asked: the parts of a response workbook, made from the rules."""

from vendor_eval.questionnaire.answers import answers
from vendor_eval.questionnaire.expertise import EXPERTISE_PARTS
from vendor_eval.questionnaire.languages import LANGUAGES
from vendor_eval.questionnaire.pricing import LINES, TERMS
from vendor_eval.questionnaire.security import CERTIFICATES, CONTROLS
from vendor_eval.questionnaire.sheet import Field, Form, Kind, Questionnaire, Table
from vendor_eval.questionnaire.sites import SITES
from vendor_eval.rules import Rules
from vendor_eval.terms import CEFR

__all__ = ["CEFR", "Field", "Form", "Kind", "Questionnaire", "Table", "questionnaire"]

STANDARD: tuple[Form | Table, ...] = (
    LINES,
    TERMS,
    SITES,
    LANGUAGES,
    CERTIFICATES,
    CONTROLS,
    *EXPERTISE_PARTS,
)
"""What is asked whatever the rules say."""


def questionnaire(rules: Rules) -> Questionnaire:
    """Everything a vendor is asked under these rules."""
    parts = (answers(rules), *STANDARD)
    return Questionnaire(tuple(part for part in parts if part.fields))
