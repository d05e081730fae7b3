"""Runs of a notebook on an evaluation folder: a whole report folder, or none."""

import contextlib
import hashlib
import json
import pickle
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vendor_eval.errors import ToolFailed, VendorEvalError
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


def run(
    folder: Path,
    *,
    out: Path | None,
    notebook: str,
    parameters: Mapping[str, Any],
    strict: bool = False,
    cell_timeout: int | None = None,
    docx: bool = False,
) -> Path:
    """The path of `report.html`, once the whole report folder is in its place.

    A fault in a vendor's bid stops that vendor, or where `strict` the run. `cell_timeout`: seconds
    that a cell may take, as many as it needs without one. `docx` adds the board page as a Word
    document. Raises VendorEvalError
    for a fault of the user's, ToolFailed for one of ours; then nothing is left. `folder` may be
    read-only: what is read is a copy, and the copy is what is hashed.
    """
    started, clock = datetime.now(UTC), time.perf_counter()
    folder, source = Path(folder), notebook_path(notebook)
    name = _name(folder)
    declared = notebook_parameters(source)
    # a notebook that was named by its path is somebody's own, and so are its defaults
    ours = {} if notebook.endswith(".ipynb") else _edited_defaults(declared)
    given = checked({**ours, **parameters, FOLDER: name}, declared)
    values = {parameter.name: parameter.default for parameter in declared.values()} | given

    from vendor_eval.runs import destination

    if out is not None:
        destination.refuse_occupied(out)
    parent = destination.REPORTS / name if out is None else out.resolve().parent
    with _aside(parent, named=out is not None) as staging:
        finished = staging / "report"
        finished.mkdir()
        inputs = _written(
            folder,
            source,
            given,
            values,
            finished,
            strict=strict,
            cell_timeout=cell_timeout,
            docx=docx,
        )

        from vendor_eval.runs.manifest import manifest_json
        from vendor_eval.tender.tender import inputs_hash

        manifest = manifest_json(
            notebook=source,
            inputs=inputs,
            outputs=finished,
            parameters=values,
            started=started,
            seconds=time.perf_counter() - clock,
            **_from_results(finished / RESULTS),
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


def _from_results(results: Path) -> dict[str, Any]:
    """The buyer's corrections of cells, and the code of a panel's log, as the results have them."""
    written = json.loads(results.read_bytes())
    panel = written.get("panel")
    return {
        "corrections": list(written.get("corrections", ())),
        "log_code": panel["head"] if panel else None,
    }


def _written(
    folder: Path,
    source: Path,
    given: Mapping[str, Any],
    values: Mapping[str, Any],
    finished: Path,
    *,
    strict: bool,
    cell_timeout: int | None,
    docx: bool,
) -> dict[str, str]:
    """Writes every output but the manifest; the sha256, in hex, of what was read, by name.

    `given` are the parameters that differ from the notebook's own; `values` are all of them.
    """
    from vendor_eval.runs import kernel

    # The kernel boots on one core while this process imports on the other; the page's library is
    # packed while cells run.
    with kernel.started(finished, finished.parent) as running, ThreadPoolExecutor(1) as packing:
        from vendor_eval.tender.folder import read

        tender = read(folder).strictly() if strict else read(folder)
        inputs = _snapshot(tender, folder, finished / given[FOLDER])
        kept = finished.parent / KEPT  # not among what the notebook works on
        kept.write_bytes(pickle.dumps(tender))

        with _no_grammar():
            from vendor_eval.runs.notebook import executed, title

        page = packing.submit(_page)
        then = _record(kept, finished, values, docx)
        ran = executed(source, given, running, then=then, cell_timeout=cell_timeout)
    shutil.rmtree(finished / given[FOLDER])
    wanted = (RESULTS, SCORECARD, *([DOCUMENT] if docx else []))
    missing = [name for name in wanted if not (finished / name).is_file()]
    if missing:
        raise ToolFailed(f"notebook {source.stem} took away {' and '.join(missing)}")
    report, library = page.result()

    import nbformat

    results = json.loads((finished / RESULTS).read_bytes())
    html = report(ran, title=results.get("title") or title(ran), plotly=library)
    (finished / REPORT).write_text(html, encoding="utf-8", newline="")
    nbformat.write(ran, finished / NOTEBOOK)
    return inputs


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


def _page() -> tuple[Any, Any]:
    from vendor_eval.runs.export import library, report

    return report, library()


def _snapshot(tender: "Tender", folder: Path, copy: Path) -> dict[str, str]:
    """Copies what was read from a folder, and what was not read; its sha256, in hex, by name."""
    from vendor_eval.tender.folder import input_names, unread_names

    digests = dict(tender.hashes)
    for file in tender.files:
        target = copy / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    # what was refused unread is in the copy as well, so that its vendor is incomplete there too
    unread = [name for name in input_names(folder) if name not in digests]
    for name in (*unread, *(attachment.name for attachment in tender.attachments)):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, copy / name)
    for name in unread_names(folder):  # they are noted by name, so that their names are enough
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
def _aside(parent: Path, *, named: bool) -> Iterator[Path]:
    """A staging in `parent`; not to be able to make it is the user's fault, later errors ours."""
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
            raise ToolFailed(f"{place}: {error.strerror or error}") from error
