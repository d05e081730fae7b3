"""What the vendors are asked: a letter each, and who is asked about the same blank."""

from pathlib import Path

from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.check import ReadBids
from vendor_eval.clarifications.equal import equal_questions, equal_sentences
from vendor_eval.clarifications.letters import vendor_letters, write_letters
from vendor_eval.clarifications.requests import open_requests
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation

NOT_WRITTEN = "no letter was written: first settle the faults that are no vendor's"
"""The message where a fault of the folder keeps all bids from being read."""


def every_letter(tender: ReadBids, evaluation: Evaluation) -> dict[str, str]:
    """The letter to each vendor that is asked something, by the name of its file."""
    return vendor_letters(
        tender.rules, clarifications_of(tender, evaluation), open_requests(tender, evaluation)
    )


def letters_into(tender: ReadBids, directory: Path) -> tuple[Path, ...]:
    """The files of the letters, once they stand in a directory; VendorEvalError where they cannot.

    Earlier letters there are replaced, other files are left as they are.
    """
    written = every_letter(tender, tender.evaluation)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        write_letters(written, directory)
    except OSError as error:
        raise VendorEvalError(
            f"--letters {directory}: cannot be written: {error.strerror}"
        ) from None
    return tuple(directory / name for name in sorted(written))


def equally_asked(tender: ReadBids) -> tuple[str, ...]:
    """For every answer that is blank somewhere, how many of its vendors are asked about it."""
    columns = list(tender.rules.columns)
    if not (tender.evaluation.proposals.answers[columns] == "").any(axis=None):
        return ()  # what every vendor answers costs no check
    asked = clarifications_of(tender, tender.evaluation)
    return equal_sentences(equal_questions(asked, tender.evaluation))
