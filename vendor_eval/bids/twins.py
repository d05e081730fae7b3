"""Bids that may be one and the same: by the vendor's name, by the file's, or by what they hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from vendor_eval.bids.names import base_file, base_name
from vendor_eval.bids.proposal import as_seen
from vendor_eval.bids.response import Response
from vendor_eval.errors import Fault
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire
from vendor_eval.rules.rules import Rules

LEAST = 10
"""Answers that two bids must both give before what they hold says anything."""
FEW = 0.1
"""The share of answers that may differ between two versions of one bid, of those either gives."""
CLOSED = ("choice", "country", "language")
"""Kinds of answers that two vendors give alike by chance."""
SHOWN = 5
"""Names in one message; more are counted."""
NAMES = "the vendors' names differ only by legal form or version"
FILES = "the files' names differ only by version"
CONTENT = "they hold the same but for a few cells"
WAY_OUT = (
    "allowed: an entry 'two_vendors' in decisions.yaml that says which bid stands, or that they "
    "are two vendors"
)

WHICH = (
    "allowed: one workbook a vendor, or an entry 'two_vendors' in decisions.yaml that says which "
    "file stands"
)
"""The way out where two workbooks name one vendor."""


@dataclass(frozen=True)
class TwinCandidate:
    """One bid as twins are looked for: whose it is, where it stands, and its own answers.

    `source` is a workbook's file name, or a row as `proposals.csv!Beta` or `proposals.csv:3`.
    """

    vendor: str
    source: str
    answers: Mapping[object, str] = field(default_factory=dict)
    """By question; without what is chosen from a list, which many vendors answer alike."""


def candidate_of(response: Response, asked: Questionnaire) -> TwinCandidate:
    """A workbook as twins are looked for."""
    kinds = {(p.id, f.id): f.kind for p in asked.parts for f in p.fields if not _currency(f)}
    answers: dict[object, str] = {}
    for part in asked.parts:
        if isinstance(part, Form):
            for id, given in response.forms.get(part.id, {}).items():
                if given.answer and kinds.get((part.id, id), "choice") not in CLOSED:
                    answers[part.id, id] = given.answer.text
        else:
            for n, row in enumerate(response.rows(part.id)):
                for id, cell in row.items():
                    if kinds.get((part.id, id), "choice") not in CLOSED:
                        answers[part.id, n, id] = cell.text
    return TwinCandidate(response.vendor, response.source, answers)


def _currency(asked: Question) -> bool:
    """Whether a field states a currency, which all bids of a tender may have in common."""
    return f"_{asked.id}".endswith("_currency")


def bids_of_table(
    rules: Rules, rows: Mapping[str, Mapping[str, str]], source: str
) -> list[TwinCandidate]:
    """The rows of a table as twins are looked for; numbers alone are a vendor's own answers."""
    numeric = [column for column in rules.numeric_answers if rows and column in _columns(rows)]
    return [
        TwinCandidate(vendor, f"{source}!{vendor}", {c: row[c] for c in numeric if row[c]})
        for vendor, row in rows.items()
    ]


def _columns(rows: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    return next(iter(rows.values()))


def twin_faults(
    bids: Sequence[TwinCandidate], settled: frozenset[frozenset[str]]
) -> Iterator[Fault]:
    """A fault on each of two bids that may be one, for the buyer alone.

    `settled`: pairs of vendors that the buyer knows to be two.
    """
    reasons: dict[int, dict[int, str]] = {}
    for one, other, why in _pairs(bids):
        if frozenset((bids[one].vendor, bids[other].vendor)) not in settled:
            reasons.setdefault(one, {}).setdefault(other, why)
            reasons.setdefault(other, {}).setdefault(one, why)
    for n, others in sorted(reasons.items()):
        bid = bids[n]
        named = [f"{bids[o].vendor!r} ({bids[o].source})" for o in sorted(others)[:SHOWN]]
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        why = "; ".join(dict.fromkeys(others[o] for o in sorted(others)))
        message = f"may be the same bid as {', '.join(named)}{more}: {why}; {WAY_OUT}"
        yield Fault(bid.source, message, vendor=bid.vendor, audience="buyer")


def may_be_one(one: TwinCandidate, other: TwinCandidate) -> bool:
    """Whether two bids may be one, by their names, their files' names or what they hold."""
    return next(_pairs((one, other)), None) is not None


def _pairs(bids: Sequence[TwinCandidate]) -> Iterator[tuple[int, int, str]]:
    """Every two bids that may be one, by position, and why."""
    yield from _alike([base_name(bid.vendor) for bid in bids], NAMES)
    yield from _alike([_file(bid) for bid in bids], FILES)
    yield from ((one, other, CONTENT) for one, other in _copies([bid.answers for bid in bids]))


def _file(bid: TwinCandidate) -> str:
    """What a workbook's name says of its sender; "" of a row in a table."""
    workbook = bid.source.lower().endswith(".xlsx") and "!" not in bid.source
    return base_file(bid.source) if workbook else ""


def _alike(keys: Sequence[str], why: str) -> Iterator[tuple[int, int, str]]:
    groups: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        if key:
            groups.setdefault(key, []).append(n)
    for group in groups.values():
        for at, one in enumerate(group):
            yield from ((one, other, why) for other in group[at + 1 :])


def _copies(answers: Sequence[Mapping[object, str]]) -> Iterator[tuple[int, int]]:
    """Every two of them that differ in few answers.

    Answers are compared as whole numbers, one vendor with all others at once: 200 bids of a
    thousand answers take a fraction of a second.
    """
    kept = [n for n, given in enumerate(answers) if len(given) >= LEAST]
    questions = {key: m for m, key in enumerate(dict.fromkeys(k for n in kept for k in answers[n]))}
    codes: dict[str, int] = {}
    table = np.zeros((len(kept), len(questions)), dtype=np.int32)
    for row, n in enumerate(kept):
        for key, text in answers[n].items():
            table[row, questions[key]] = codes.setdefault(text, len(codes) + 1)
    for row, n in enumerate(kept[:-1]):
        mine, others = table[row], table[row + 1 :]
        both = ((mine > 0) & (others > 0)).sum(axis=1)
        either = ((mine > 0) | (others > 0)).sum(axis=1)
        same = ((mine == others) & (mine > 0)).sum(axis=1)
        near = (both >= LEAST) & (either - same <= FEW * either)
        yield from ((n, kept[row + 1 + int(k)]) for k in np.flatnonzero(near))


def one_each(returned: Iterable[Response]) -> tuple[tuple[Response, ...], list[Fault]]:
    """The first response of each vendor, by vendor's name, and a fault for each further one."""
    responses: dict[str, Response] = {}
    faults: list[Fault] = []
    for read in returned:
        first = responses.setdefault(as_seen(read.vendor), read)
        if first is not read:
            message = f"found the vendor {read.vendor!r} again, after {first.source}"
            faults.append(Fault(read.source, f"{message}; {WHICH}", vendor=first.vendor))
    return tuple(sorted(responses.values(), key=lambda response: response.vendor)), faults
