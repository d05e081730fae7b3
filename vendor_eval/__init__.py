"""Decision support for choosing the vendor of an outsourced business process.

The package's parts are imported by name (`from vendor_eval.tender.folder import read`), so that
nothing is loaded before it is needed.
"""

__version__ = "0.1.0"
