"""What make installs with: uv, set as pip is set, and pip where uv is not to be had."""

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from make import ROOT

LISTED = """\
:env:.default-timeout='180'
:env:.find-links='wheels'
global.cert='ca.crt'
global.extra-index-url='file:first/simple file:second/simple'
global.find-links='elsewhere more'
global.index-url='file:global/simple'
install.index-url='file:install/simple'
freeze.timeout='10'
"""
"""As `pip config list` prints settings: the environment's, a file's, and those of one command."""


@pytest.fixture
def install() -> ModuleType:
    """The script that make installs with."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "scripts" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_uv_looks_where_pip_would_and_the_nearer_setting_counts(install: ModuleType) -> None:
    assert install.uv_settings(LISTED) == {
        "UV_DEFAULT_INDEX": "file:install/simple",
        "UV_INDEX": "file:first/simple file:second/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "wheels",
        "UV_HTTP_TIMEOUT": "180",
        "SSL_CERT_FILE": "ca.crt",
    }
    assert install.uv_settings("") == {}


@pytest.fixture
def commands(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What is run to install, where commands with a word in them fail."""

    def asked(failing: str) -> list[str]:
        lines: list[str] = []

        def ran(command: list[Any], *_: object, **__: object) -> bool:
            lines.append(" ".join(map(str, command[1:])))
            return not failing or failing not in lines[-1]

        monkeypatch.setattr(install, "ran", ran)
        monkeypatch.setattr(subprocess, "check_output", lambda *_, **__: "")
        install.installed(Path("new"), ".")
        return lines

    return asked


def test_uv_installs_the_pinned_versions(commands: Callable[..., list[str]]) -> None:
    wheel, uv = commands("")
    assert wheel == "-m pip install -qq --no-compile -c constraints.txt --only-binary uv uv"
    assert uv.startswith("-m uv pip install -q --python ")
    assert uv.endswith(" -c constraints.txt -b constraints.txt -e .")


@pytest.mark.parametrize("failing", ["--only-binary uv", "-m uv"])
def test_pip_installs_where_uv_has_no_wheel_or_fails(
    commands: Callable[..., list[str]], failing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands(failing)[-1] == "-m pip install -qq --no-compile -c constraints.txt -e ."
    assert "pip installs instead" in capsys.readouterr().err


def test_pip_can_be_asked_for(
    commands: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENDOR_EVAL_INSTALLER", "pip")
    assert commands("-m uv") == ["-m pip install -qq --no-compile -c constraints.txt -e ."]
