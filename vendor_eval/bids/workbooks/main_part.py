"""What a workbook's file says of itself: its main part, its sheets, names and properties."""

from datetime import date

from vendor_eval.bids.workbooks.hidden import YES
from vendor_eval.bids.workbooks.package import (
    OFFICE,
    RELATION,
    STRICT,
    STRICT_RELATION,
    Package,
    Unreadable,
)

CUSTOM = ("custom-properties", "customproperties")
PROPERTIES = (
    f"{OFFICE}officeDocument/2006/custom-properties",
    f"{STRICT}officeDocument/customProperties",
)
TYPES = (
    f"{OFFICE}officeDocument/2006/docPropsVTypes",
    f"{STRICT}officeDocument/docPropsVTypes",
)


def main_part_name(package: Package) -> str:
    """The part that everything else hangs on; raises Unreadable where there is no workbook."""
    mains = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    if len(mains) != 1 or not mains[0].endswith(".xml"):
        raise Unreadable("found a file without a workbook in it; save it as .xlsx")
    return mains[0]


def listing(
    package: Package, main: str
) -> tuple[list[tuple[str, bool, str]], dict[str, str], date]:
    """Each sheet's (name, whether hidden, relation), what names stand for, and the epoch."""
    sheets: list[tuple[str, bool, str]] = []
    names: dict[str, str] = {}
    epoch = date(1899, 12, 30)
    for event, path, element in package.elements(main):
        if event == "start":
            continue
        if path == "workbook/sheets/sheet":
            relation = element.get(RELATION) or element.get(STRICT_RELATION) or ""
            hidden = element.get("state", "visible") != "visible"
            sheets.append((element.get("name", ""), hidden, relation))
        elif path == "workbook/definedNames/definedName":
            names[element.get("name", "")] = element.text or ""
        elif path == "workbook/workbookPr" and element.get("date1904") in YES:
            epoch = date(1904, 1, 1)
    seen = [name.casefold() for name, _, _ in sheets]
    if len(set(seen)) != len(seen):
        raise Unreadable("found two sheets of one name; allowed: each name once")
    return sheets, names, epoch


def calculated(package: Package, main: str) -> bool:
    """Whether the program that saved the workbook says that it calculated its formulas.

    Libraries that cannot calculate store a 0 or an old value and ask for `fullCalcOnLoad`, which
    spreadsheet programs do not. `calcCompleted` is 0 where one saved without calculating (18.2.2).
    """
    for _, path, element in package.elements(main):
        if path == "workbook/calcPr":
            asks = element.get("fullCalcOnLoad") in YES
            return not asks and element.get("calcCompleted") not in ("0", "false")
    return True


def properties(package: Package) -> dict[str, str]:
    """The workbook's own properties that are text."""
    parts = [p for kind, p in package.relations("").values() if kind.lower() in CUSTOM]
    texts: dict[str, str] = {}
    for part in parts[:1]:
        if part in package.names:
            name = ""
            for event, path, element in package.elements(part, PROPERTIES, TYPES):
                if event == "start" and path == "Properties/property":
                    name = element.get("name", "")
                elif event == "end" and path == "Properties/property/lpwstr":
                    texts[name] = element.text or ""
    return texts
