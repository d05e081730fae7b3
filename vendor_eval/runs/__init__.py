"""Runs of a notebook on an evaluation folder: a whole report folder, or none."""

import contextlib
import functools
import hashlib
import json
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vendor_eval.errors import NO_SPACE, DiskFull, ToolFailed, VendorEvalError
from vendor_eval.lab.contents import notebook_path
from vendor_eval.runs.parameters import FOLDER, Parameter, checked, notebook_parameters

if TYPE_CHECKING:  # reading is imported while the kernel boots
    from vendor_eval.tender.tender import Tender

REPORT, NOTEBOOK, MANIFEST = "report.html", "notebook.ipynb", "manifest.json"
RESULTS, SCORECARD = "results.json", "scorecard.xlsx"  # written after the notebook's last cell
CLARIFICATIONS = "clarifications"  # and the letters in here, where a vendor is asked anything
KEPT = "tender.pickle"  # next to the report while it is made, and gone with its staging
DOCUMENT = "board.docx"  # where it is asked for
OUTPUTS = (REPORT, NOTEBOOK, RESULTS, SCORECARD, CLARIFICATIONS, DOCUMENT)
Executed = Callable[["Planned", str], tuple[Any, Any]]
"""Executes a notebook and then a line of code; gives the notebook and what writes its page."""
Cells = Callable[[Path], contextlib.AbstractContextManager[Executed]]
"""Makes ready to execute a notebook in a directory."""


@dataclass
class Laps:
    """How long each part of a run took, in seconds by name, in the order in which they ended."""

    seconds: dict[str, float] = field(default_factory=dict)
    total: float = 0.0
    _since: float = field(default_factory=time.perf_counter)

    def end(self, name: str) -> None:
        """Ends the part of this name; the next one begins."""
        now = time.perf_counter()
        self.seconds[name] = now - self._since
        self.total += self.seconds[name]
        self._since = now


@dataclass(frozen=True)
class Planned:
    """A run before any work: which notebook on which folder, with which parameters."""

    folder: Path
    name: str
    source: Path
    given: Mapping[str, Any]
    """The parameters that differ from the notebook's own."""
    values: Mapping[str, Any]
    """All of them."""


def planned(folder: Path, notebook: str, parameters: Mapping[str, Any]) -> Planned:
    """What a run would do; raises VendorEvalError where it cannot be done."""
    folder, source = Path(folder), notebook_path(notebook)
    name = _name(folder)
    declared = notebook_parameters(source)
    # a notebook that was named by its path is somebody's own, and so are its defaults
    ours = {} if notebook.endswith(".ipynb") else _edited_defaults(declared)
    given = checked({**ours, **parameters, FOLDER: name}, declared)
    values = {parameter.name: parameter.default for parameter in declared.values()} | given
    return Planned(folder, name, source, given, values)


def run(
    folder: Path,
    *,
    out: Path | None,
    notebook: str,
    parameters: Mapping[str, Any],
    strict: bool = False,
    cell_timeout: int | None = None,
    docx: bool = False,
    cells: Cells | None = None,
    laps: Laps | None = None,
) -> Path:
    """The path of `report.html`, once the whole report folder is in its place.

    A fault in a vendor's bid stops that vendor, or where `strict` the run. `cell_timeout`: seconds
    that a cell may take, as many as it needs without one. `docx` adds the board page as a Word
    document. `cells` runs the notebook's cells, a kernel without it. Raises VendorEvalError
    for a fault of the user's, ToolFailed for one of ours; then nothing is left. `folder` may be
    read-only: what is read is a copy, and the copy is what is hashed.
    """
    started, laps = datetime.now(UTC), laps or Laps()
    plan = planned(folder, notebook, parameters)

    from vendor_eval.runs import destination

    if out is not None:
        destination.refuse_occupied(out)
    parent = destination.REPORTS / plan.name if out is None else out.resolve().parent
    with aside_for(parent, named=out is not None) as staging:
        finished = staging / "report"
        finished.mkdir()
        cells = cells or functools.partial(_in_a_kernel, limit=cell_timeout)
        inputs, log_code = _written(plan, finished, cells, laps, strict=strict, docx=docx)

        from vendor_eval.runs.manifest import manifest_json
        from vendor_eval.tender.tender import inputs_hash

        manifest = manifest_json(
            notebook=plan.source,
            inputs=inputs,
            outputs=finished,
            parameters=plan.values,
            started=started,
            seconds=laps.total,
            options={"strict": strict, "docx": docx},
            log_code=log_code,
            **recorded_in(finished / RESULTS),
        )
        (finished / MANIFEST).write_bytes(manifest)
        if out is not None:
            return destination.placed(finished, out) / REPORT
        digest = inputs_hash(inputs)
        return destination.placed_by_time(finished, parent, started, digest) / REPORT


def _edited_defaults(declared: Mapping[str, Parameter]) -> dict[str, Any]:
    """The suite's own defaults of parameters where the notebook's file now says something else."""
    from vendor_eval.lab.opening import Parameters

    own = {name: field.default for name, field in Parameters.model_fields.items() if name != FOLDER}
    return {n: own[n] for n, p in declared.items() if n in own and own[n] != p.default}


def recorded_in(results: Path) -> dict[str, Any]:
    """The buyer's corrections of cells, as the results have them."""
    return {"corrections": list(json.loads(results.read_bytes()).get("corrections", ()))}


