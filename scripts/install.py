"""Installs the package into an environment, compiled: `install.py .venv ".[dev]"`.

uv installs in a fifth of the time of pip, and comes from its own wheel; pip does it where there is
no such wheel, where uv fails, and where `VENDOR_EVAL_INSTALLER=pip` asks for it. Both install the
same versions, from the same places: uv reads no settings of pip, so that they are passed on.
"""

import ast
import os
import re
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path

PINS = Path("constraints.txt")
SETTINGS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
}
"""Settings of pip by name: the variable in which uv looks for the same, and what separates two."""
UNUSED = (
    r"[/\\](tests?|pip|setuptools|fontTools|plotly[/\\]graph_objs|pygments[/\\]lexers"
    r"|holidays[/\\]countries)[/\\]"
)
"""Half of all files, of which a report loads few or none: Python compiles those when they are."""


def uv_settings(listed: str) -> dict[str, str]:
    """What pip is set to, as it lists its settings, in the variables that uv reads."""
    values: dict[str, str] = {}
    pattern = r"^(:env:|install|global)\.([\w-]+)=(.*)$"
    rows = re.findall(pattern, listed, re.MULTILINE)
    for place in ("global", "install", ":env:"):  # each stands above the one before
        for where, name, value in rows:
            if where == place and name.lstrip(".") in SETTINGS:
                variable, between = SETTINGS[name]
                values[variable] = between.join(str(ast.literal_eval(value)).split())
    if "UV_INDEX" in values:
        # pip compares the versions of all its indexes; uv asks the first that has the name
        values["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return values


def installed(environment: Path, requirement: str) -> None:
    """Installs a requirement with its pinned versions, by uv or else by pip."""
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    pinned = {"PIP_CONSTRAINT": str(PINS), "PIP_BUILD_CONSTRAINT": str(PINS)}
    pip = [python, "-m", "pip"]
    uv = [python, "-m", "uv", "pip", "install", "-q", "--python", python]
    quiet = ["install", "-qq", "--no-compile", "-c", PINS]
    if os.environ.get("VENDOR_EVAL_INSTALLER") != "pip":
        done = ran([*pip, *quiet, "--only-binary", "uv", "uv"], pinned, silent=True)
        if done and ran(
            [*uv, "-c", PINS, "-b", PINS, "-e", requirement],
            uv_settings(subprocess.check_output([*pip, "config", "list"], text=True)),
        ):
            return
        print("uv is not to be had here: pip installs instead", file=sys.stderr)
    if not ran([*pip, *quiet, "-e", requirement], pinned):
        sys.exit(f"{requirement} could not be installed into {environment}")


def ran(command: list[str | Path], more: Mapping[str, str], *, silent: bool = False) -> bool:
    """Whether a command ended well, its output on standard error."""
    out = subprocess.DEVNULL if silent else sys.stderr
    environment = {**os.environ, **more}
    return subprocess.run(command, env=environment, stdout=out, stderr=out).returncode == 0


def main(environment: Path, requirement: str) -> None:
    """Makes the environment where there is none, and installs into it."""
    expected = "half a minute; two where pip does it"
    print(f"installing {requirement} into {environment} ({expected})", file=sys.stderr)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists() or not ran([python, "-m", "pip", "--version"], {}, silent=True):
        venv.create(environment, with_pip=True, symlinks=os.name != "nt")
    installed(environment, requirement)
    compiled = [python, "-m", "compileall", "-qq", "-j", "0", "-x", UNUSED]
    ran([*compiled, environment / "lib", "vendor_eval"], {}, silent=True)  # some are not for us


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
