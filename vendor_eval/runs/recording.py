"""What every run records of its evaluation, regardless of what its notebook shows."""

import inspect
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vendor_eval.outputs.results import write
from vendor_eval.tender.tender import Tender


def recorded(tender: str, directory: str, parameters: Mapping[str, Any]) -> None:
    """Writes `results.json`, `scorecard.xlsx` and letters, as `vendor-eval score` counts them.

    `tender` is the file in which the process that runs the notebook keeps what it read: a copy that
    no cell has seen, so that nothing a notebook changes in its own can change the record. Of the
    notebook's parameters those count that an assessment has too. Raises what assessing raises.
    """
    options = {
        name: parameters[name]
        for name, parameter in inspect.signature(Tender.evaluate).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name in parameters
    }
    kept = pickle.loads(Path(tender).read_bytes())  # noqa: S301  # this very run wrote it
    write(kept, kept.evaluate(**options), directory)
