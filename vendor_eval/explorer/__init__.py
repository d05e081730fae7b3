"""The explorer: one component in plain JavaScript, for JupyterLab and for the report alone.

`model` tells it everything it counts with; `script` is its code, one ES module. In the report it
runs without a kernel; in JupyterLab `vendor_eval.widgets` answers what takes thousands of draws.
"""

from vendor_eval.explorer.answer import answer
from vendor_eval.explorer.code import script, stylesheet
from vendor_eval.explorer.model import model, scenario_model
from vendor_eval.explorer.page import MIME, Page, page

__all__ = ["MIME", "Page", "answer", "model", "page", "scenario_model", "script", "stylesheet"]
