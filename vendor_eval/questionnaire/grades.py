"""Questions that are answered by how far something is done, each with the evidence for it."""

from vendor_eval.questionnaire.sheet import Question

YES, PARTIAL, NO, NOT_APPLICABLE = "yes", "partial", "no", "not applicable"
GRADES = (YES, PARTIAL, NO, NOT_APPLICABLE)


def graded(id: str, question: str) -> Question:
    """A question that is answered by one of the grades."""
    return Question(
        id, question, "choice", allowed=GRADES, help="in Evidence: the document that shows it"
    )
