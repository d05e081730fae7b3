"""The manifest of a run: what was read and written, with which versions and when."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from vendor_eval import __version__
from vendor_eval.tender.tender import inputs_hash

SCHEMA = "vendor-eval-manifest/1"
_PACKAGES = (
    *("pandas", "numpy", "plotly", "scikit-criteria", "papermill", "nbconvert"),
    *("ipykernel", "jinja2", "openpyxl", "pydantic", "ruamel.yaml", "scipy"),
)


def manifest_json(
    *,
    notebook: Path,
    inputs: Mapping[str, str],
    outputs: Path,
    parameters: Mapping[str, Any],
    started: datetime,
    seconds: float,
    corrections: Sequence[Any] = (),
    log_code: str | None = None,
) -> bytes:
    """The manifest as UTF-8 JSON, of `inputs` (sha256 by name) and all files in `outputs`.

    `log_code`: the code of a panel's log, by which a copy of it can be compared.
    """
    written = sorted(path for path in outputs.rglob("*") if path.is_file())
    manifest = {
        "schema": SCHEMA,
        "inputs": {name: f"sha256:{digest}" for name, digest in inputs.items()},
        "inputs_hash": f"sha256:{inputs_hash(inputs)}",
        "notebook": {"name": notebook.name, "sha256": _sha256(notebook)},
        "outputs": {
            path.relative_to(outputs).as_posix(): f"sha256:{_sha256(path)}" for path in written
        },
        "parameters": dict(parameters),
        **({"corrections": list(corrections)} if corrections else {}),
        **({"log_code": log_code} if log_code else {}),
        "seed": parameters.get("seed"),
        "versions": _versions(),
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "duration_seconds": round(seconds, 3),
    }
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _versions() -> dict[str, str]:
    versions = {"python": platform.python_version(), "vendor_eval": __version__}
    return versions | {name: metadata.version(name) for name in _PACKAGES}
