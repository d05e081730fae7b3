"""Questions that are answered by how far something is done, each with the evidence for it."""

from vendor_eval.questionnaire.sheet import Field

YES, PARTIAL, NO, NOT_APPLICABLE = "yes", "partial", "no", "not applicable"
GRADES = (YES, PARTIAL, NO, NOT_APPLICABLE)


def graded(id: str, question: str) -> Field:
    """A question that is answered by one of the grades."""
    return Field(
        id, question, "choice", allowed=GRADES, help="in Evidence: the document that shows it"
    )
