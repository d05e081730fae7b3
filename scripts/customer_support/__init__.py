"""Six constructed bids. The names are invented after the night sky; no company is meant."""

# ruff: isort: skip_file
import vendor_eval as vendor_eval  # first: it settles how openpyxl writes

from customer_support import aurora, borealis, cygnus, dorado, eridanus, fornax

VENDORS = {
    "Aurora Service.xlsx": aurora,
    "Borealis response v3 FINAL.xlsx": borealis,
    "cygnus_assist.xlsx": cygnus,
    "Dorado Dialogue - RFP EMEA.xlsx": dorado,
    "Eridanus.xlsx": eridanus,
    "Fornax (signed).xlsx": fornax,
}
"""By the name under which each workbook came back."""
