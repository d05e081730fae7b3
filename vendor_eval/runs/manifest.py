"""The manifest of a run: what was read and written, with which versions and when."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from vendor_eval.runs.installed import machine, run_key, versions
from vendor_eval.tender.tender import inputs_hash

SCHEMA = "vendor-eval-manifest/1"


def manifest_json(
    *,
    notebook: Path,
    inputs: Mapping[str, str],
    outputs: Path,
    parameters: Mapping[str, Any],
    started: datetime,
    seconds: float,
    options: Mapping[str, Any],
    corrections: Sequence[Any] = (),
    log_code: str | None = None,
) -> bytes:
    """The manifest as UTF-8 JSON, of `inputs` (sha256 by name) and all files in `outputs`.

    `log_code`: the code of the log of scores, by which a copy of it can be compared. `options`:
    what else the outputs depend on.
    """
    together, digest = inputs_hash(inputs), sha256_of(notebook)
    written = sorted(path for path in outputs.rglob("*") if path.is_file())
    manifest = {
        "schema": SCHEMA,
        "inputs": {name: f"sha256:{content}" for name, content in inputs.items()},
        "inputs_hash": f"sha256:{together}",
        "notebook": {"name": notebook.name, "sha256": digest},
        "outputs": {
            path.relative_to(outputs).as_posix(): f"sha256:{sha256_of(path)}" for path in written
        },
        "parameters": dict(parameters),
        **({"corrections": list(corrections)} if corrections else {}),
        **({"log_code": log_code} if log_code else {}),
        "seed": parameters.get("seed"),
        "versions": dict(versions()),
        "machine": machine(),
        "key": run_key(
            inputs_hash=together, notebook=digest, parameters=parameters, options=options
        ),
        "started": f"{started:%Y-%m-%dT%H:%M:%SZ}",
        "duration_seconds": round(seconds, 3),
    }
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
