"""Bids that came in two envelopes as one: tables and workbooks, joined by vendor."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from vendor_eval.bids.proposal import Proposals, SourceFile, as_seen
from vendor_eval.bids.response import Response
from vendor_eval.bids.table import TABLE, read_answers_file
from vendor_eval.errors import Fault
from vendor_eval.rules.rules import Rules

EnvelopeResponses = tuple[tuple[Response, ...], list[Fault]]
"""The responses in one envelope, and the faults of vendors that handed in two."""


def envelope_table(
    file: SourceFile, rules: Rules, vendor_column: str
) -> tuple[Proposals | None, list[Fault]]:
    """The answers in one envelope's table, unless it does not show whose they are; its faults."""
    table, faults = read_answers_file(file.content, rules, vendor_column)
    faults = [_renamed(fault, file.name) for fault in faults]
    if table is None:
        return None, faults
    own = {v: tuple(_renamed(f, file.name) for f in met) for v, met in table.faults.items()}
    sources = dict.fromkeys(map(str, table.answers.columns), file.name)
    return replace(table, source=file.name, sources=sources, faults=own), faults


def joined_tables(
    tables: Sequence[Proposals], unopened: Collection[str] = ()
) -> tuple[Proposals, list[Fault]]:
    """The tables as one, with the vendors of the first; a vendor of the last alone is a fault.

    Of the `unopened` nothing in the last counts: it is as blank.
    """
    first, *others = tables
    joined, faults = first, list[Fault]()
    for other in others:
        names = {as_seen(vendor): vendor for vendor in joined.vendors}
        unknown = [v for v in other.vendors if as_seen(v) not in names]
        for vendor in unknown:
            message = f"found the vendor {vendor!r}, whose other envelope is not in {first.source}"
            faults.append(Fault(other.source, f"{message}; allowed: its vendors"))
        named = {v: names[as_seen(v)] for v in other.vendors if v not in unknown}
        named = {v: name for v, name in named.items() if name not in unopened}
        columns = [c for c in other.answers.columns if c not in joined.answers.columns]
        added = other.answers.loc[list(named), columns].rename(index=named)
        added = added.reindex(list(joined.vendors)).fillna("")
        answers = pd.concat([joined.answers, added], axis=1).astype(object)
        own = {named[v]: met for v, met in other.faults.items() if v in named}
        joined = replace(
            joined,
            answers=answers,
            sources={**other.sources, **joined.sources},
            unread=(*joined.unread, *(name for name in other.unread if name in columns)),
            faults=_together(joined.faults, own),
            spoilt=joined.spoilt | {(named[v], c) for v, c in other.spoilt if v in named},
        )
    return joined, faults


def joined_responses(
    parts: Sequence[EnvelopeResponses],
) -> tuple[tuple[Response, ...], list[Fault], list[Fault]]:
    """One response a vendor of the first envelope, the vendors' faults, and the buyer's."""
    if not parts:
        return (), [], []
    (first, faults), *others = parts
    joined = {as_seen(response.vendor): response for response in first}
    of_vendors, ours = list(faults), list[Fault]()
    for responses, met in others:
        of_vendors += met
        for response in responses:
            key = as_seen(response.vendor)
            if key in joined:
                joined[key] = _joined(joined[key], response)
            else:
                message = f"found the vendor {response.vendor!r}, who has no other envelope"
                ours.append(Fault(response.source, f"{message}; allowed: a vendor of the first"))
    return tuple(joined.values()), of_vendors, ours


def _joined(first: Response, other: Response) -> Response:
    answers = {part: {**first.forms.get(part, {}), **form} for part, form in other.forms.items()}
    faults = tuple(replace(fault, vendor=first.vendor) for fault in other.faults)
    return replace(
        first,
        forms={**first.forms, **answers},
        tables={**first.tables, **other.tables},
        notes=(*first.notes, *other.notes),
        faults=(*first.faults, *faults),
        asked_at={**other.asked_at, **first.asked_at},
        comments=(*first.comments, *other.comments),
        corrected={**first.corrected, **other.corrected},
    )


def _together(
    one: Mapping[str, tuple[Fault, ...]], other: Mapping[str, tuple[Fault, ...]]
) -> dict[str, tuple[Fault, ...]]:
    return {v: (*one.get(v, ()), *other.get(v, ())) for v in (*one, *other)}


def _renamed(fault: Fault, name: str) -> Fault:
    """The fault at its place in the envelope's table."""
    place = re.sub(rf"\A{re.escape(TABLE)}", name, fault.place)
    return replace(fault, place=place, message=fault.message.replace(TABLE, name))
