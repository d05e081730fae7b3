"""Response workbooks: the template that is sent out, and what comes back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from vendor_eval.case import SourceFile
from vendor_eval.errors import Fault, one_line
from vendor_eval.proposal import NAME, as_seen, text
from vendor_eval.questionnaire import Questionnaire, every_question
from vendor_eval.request import questionnaire
from vendor_eval.response import Response
from vendor_eval.rules import Rules
from vendor_eval.workbooks.returned import response
from vendor_eval.workbooks.template import template

__all__ = ["read_workbooks", "template"]


def read_workbooks(
    files: Sequence[SourceFile], rules: Rules | None, refused: Mapping[str, Fault] | None = None
) -> tuple[tuple[Response, ...], list[Fault]]:
    """What vendors answered in their workbooks, by vendor's name, and the buyer's own faults.

    A vendor's faults stand in its response. A workbook that cannot be read, or does not say whose
    it is, gives an empty response under the name of its file; so do those that were `refused`
    before they were opened. Without `rules` no part is looked for.
    """
    asked = questionnaire(rules) if rules is not None else Questionnaire(())
    known = every_question(rules) if rules is not None else asked
    responses: dict[str, Response] = {}
    unread = {_source(name): [fault] for name, fault in (refused or {}).items()}
    faults: list[Fault] = []
    for file in files:
        source = _source(file.name)
        read, met = response(file.content, source, asked, known)
        if read is None:
            unread[source] = met
            continue
        first = responses.setdefault(as_seen(read.vendor), _with(read, met))
        if first.source != source:
            message = f"found the vendor {read.vendor!r} again, after {first.source}"
            faults.append(Fault(source, f"{message}; allowed: one workbook a vendor"))
    for source, met in sorted(unread.items()):
        name = _named(source, responses)
        responses[as_seen(name)] = _with(Response(name, source), met)
    return tuple(sorted(responses.values(), key=lambda response: response.vendor)), faults


def _with(read: Response, faults: Sequence[Fault]) -> Response:
    """A response with the faults met in it, each under its vendor's name."""
    named = (replace(fault, vendor=read.vendor) for fault in faults)
    return replace(read, faults=tuple(dict.fromkeys(named)))


def _source(name: str) -> str:
    return name.rpartition("/")[2]


def _named(source: str, taken: Collection[str]) -> str:
    """A vendor's name from that of its file, different from all that are taken."""
    stem = text(" ".join(one_line(source.rpartition(".")[0]).split()))[: NAME - 6].strip()
    names = (stem or "unnamed", *(f"{stem or 'unnamed'} ({n})" for n in range(2, 1000)))
    return next(name for name in names if as_seen(name) and as_seen(name) not in taken)
