"""What tests make and drive: folders, workbooks, vendors, browsers, JupyterLab."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
"""The checkout."""
