"""The bids in a folder, from its table or its workbooks, as they are under the decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vendor_eval.bids.decisions import Correction, Decisions
from vendor_eval.bids.proposal import NAME, Proposals, SourceFile, as_seen, with_faults
from vendor_eval.bids.replacements import Replacement, agreed_replacements, replaced_sources
from vendor_eval.bids.response import Response
from vendor_eval.bids.summed_price import with_summed_price
from vendor_eval.bids.table import TABLE, bids_by_line, read_answers_file
from vendor_eval.bids.twins import TwinCandidate, candidate_of, one_each
from vendor_eval.bids.workbooks.returned import response as returned_response
from vendor_eval.errors import Fault, one_line, quoted
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.measures.measures import answered
from vendor_eval.panel.log import ScoreLog
from vendor_eval.panel.record import panel_record
from vendor_eval.panel.values import with_levels
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.rules.plain_text import text
from vendor_eval.rules.price import SUMMED
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.stage import stage_rules
from vendor_eval.tender.bids_after_decisions import (
    CorrectedCell,
    after_decisions,
    corrected_cells,
    corrected_table,
)
from vendor_eval.tender.envelope_bids import (
    EnvelopeResponses,
    envelope_table,
    joined_responses,
    joined_tables,
)
from vendor_eval.tender.last_envelope import UnreadEnvelope, with_unread
from vendor_eval.tender.request import envelope_questionnaire, questionnaire
from vendor_eval.tender.rules_file import measurable

WORKBOOKS = "proposals"
"""The folder of response workbooks."""


Returned = tuple[Response | None, list[Fault]]
"""What a workbook answers, unless it does not show whose it is, and its faults."""


@dataclass(frozen=True)
class Bids:
    """What was read of the bids, and faults that are no single vendor's."""

    proposals: Proposals | None = None
    responses: tuple[Response, ...] = ()
    faults: tuple[Fault, ...] = ()
    vendors: tuple[str, ...] = ()
    """Every vendor that a bid names, those that another stands for too."""
    every: tuple[TwinCandidate, ...] = ()
    """All bids, those that another stands for too; empty where no decision says so."""
    replaced: tuple[Replacement, ...] = ()
    """The bids that another stands for; they are not read."""
    corrected: Mapping[str, CorrectedCell] = field(default_factory=dict)
    """Cells that were corrected, by the place a correction names."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """What the measures were taken from, by vendor."""
    last_read: frozenset[str] | None = None
    """Vendors, as a reader sees the name, whose last envelope was read; None where none is."""


@dataclass(frozen=True)
class BidsReading:
    """All that reading the bids of a folder takes; `sound`: whether the rules have no fault."""

    files: tuple[SourceFile, ...]
    refused: Mapping[str, Fault]
    rules: Rules | None
    vendor_column: str
    decisions: Decisions
    sound: bool
    log: ScoreLog | None = None
    """What evaluators marked and agreed, where there is any of it."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """The vendors that files came from, by the file's name, where receipts say so."""
    unopened: tuple[str, ...] = ()
    """Vendors whose last envelope stays closed, also where a table holds what is in it."""
    unread: Mapping[str, UnreadEnvelope] = field(default_factory=dict)
    """Last envelopes that came in and are not read, by vendor as a reader sees the name."""
    read: dict[str, Returned] = field(default_factory=dict)
    """Workbooks as they are without corrections, by file, so that they are read once."""

    def bids(self, corrections: Sequence[Correction]) -> Bids:
        """The bids with these corrections; none where there is neither table nor workbook."""
        bids = self._submitted(corrections)
        rules = self.rules
        if bids.proposals is not None and rules is not None and rules.price_parts:
            faults = bids.faults
            if SUMMED in bids.proposals.answers.columns:
                message = f"found a column {SUMMED!r}, which the rules sum from other answers"
                faults = (*faults, Fault(TABLE, f"{message}; allowed: without this column"))
            priced = with_summed_price(bids.proposals, rules.price_parts)
            bids = replace(bids, proposals=priced, faults=faults)
        if bids.proposals is not None and rules is not None and bids.last_read is not None:
            known = with_unread(bids.proposals, rules, bids.last_read, self.unread)
            bids = replace(bids, proposals=known)
        if bids.proposals is None or rules is None or not rules.judged_leaves or not self.sound:
            return bids
        log = self.log or ScoreLog((), fingerprint(rules))
        record = panel_record(rules, log, bids.proposals.vendors)
        return replace(bids, proposals=with_levels(bids.proposals, record))

    def _submitted(self, corrections: Sequence[Correction]) -> Bids:
        table = [file for file in self.files if file.name == TABLE]
        if table:
            return self._table(table[0].content, corrections)
        if self.rules is not None and self.rules.whole.envelopes:
            return self._envelopes(self.rules, corrections)
        workbooks = [file for file in self.files if file.name.startswith(f"{WORKBOOKS}/")]
        return self._workbooks(workbooks, corrections) if workbooks or self.refused else Bids()

    def _table(self, content: bytes, corrections: Sequence[Correction]) -> Bids:
        swaps = bool(self.decisions.replaced)
        every = bids_by_line(content, self.rules, self.vendor_column) if swaps else ()
        replaced = agreed_replacements(self.decisions, every)
        table, faults = read_answers_file(
            content, self.rules, self.vendor_column, replaced_sources(replaced)
        )
        if self.rules is not None and self.rules.measures:
            faults.append(_unmeasured(self.rules))
        named = (*(table.vendors if table else ()), *(bid.vendor for bid in every))
        vendors = tuple(dict.fromkeys(named))
        if table is None or self.rules is None:
            return Bids(table, (), tuple(faults), vendors, every, replaced)
        corrected, cells = corrected_table(table, corrections)
        proposals = after_decisions(corrected, (), self.rules, self.decisions)
        return Bids(proposals, (), tuple(faults), vendors, every, replaced, cells)

    def _envelopes(self, rules: Rules, corrections: Sequence[Correction]) -> Bids:
        """What both envelopes answer, or the first alone; each is read by its own questions."""
        parts, tables, faults = list[EnvelopeResponses](), list[Proposals](), list[Fault]()
        returned = {envelope.id: set[str]() for envelope in rules.whole.envelopes}
        for envelope in rules.whole.envelopes:
            id, inside = envelope.id, f"{WORKBOOKS}/{envelope.id}/"
            own = rules if rules.stage == id else stage_rules(rules.whole, id)
            for file in self.files:
                if file.name == f"{WORKBOOKS}/{id}.csv":
                    read = envelope_table(file, own, self.vendor_column)
                    tables += [read[0]] if read[0] else []
                    faults += read[1]
                    returned[id] |= set(read[0].vendors) - set(self.unopened) if read[0] else set()
            files = [file for file in self.files if file.name.startswith(inside)]
            refused = {n: fault for n, fault in self.refused.items() if n.startswith(inside)}
            if files or refused:
                responses = every_response(
                    files,
                    own,
                    refused,
                    corrections=corrections,
                    read=self.read,
                    asked=envelope_questionnaire(rules.whole, id),
                    owners=self.owners,
                )
                parts.append(one_each(responses))
                returned[id] |= {response.vendor for response in responses}
        last = returned[rules.whole.envelopes[-1].id]
        seen = None if rules.stage else frozenset(map(as_seen, last))
        if tables:
            table, met = joined_tables(tables, self.unopened)
            corrected, cells = corrected_table(table, corrections)
            proposals = after_decisions(corrected, (), rules, self.decisions)
            every = (*faults, *met)
            return Bids(proposals, (), every, table.vendors, corrected=cells, last_read=seen)
        responses, of_vendors, met = joined_responses(parts)
        if not responses:
            return Bids(None, (), (*faults, *met))
        bids = self._measured(rules, responses, of_vendors, (*faults, *met))
        return replace(bids, last_read=seen)

    def _measured(
        self,
        rules: Rules,
        responses: tuple[Response, ...],
        of_vendors: list[Fault],
        faults: Sequence[Fault],
    ) -> Bids:
        measures = rules.measures if self.sound or measurable(rules) else ()
        cells, facts = corrected_cells(responses), facts_of(rules, responses)
        proposals = with_faults(answered(rules, facts, measures), of_vendors)
        places = frozenset(cell.place for cell in cells.values())
        proposals = replace(proposals, corrected=places)
        proposals = after_decisions(proposals, responses, rules, self.decisions)
        vendors = tuple(response.vendor for response in responses)
        return Bids(proposals, responses, tuple(faults), vendors, corrected=cells, facts=facts)

    def _workbooks(self, files: list[SourceFile], corrections: Sequence[Correction]) -> Bids:
        """What workbooks answer and show.

        Under rules that are not sound nothing is measured unless their faults leave it possible.
        """
        rules, every, asked = self.rules, tuple[TwinCandidate, ...](), Questionnaire(())
        returned = every_response(
            files, rules, self.refused, corrections=corrections, read=self.read
        )
        if self.decisions.replaced:
            asked = questionnaire(rules) if rules is not None else asked
            every = tuple(candidate_of(response, asked) for response in returned)
        replaced = agreed_replacements(self.decisions, every)
        unread = replaced_sources(replaced)
        responses, faults = one_each(r for r in returned if r.source not in unread)
        vendors = tuple(dict.fromkeys(response.vendor for response in returned))
        if rules is None or not responses:
            return Bids(None, responses, tuple(faults), vendors, every, replaced)
        read = self._measured(rules, responses, faults, ())
        return replace(read, vendors=vendors, every=every, replaced=replaced)


