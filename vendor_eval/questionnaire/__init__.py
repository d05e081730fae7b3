"""What vendors are asked: the parts of a response workbook, made from the rules."""

from vendor_eval.questionnaire.answers import answers
from vendor_eval.questionnaire.expertise import EXPERTISE_PARTS
from vendor_eval.questionnaire.languages import languages
from vendor_eval.questionnaire.pricing import LINES, TERMS
from vendor_eval.questionnaire.security import CERTIFICATES, CONTROLS
from vendor_eval.questionnaire.sheet import Field, Form, Kind, Questionnaire, Table
from vendor_eval.questionnaire.sites import SITES
from vendor_eval.rules import Rules
from vendor_eval.terms import CEFR

__all__ = ["CEFR", "Field", "Form", "Kind", "Questionnaire", "Table", "questionnaire"]


def questionnaire(rules: Rules) -> Questionnaire:
    """Everything a vendor is asked under these rules."""
    parts: tuple[Form | Table, ...] = (
        answers(rules),
        LINES,
        TERMS,
        SITES,
        languages(rules),
        CERTIFICATES,
        CONTROLS,
        *EXPERTISE_PARTS,
    )
    return Questionnaire(tuple(part for part in parts if part.fields))
