"""What is recorded of a result: by every run, regardless of its notebook, and on request."""

import inspect
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vendor_eval.award.result import Result
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import RESULTS, write
from vendor_eval.outputs.stage_results import stage_json
from vendor_eval.tender.tender import Tender


def recorded(
    tender: str, directory: str, parameters: Mapping[str, Any], *, docx: bool = False
) -> None:
    """Writes `results.json`, `scorecard.xlsx` and letters, and with `docx` the board page for Word.

    `tender` is the file in which the process that runs the notebook keeps what it read: a copy that
    no cell has seen, so that nothing a notebook changes in its own can change the record. Of the
    notebook's parameters those count that an assessment has too. Raises what assessing raises.
    """
    kept = pickle.loads(Path(tender).read_bytes())  # noqa: S301  # this very run wrote it
    if kept.rules.stage:
        (Path(directory) / RESULTS).write_bytes(stage_json(kept))
        return
    result = kept.evaluate(**assessed_by(parameters))
    write(kept, result, directory)
    if docx:
        from vendor_eval.report.board_document import BOARD, board_docx

        (Path(directory) / BOARD).write_bytes(board_docx(kept, result))


def assessed_by(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a notebook's parameters that an assessment has too."""
    return {
        name: parameters[name]
        for name, parameter in inspect.signature(Tender.evaluate).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name in parameters
    }


def saved(result: Result, folder: Path) -> Path:
    """The folder, once `results.json`, `scorecard.xlsx` and the letters are in it.

    All are there or none. Raises VendorEvalError where it is not empty, or cannot be written to.
    """
    from vendor_eval.runs.destination import placed, refuse_occupied
    from vendor_eval.runs.staging import aside

    refuse_occupied(folder, named="")
    try:
        with aside(folder.resolve().parent) as staging:
            finished = staging / "result"
            finished.mkdir()
            write(result.tender, result, finished)
            return placed(finished, folder)
    except OSError as error:
        raise VendorEvalError(f"{folder}: cannot be written to: {error.strerror}") from error
