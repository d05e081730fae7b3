"""Decision support for choosing the vendor of an outsourced business process.

Example:
    >>> import vendor_eval as ve
    >>> tender = ve.read("data/california-two-envelope")
    >>> result = tender.evaluate()
    >>> result.verdict
    'firm'

`read` gives a `Tender` from an evaluation folder, `evaluate` a `Result` from a dictionary of rules
and a DataFrame of bids, `from_skcriteria` one from a decision matrix. `docs/python.md` explains it
in two screens.

Nothing is loaded before it is first asked for.
"""

import os

# openpyxl writes other bytes, and raises other errors, where lxml happens to be installed
os.environ.setdefault("OPENPYXL_LXML", "False")

TYPE_CHECKING = False  # as type checkers know it; the module that defines it costs milliseconds
if TYPE_CHECKING:
    from vendor_eval.award.matrices import from_skcriteria as from_skcriteria
    from vendor_eval.award.result import Result as Result
    from vendor_eval.award.result import evaluate as evaluate
    from vendor_eval.errors import Fault as Fault
    from vendor_eval.errors import InputFaults as InputFaults
    from vendor_eval.errors import LogBroken as LogBroken
    from vendor_eval.errors import NotReady as NotReady
    from vendor_eval.errors import SealBroken as SealBroken
    from vendor_eval.errors import UnknownName as UnknownName
    from vendor_eval.errors import VendorEvalError as VendorEvalError
    from vendor_eval.report.cards import result_card as result_card
    from vendor_eval.report.cards import tender_card as tender_card
    from vendor_eval.report.plots import Plots as Plots
    from vendor_eval.runs.recording import saved as saved
    from vendor_eval.tender.folder import read as read
    from vendor_eval.tender.tender import Tender as Tender

__version__ = "0.1.0"
__all__ = [
    "Fault",
    "InputFaults",
    "LogBroken",
    "NotReady",
    "Result",
    "SealBroken",
    "Tender",
    "UnknownName",
    "VendorEvalError",
    "__version__",
    "evaluate",
    "from_skcriteria",
    "read",
]
_HOME = {
    "Fault": "vendor_eval.errors",
    "InputFaults": "vendor_eval.errors",
    "LogBroken": "vendor_eval.errors",
    "NotReady": "vendor_eval.errors",
    "SealBroken": "vendor_eval.errors",
    "UnknownName": "vendor_eval.errors",
    "Plots": "vendor_eval.report.plots",
    "Result": "vendor_eval.award.result",
    "Tender": "vendor_eval.tender.tender",
    "VendorEvalError": "vendor_eval.errors",
    "evaluate": "vendor_eval.award.result",
    "from_skcriteria": "vendor_eval.award.matrices",
    "read": "vendor_eval.tender.folder",
    "result_card": "vendor_eval.report.cards",
    "saved": "vendor_eval.runs.recording",
    "tender_card": "vendor_eval.report.cards",
}
"""Where each name is defined; those that are not in `__all__` are for the methods of objects."""


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    asked = getattr(import_module(_HOME[name]), name)
    globals()[name] = asked
    return asked


def __dir__() -> list[str]:
    return sorted(__all__)
