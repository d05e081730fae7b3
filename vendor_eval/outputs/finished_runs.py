"""Finished runs read back: what their results.json and manifest.json hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vendor_eval.award.comparison import RunComparison, compared
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import SCHEMA as RESULTS_SCHEMA

MANIFEST, RESULTS = "manifest.json", "results.json"
LARGEST = 200_000_000
"""Bytes that a file of a run may hold; more is refused before it is read."""


@dataclass(frozen=True)
class FinishedRun:
    """One run: where it is, and what its files hold."""

    path: Path
    results: Mapping[str, Any]
    manifest: Mapping[str, Any] | None = None
    """None where `results.json` stands alone."""

    @property
    def started(self) -> str:
        """When it began, in UTC, as its manifest says; "" without one."""
        return str((self.manifest or {}).get("started", ""))


def finished_run(path: Path) -> FinishedRun:
    """A run's folder or its `results.json`, read; raises VendorEvalError where it is neither."""
    results = path / RESULTS if path.is_dir() else path
    manifest = results.parent / MANIFEST
    read = _plain(results)
    if not isinstance(read, dict) or not str(read.get("schema", "")).startswith("vendor-eval/"):
        raise VendorEvalError(
            f"{results}: found no results of this tool; allowed: a run's folder, or the "
            f"{RESULTS} in it"
        )
    if read["schema"] != RESULTS_SCHEMA:
        raise VendorEvalError(
            f"{results}: found the form {read['schema']!r}; allowed: {RESULTS_SCHEMA!r}, so run "
            "the evaluation again"
        )
    return FinishedRun(path, read, _plain(manifest) if manifest.is_file() else None)


def comparison_of(old: FinishedRun, new: FinishedRun, **options: Any) -> RunComparison:
    """What differs between two runs, files and versions by their manifests where both are there."""
    manifests = None
    if old.manifest is not None and new.manifest is not None:
        manifests = (old.manifest, new.manifest)
    return compared(old.results, new.results, manifests=manifests, **options)


def _plain(path: Path) -> Any:
    """What a JSON file holds; VendorEvalError where it is none."""
    try:
        if path.stat().st_size > LARGEST:
            raise VendorEvalError(f"{path}: found more than {LARGEST} bytes; allowed: a run's file")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise VendorEvalError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise VendorEvalError(f"{path}: found no JSON; allowed: a file that a run wrote") from None
