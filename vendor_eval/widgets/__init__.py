"""Widgets for JupyterLab: controls around what the package computes; no report depends on one."""

from vendor_eval.widgets.explorer import Explorer

__all__ = ["Explorer"]
