"""Response workbooks: the template that is sent out, and what comes back."""

from collections.abc import Sequence

from vendor_eval.case import SourceFile
from vendor_eval.errors import Fault
from vendor_eval.proposal import as_seen
from vendor_eval.questionnaire import questionnaire
from vendor_eval.response import Response
from vendor_eval.rules import Rules
from vendor_eval.workbooks.returned import response
from vendor_eval.workbooks.template import template

__all__ = ["read_workbooks", "template"]


def read_workbooks(
    files: Sequence[SourceFile], rules: Rules
) -> tuple[tuple[Response, ...], list[Fault]]:
    """What vendors answered in their workbooks, by vendor's name, and every fault in them.

    A workbook whose vendor cannot be told is left out; a cell that is a fault is left blank.
    """
    asked = questionnaire(rules)
    responses: dict[str, Response] = {}
    faults: list[Fault] = []
    for file in files:
        source = file.name.rpartition("/")[2]
        read, met = response(file.content, source, asked)
        faults += met
        if read is None:
            continue
        first = responses.setdefault(as_seen(read.vendor), read)
        if first is not read:
            message = f"found the vendor {read.vendor!r} again, after {first.source}"
            faults.append(Fault(source, f"{message}; allowed: one workbook a vendor"))
    return tuple(sorted(responses.values(), key=lambda response: response.vendor)), faults
