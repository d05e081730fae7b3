"""JupyterLab, opened on a start page that lists the notebooks and the evaluations found."""

from vendor_eval.laboratory.contents import evaluations, notebooks
from vendor_eval.laboratory.server import open_lab
from vendor_eval.laboratory.start_page import start_page

__all__ = ["evaluations", "notebooks", "open_lab", "start_page"]
