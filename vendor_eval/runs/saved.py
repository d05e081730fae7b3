"""What a result leaves in a folder, whole or not at all."""

from pathlib import Path

from vendor_eval.award.result import Result
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import write
from vendor_eval.runs.destination import placed, refuse_occupied
from vendor_eval.runs.staging import aside


def saved(result: Result, folder: Path) -> Path:
    """The folder, once `results.json`, `scorecard.xlsx` and the letters are in it.

    Raises VendorEvalError where it is not empty, or cannot be written to.
    """
    refuse_occupied(folder)
    try:
        with aside(folder.resolve().parent) as staging:
            finished = staging / "result"
            finished.mkdir()
            write(result.tender, result, finished)
            return placed(finished, folder)
    except OSError as error:
        raise VendorEvalError(f"{folder}: cannot be written to: {error.strerror}") from error
