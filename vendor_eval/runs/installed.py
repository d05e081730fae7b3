"""What a run is made with: every installed distribution, this package's code, the machine."""

import functools
import hashlib
import json
import platform
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import vendor_eval

_PACKAGE = Path(vendor_eval.__file__).parent
_CODE = (".py", ".js", ".css", ".j2", ".json", ".csv", ".ipynb")


@functools.cache
def versions() -> Mapping[str, str]:
    """The version of Python, of this package and of every installed distribution, by name.

    `vendor_eval_code` is a hash of the package's files, by which two checkouts of one version
    differ.
    """
    installed = {_normal(each.name): each.version for each in metadata.distributions()}
    installed.pop("vendor-eval", None)  # under its module's name, as the code that runs has it
    ours = {"vendor_eval": vendor_eval.__version__, "vendor_eval_code": _code()[:12]}
    return {"python": platform.python_version(), **ours, **dict(sorted(installed.items()))}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _code() -> str:
    """The sha256, in hex, of the package's files with their names."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _CODE and path.is_file():
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\n")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def machine() -> dict[str, str]:
    """The system, the processor's kind and the BLAS that numpy was built with; no name, no path."""
    import numpy

    built: Any = numpy.show_config(mode="dicts")
    blas = built["Build Dependencies"]["blas"]
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "libc": "-".join(platform.libc_ver()),
        "blas": f"{blas['name']} {blas['version']}",
    }


def run_key(
    *, inputs_hash: str, notebook: str, parameters: Mapping[str, Any], options: Mapping[str, Any]
) -> str:
    """The sha256, in hex, of all that a run's outputs follow from.

    `notebook` is the hash of its file. Where two keys agree, the outputs do.
    """
    parts = (inputs_hash, notebook, parameters, options, versions())
    plain = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=dict)
    return hashlib.sha256(plain.encode()).hexdigest()
