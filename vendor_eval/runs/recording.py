"""What every run records of its evaluation, regardless of what its notebook shows."""

import inspect
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vendor_eval.award.result import result_of
from vendor_eval.outputs.results import write


def recorded(
    tender: str, directory: str, parameters: Mapping[str, Any], *, docx: bool = False
) -> None:
    """Writes `results.json`, `scorecard.xlsx` and letters, and with `docx` the board page for Word.

    `tender` is the file in which the process that runs the notebook keeps what it read: a copy that
    no cell has seen, so that nothing a notebook changes in its own can change the record. Of the
    notebook's parameters those count that an assessment has too. Raises what assessing raises.
    """
    options = {
        name: parameters[name]
        for name, parameter in inspect.signature(result_of).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name in parameters
    }
    kept = pickle.loads(Path(tender).read_bytes())  # noqa: S301  # this very run wrote it
    result = result_of(kept, **options)
    write(kept, result, directory)
    if docx:
        from vendor_eval.report.board_document import BOARD, board_docx

        (Path(directory) / BOARD).write_bytes(board_docx(kept, result))
