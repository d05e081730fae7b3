"""What a notebook is asked: its parameters, checked, and the evaluation that they name."""

import ast
import os
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, JsonValue, ValidationError

from vendor_eval.errors import Fault, InputFaults, VendorEvalError, nearest, quoted
from vendor_eval.lab.contents import folders_in, place_of
from vendor_eval.lab.recent import recent_first, remember
from vendor_eval.rules.robustness import DRAWS
from vendor_eval.rules.values.function import Typed
from vendor_eval.rules.well_formed import typing_faults

INJECTED = "# Parameters"
"""How the cell begins in which papermill sets what it was given."""
MADE = ("tender", "result", "priced", "heard", "explorer", "documents")
"""Names under which notebooks keep what belongs to one evaluation."""
SESSION = "JPY_SESSION_NAME"
"""Set in the kernel of a notebook that somebody has open; not where one is run headless."""

Whole = Annotated[int, Field(ge=0)]


class Parameters(Typed):
    """The parameters that notebooks have, each with its default; none has others of these names."""

    folder: str = ""
    """The evaluation folder; where it is empty, JupyterLab lets one be picked."""
    scenario: str = ""
    """A scenario of the rules; empty for the rules' own weights."""
    seed: Whole = 0
    draws: Annotated[int, Field(ge=1)] = DRAWS
    information: dict[str, JsonValue] = Field(default={})
    """What is known of the weights, as `docs/weights.md` writes it."""
    volumes: str = ""
    """A forecast of volumes by its name; empty for the expected one."""
    judgements: dict[str, JsonValue] = Field(default={})
    """What `judgements.yaml` may hold; empty for what the folder's holds."""
    envelope: str = ""
    """The first of two envelopes, to read it alone; empty for all that is open."""
    evaluator_figures: bool = False
    """Whether a panel's report shows figures about each evaluator, for the moderator alone."""
    form: str = ""
    """The form of award letters; the first that fits the procedure where it is empty."""
    other_run: str = ""
    """A finished run, by its whole path, that the result is compared with."""


def parameters(namespace: MutableMapping[str, Any]) -> Parameters:
    """The parameters of the notebook whose variables these are, with its evaluation folder.

    What an earlier run of the notebook made and showed is taken away first, so that a fault leaves
    nothing of another folder. Raises InputFaults with every unknown name that papermill was given,
    every value that is none, and a missing folder.
    """
    from vendor_eval.report.sections import withdraw

    for name in MADE:
        namespace.pop(name, None)
    withdraw()
    known = Parameters.model_fields
    faults = [*_unknown(namespace, known)]
    try:
        given = Parameters(**{name: namespace[name] for name in known if name in namespace})
    except ValidationError as error:
        wrong = typing_faults(error, Parameters)
        raise InputFaults(
            [*faults, *(Fault(f"parameter {'.'.join(map(str, at))}", says) for at, says in wrong)]
        ) from None
    if faults:
        raise InputFaults(faults)
    if given.folder and "://" not in given.folder:
        if os.environ.get(SESSION):
            remember(Path(given.folder))
        return given
    return given.model_copy(update={"folder": _picked(given.folder)})


def _unknown(namespace: MutableMapping[str, Any], known: Any) -> Iterator[Fault]:
    """What papermill was given that no notebook has; it sets any name, and says nothing."""
    for source in namespace.get("In", ()):
        if not source.startswith(INJECTED):
            continue
        for statement in ast.parse(source).body:
            for target in getattr(statement, "targets", ()):
                name = getattr(target, "id", "")
                if name not in known:
                    hint = nearest(name, known) or f"; allowed: {quoted(known)}"
                    yield Fault(f"parameter {name}", f"there is no such parameter{hint}")


def _picked(folder: str) -> str:
    """The evaluation that is chosen in JupyterLab, where a box to choose from is shown."""
    allowed = "allowed: the path of an evaluation folder on a disk, as in -p folder PATH"
    if folder:
        raise InputFaults([Fault("parameter folder", f"found {folder!r}; {allowed}")])
    if not os.environ.get(SESSION):
        raise InputFaults([Fault("parameter folder", f"found nothing; {allowed}")])
    place = place_of(Path.cwd())
    folders = recent_first(folders_in(place))
    if not folders:
        message = f"no evaluation folder was found in {place.name or place}"
        raise VendorEvalError(f"{message}; 'vendor-eval new FOLDER' makes one")
    from IPython.display import display

    from vendor_eval.lab.picker import FolderPicker

    display(FolderPicker(folders, place))
    return os.path.relpath(folders[0])