def _unmeasured(rules: Rules) -> Fault:
    names = quoted(measurement.column for measurement in rules.measures)
    message = f"the rules take the measure {names}; measures read response workbooks"
    return Fault(TABLE, f"{message}, {WORKBOOKS}/*.xlsx, and no table")


def every_response(
    files: Sequence[SourceFile],
    rules: Rules | None,
    refused: Mapping[str, Fault] | None = None,
    *,
    corrections: Sequence[Correction] = (),
    read: dict[str, Returned] | None = None,
    asked: Questionnaire | None = None,
    owners: Mapping[str, str] | None = None,
) -> tuple[Response, ...]:
    """What each workbook answers, also where two name one vendor; unreadable ones last.

    A vendor's faults stand in its response. A workbook that cannot be read, or does not say whose
    it is, gives an empty response under the name of its file; so do those that were `refused`
    before they were opened. Without `rules` no part is looked for. `read`: what was read of the
    same files without corrections, which is filled here and not read again. `asked`: what they
    were asked, where that is not all that the rules ask. `owners`: the vendors that they came
    from, by the file's name, where receipts say so; another name inside is that vendor's fault.
    """
    if asked is None:
        asked = questionnaire(rules) if rules is not None else Questionnaire(())
    known = every_question(rules) if rules is not None else asked
    owner = {_source(name): vendor for name, vendor in (owners or {}).items()}
    responses: list[Response] = []
    unread = {_source(name): [fault] for name, fault in (refused or {}).items()}
    for file in files:
        source = _source(file.name)
        corrected = {c.at: c for c in corrections if c.at.startswith(f"{source}!")}
        returned = None if corrected or read is None else read.get(file.name)
        if returned is None:
            returned = returned_response(file.content, source, asked, known, corrections=corrected)
        if read is not None and not corrected:
            read[file.name] = returned
        response, met = returned
        if response is None:
            unread[source] = met
        else:
            responses.append(_received(_with(response, met), owner.get(source)))
    taken = {as_seen(response.vendor) for response in responses}
    for source, met in sorted(unread.items()):
        name = owner.get(source) or _named(source.rpartition("/")[2], taken)
        taken.add(as_seen(name))
        responses.append(_with(Response(name, source), met))
    return tuple(responses)


def _with(read: Response, faults: Sequence[Fault]) -> Response:
    """A response with the faults met in it, each under its vendor's name."""
    named = (replace(fault, vendor=read.vendor) for fault in faults)
    return replace(read, faults=tuple(dict.fromkeys(named)))


def _received(read: Response, owner: str | None) -> Response:
    """A response under the name of the vendor that it came from."""
    if owner is None or as_seen(owner) == as_seen(read.vendor):
        return read if owner is None else _with(replace(read, vendor=owner), read.faults)
    message = f"found the vendor's name {read.vendor!r}; allowed: {owner!r}, who handed it in"
    fault = Fault(read.source, message, owner, "vendor")
    return _with(replace(read, vendor=owner), (*read.faults, fault))


def _source(name: str) -> str:
    return name.removeprefix(f"{WORKBOOKS}/")


def _named(source: str, taken: Collection[str]) -> str:
    """A vendor's name from that of its file, different from all that are taken."""
    stem = text(" ".join(one_line(source.rpartition(".")[0]).split()))[: NAME - 6].strip()
    names = (stem or "unnamed", *(f"{stem or 'unnamed'} ({n})" for n in range(2, 1000)))
    return next(name for name in names if as_seen(name) and as_seen(name) not in taken)
