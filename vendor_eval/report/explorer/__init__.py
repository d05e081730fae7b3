"""The explorer: one component in plain JavaScript, for JupyterLab and for the report alone.

`model` is everything it counts with; `script` is its code, one ES module. In the report it
runs without a kernel; in JupyterLab `vendor_eval.lab.explorer` answers what takes many draws.
"""
