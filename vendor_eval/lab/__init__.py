"""JupyterLab: the start page, the widgets and the interview."""