def _written(
    plan: Planned, finished: Path, cells: Cells, laps: Laps, *, strict: bool, docx: bool
) -> tuple[dict[str, str], str | None]:
    """Writes every output but the manifest; what was read, and the code of the log of scores.

    What was read: the sha256, in hex, by name. The code: None where nothing is logged.
    """
    # The kernel boots on one core while this process imports on the other.
    with cells(finished) as execute:
        from vendor_eval.tender.folder import read

        tender = read(plan.folder, envelope=str(plan.values.get("envelope") or ""))
        tender = tender.strictly() if strict else tender
        inputs = _snapshot(tender, plan.folder, finished / plan.name)
        kept = finished.parent / KEPT  # not among what the notebook works on
        kept.write_bytes(pickle.dumps(tender))
        laps.end("read")
        ran, page = execute(plan, _record(kept, finished, plan.values, docx))
    shutil.rmtree(finished / plan.name)
    scored = [] if tender.rules.stage else [SCORECARD]  # one envelope has no scorecard
    wanted = (RESULTS, *scored, *([DOCUMENT] if docx else []))
    missing = [name for name in wanted if not (finished / name).is_file()]
    if missing:
        raise ToolFailed(f"notebook {plan.source.stem} took away {' and '.join(missing)}")
    laps.end("cells")
    report, library = page

    import nbformat

    from vendor_eval.runs.notebook import title

    results = json.loads((finished / RESULTS).read_bytes())
    html = report(ran, title=results.get("title") or title(ran), plotly=library)
    (finished / REPORT).write_text(html, encoding="utf-8", newline="")
    nbformat.write(ran, finished / NOTEBOOK)
    laps.end("export")
    return inputs, tender.log.code if tender.log else None


@contextlib.contextmanager
def _in_a_kernel(finished: Path, *, limit: int | None) -> Iterator[Executed]:
    """What executes a notebook in a kernel that boots meanwhile; `limit`: seconds of a cell."""
    from vendor_eval.runs import kernel

    # the page's library is packed while cells run
    with kernel.started(finished, finished.parent) as running, ThreadPoolExecutor(1) as packing:

        def execute(plan: Planned, then: str) -> tuple[Any, Any]:
            with _no_grammar():
                from vendor_eval.runs.notebook import executed, papermill_cells

            page = packing.submit(page_writer)
            ran = executed(plan.source, plan.given, papermill_cells(running, limit), then=then)
            return ran, page.result()

        yield execute


def _record(kept: Path, finished: Path, values: Mapping[str, Any], docx: bool) -> str:
    """What the kernel runs after the notebook, where all that it needs is imported already."""
    given = (str(kept.absolute()), str(finished.absolute()), dict(values))
    module = "__import__('vendor_eval.runs.recording', fromlist=['recorded'])"
    return f"{module}.recorded(*{given!r}, docx={docx!r})"


@contextlib.contextmanager
def _no_grammar() -> Iterator[None]:
    """Imports without the grammar that JupyterLab installs: nobody here checks addresses' formats.

    jsonschema loads it when it is there, which costs a second, and does without when it is not.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        yield
        return
    sys.modules[grammar] = None  # type: ignore[assignment]  # how Python says: not to be found
    try:
        yield
    finally:
        del sys.modules[grammar]


def page_writer() -> tuple[Any, Any]:
    """What writes a page, and the library that it carries, packed."""
    from vendor_eval.runs.export import library, report

    return report, library()


def _snapshot(tender: "Tender", folder: Path, copy: Path) -> dict[str, str]:
    """Copies what was read from a folder, and what was not read; its sha256, in hex, by name."""
    from vendor_eval.tender.bid_files import input_names, unread_names
    from vendor_eval.tender.entries import leads_out
    from vendor_eval.tender.letters_file import LETTERS

    digests = dict(tender.hashes)
    for file in tender.files:
        target = copy / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    for name in tender.envelopes.closed if tender.envelopes else ():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()  # it is there, and nobody opens it
    # what was refused unread is in the copy as well, so that its vendor is incomplete there too
    single = () if tender.envelopes else input_names(folder)
    unread = [name for name in single if name not in digests]
    for name in (*unread, *(attachment.name for attachment in tender.attachments)):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, copy / name)
    letters = folder / LETTERS  # award letters need it, and no result does
    if letters.is_file() and not leads_out(letters, folder):
        shutil.copyfile(letters, copy / LETTERS)
    noted_names = () if tender.envelopes else unread_names(folder)
    for name in noted_names:  # they are noted by name, so that their names are enough
        noted = copy / name
        noted.parent.mkdir(parents=True, exist_ok=True)
        noted.mkdir() if name.endswith("/") else noted.touch()
    for name in unread:
        with (copy / name).open("rb") as large:
            digests[name] = hashlib.file_digest(large, "sha256").hexdigest()
    return digests


def _name(folder: Path) -> str:
    """The evaluation's name: its folder's own, as it may stand in paths and notebooks."""
    if not folder.is_dir():
        raise VendorEvalError(f"{folder}: no such folder; 'vendor-eval new FOLDER' makes one")
    name = folder.resolve().name
    if not name or name in (*OUTPUTS, MANIFEST) or not name.isprintable():
        raise VendorEvalError(f"{folder}: an evaluation folder may not be named {name!r}")
    return name


@contextlib.contextmanager
def aside_for(parent: Path, *, named: bool) -> Iterator[Path]:
    """A staging in `parent`; not to be able to make it is the user's fault, as is a full disk."""
    from vendor_eval.runs.staging import aside

    with contextlib.ExitStack() as stack:
        try:
            staging = stack.enter_context(aside(parent))
        except OSError as error:
            hint = "" if named else "; name another place with --out DIR"
            message = f"{parent}: cannot be written to: {error.strerror}{hint}"
            raise VendorEvalError(message) from error
        try:
            yield staging
        except OSError as error:
            place = Path(error.filename).name if error.filename else parent
            kind = DiskFull if error.errno in NO_SPACE else ToolFailed
            raise kind(f"{place}: {error.strerror or error}") from error
