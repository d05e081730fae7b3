"""The number formats that a workbook's cells have (ECMA-376 part 1, 18.8.10 and 18.8.30)."""

from openpyxl.styles.numbers import BUILTIN_FORMATS

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.package import Package, Unreadable, whole

OWN_FORMATS = 164
"""The first number of a format that a workbook defines itself."""


def format_codes(package: Package, part: str | None) -> list[str]:
    """The number format of each cell style."""
    codes, used = dict(BUILTIN_FORMATS), []
    if part is None:
        return []
    within = named = False
    for event, tag, element in package.elements(part):
        if tag == "cellXfs":
            within = event == "start"
        elif tag == "numFmts":
            named = event == "start"
        elif event == "end" and tag == "numFmt" and named:
            code = element.get("formatCode", "General")
            if len(code) > limits.FORMAT_LENGTH:
                most = limits.FORMAT_LENGTH
                message = f"found a number format of {len(code)} characters"
                raise Unreadable(f"{message}; allowed: {most} at most")
            codes[whole(element.get("numFmtId"))] = code
        elif event == "end" and tag == "xf" and within:
            used.append(whole(element.get("numFmtId", "0")))
    return [codes.get(number, _unnamed(number)) for number in used]


def _unnamed(number: int) -> str:
    """The code of a number format that a file uses and does not give.

    The numbers below 164 stand for formats of Excel's own; those that openpyxl does not know
    depend on the language of the program (18.8.30), so what is shown is not known.
    """
    return f"[format {number}]" if number < OWN_FORMATS else "General"
