"""What every run records of its evaluation, regardless of what its notebook shows."""

import inspect
from collections.abc import Mapping
from typing import Any

from vendor_eval.award.result import result_of
from vendor_eval.outputs.results import write
from vendor_eval.tender.folder import read


def recorded(folder: str, directory: str, parameters: Mapping[str, Any]) -> None:
    """Writes `results.json`, `scorecard.xlsx` and letters, as `vendor-eval score` counts them.

    Of the notebook's parameters those count that an assessment has too. Raises what reading and
    assessing raise.
    """
    options = {
        name: parameters[name]
        for name, parameter in inspect.signature(result_of).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name in parameters
    }
    tender = read(folder)
    write(tender, result_of(tender, **options), directory)
