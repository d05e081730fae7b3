"""The report: one file a section, its sentence, figure and table together.

A notebook shows a section by its name, as `report.why.section(result)`; none is loaded before that.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    section = f"{__name__}.{name}"
    if name.startswith("_") or find_spec(section) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(section)
