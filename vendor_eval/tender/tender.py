"""An evaluation as it was read: what was entered, whether it is sealed, and which files held it."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from vendor_eval.bids.decisions import Decisions
from vendor_eval.bids.proposal import Proposals, SourceFile
from vendor_eval.bids.replacements import Replacement
from vendor_eval.bids.response import Response
from vendor_eval.errors import Fault, InputFaults, NotReady, VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.measures.costs.comparisons import Comparison, comparison
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.panel.declarations import undeclared
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.panel.record import TO_DECLARE, Owed, PanelRecord, owed, panel_record
from vendor_eval.rules.criteria import walk
from vendor_eval.rules.judgements import Judgements
from vendor_eval.rules.robustness import DRAWS
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.seal import Seal
from vendor_eval.tender.attachments import Attachment
from vendor_eval.tender.bids_after_decisions import additions
from vendor_eval.tender.envelopes import EnvelopeFiles
from vendor_eval.wording import agreeing, brief, counted, digits, listed
from vendor_eval.wording.short_repr import ShortRepr

if TYPE_CHECKING:
    from vendor_eval import Result

READ_AS = 100
"""Cells of one workbook that are listed with how they were read."""
THOUSANDS = re.compile(r"(?!0+\.)[0-9]{1,3}\.[0-9]{3}")
"""A number that may also mean a thousand times as much; with 0 before the point it may not."""


def inputs_hash(hashes: Mapping[str, str]) -> str:
    """One sha256, in hex, of files' names and sha256 together, independent of their order."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


@dataclass(frozen=True, eq=False)
class Tender(ShortRepr):
    """The rules and bids of one evaluation folder, as they were read.

    Example:
        >>> import vendor_eval as ve
        >>> tender = ve.read("data/customer-support")
        >>> tender
        <Tender 'Customer support EMEA 2027-2029': 6 proposals read, no fault found>
        >>> tender.evaluate(scenario="cost_first").ranking.index[0]
        'Dorado Dialogue'
    """

    rules: Rules
    proposals: Proposals
    seal: Seal | None
    files: tuple[SourceFile, ...]
    responses: tuple[Response, ...] = ()
    """What was read from response workbooks, where there are any."""
    judgements: Judgements | None = None
    vendor_faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    """By vendor, every fault, question and note in its bid; who has none is not in it."""
    decisions: Decisions = field(default_factory=Decisions)
    """What the buyer decided of bids."""
    submitted: Proposals | None = None
    """What vendors answered before the buyer's corrections, where there are any."""
    submitted_responses: tuple[Response, ...] = ()
    """What was read from response workbooks before the buyer's corrections, where there are any."""
    attachments: tuple[Attachment, ...] = ()
    """What vendors sent alongside their workbooks, by name."""
    out_of_place: tuple[str, ...] = ()
    """What was found in the folder and not read, each with its place and where it belongs."""
    replaced: tuple[Replacement, ...] = ()
    """The bids that are not read because the buyer decided that another stands for them."""
    measured: Mapping[str, Facts] = field(default_factory=dict)
    """The facts that measures were taken from; `facts` are those of these rules and responses."""

    log: ScoreLog | None = None
    """What evaluators marked and agreed, where there is any of it."""
    envelopes: EnvelopeFiles | None = None
    """What may be read of two envelopes, where the rules have them."""
    through: str = ""
    """The envelope that is read alone because somebody asked for it."""

    @cached_property
    def record(self) -> PanelRecord | None:
        """What the log holds; None where the rules have neither a panel nor envelopes."""
        if not self.rules.judged_leaves and not self.rules.whole.envelopes:
            return None
        log = self.log or ScoreLog((), fingerprint(self.rules))
        return panel_record(self.rules, log, self.proposals.vendors)

    @property
    def panel(self) -> PanelRecord | None:
        """The panel's marks and agreed levels; None where the rules have no panel."""
        return self.record if self.rules.judged_leaves else None

    @property
    def panel_needs(self) -> tuple[Fault, ...]:
        """What people still owe of the vendors that no gate and no decision excludes."""
        if self.record is None:
            return ()
        excluded = self.evaluation.having("excluded")
        needs = (*self.record.missing(excluded), *self.undeclared(self.decisions.people))
        return (*needs, *(self.envelopes.needs if self.envelopes else ()))

    def undeclared(self, people: Collection[str], *, of: Collection[str] = ()) -> tuple[Owed, ...]:
        """Who has declared nothing of which vendors.

        Nobody is asked about a vendor that a gate or a decision excludes, but for those in `of`.
        """
        if self.record is None:
            return ()
        out = self.evaluation.having("excluded")
        vendors = [v for v in self.proposals.vendors if v not in out or v in of]
        lacking = undeclared(self.record.declared, people, vendors)
        return tuple(owed(LOG, f"{says}; {TO_DECLARE}", who) for who, says in lacking.items())

    def ready(self) -> "Tender":
        """This tender; raises NotReady with what evaluators still owe before it is evaluated."""
        needs = self.panel_needs
        if self.record is not None and not needs and self.record.lock is None:
            message = "every level is agreed, and the panel is not locked"
            if self.panel is None:
                message = f"the envelope {self.rules.whole.envelopes[0].id!r} is not locked"
            needs = (Fault(LOG, f"{message}; allowed: 'vendor-eval lock' first"),)
        elif not needs and self.rules.stage and not self.through:
            first, last = self.rules.whole.envelopes
            message = f"the envelope {last.id!r} is not opened"
            way_out = f"'vendor-eval open' first, or '--envelope {first.id}' for that one alone"
            needs = (Fault(LOG, f"{message}; allowed: {way_out}"),)
        if needs:
            raise NotReady(needs)
        return self

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What each response shows under the rules, by vendor."""
        return facts_of(self.rules, self.responses, self.measured)

    evaluated: Evaluation | None = field(default=None, repr=False)
    """The evaluation that found `vendor_faults`, if it was made."""

    @cached_property
    def evaluation(self) -> Evaluation:
        """These proposals under the rules' own weights."""
        own = self.evaluated
        # a copy with other rules or proposals is not what was evaluated
        if own and own.rules is self.rules and own.proposals is self.proposals:
            return own
        return evaluate(self.rules, self.proposals)

    def evaluate(
        self, *, scenario: str | None = None, seed: int = 0, draws: int = DRAWS
    ) -> "Result":
        """The result under the rules' own weights, or those of one of their scenarios.

        Simulations draw `draws` re-runs from `seed`; the same seed gives the same result. Raises
        UnknownName for an unknown scenario or method, VendorEvalError for a simulation that cannot
        be run, or a scenario in a public procedure, and NotReady until a panel is locked.
        """
        from vendor_eval import Result

        self.ready()
        if self.rules.stage:
            message = f"only the envelope {self.rules.stage!r} is read; nothing is recommended"
            raise VendorEvalError(f"{message}; allowed: an evaluation of both")
        return Result.of(self, scenario=scenario, seed=seed, draws=draws)

    def under(self, rules: Rules, proposals: Proposals) -> "Tender":
        """This tender under other rules, with the bids of those that are among the proposals."""
        return replace(
            self,
            rules=rules,
            proposals=proposals,
            responses=tuple(r for r in self.responses if r.vendor in proposals.rows),
            vendor_faults={v: f for v, f in self.vendor_faults.items() if v in proposals.rows},
        )

    @cached_property
    def comparison(self) -> Comparison:
        """What every bid costs that no gate excludes; gates are the same in every scenario."""
        excluded = self.evaluation.having("excluded")
        return comparison(self.rules, self.facts, without=excluded)

    @property
    def hashes(self) -> Mapping[str, str]:
        """The sha256, in hex, of everything that was read or listed, by name."""
        listed = {attachment.name: attachment.sha256 for attachment in self.attachments}
        closed = self.envelopes.closed if self.envelopes else {}
        return {file.name: file.sha256 for file in self.files} | listed | dict(closed)

    def _repr_html_(self) -> str:
        from vendor_eval import tender_card

        return tender_card(self)._repr_html_()

    def __repr__(self) -> str:
        sealed = ", sealed" if self.seal else ""
        return f"<Tender {brief(self.rules.title, 50)!r}{sealed}: {self.was_read}>"

    def strictly(self) -> "Tender":
        """This case; raises InputFaults with every fault and question where a bid holds any."""
        stopping = [f for faults in self.vendor_faults.values() for f in faults if f.stops]
        if stopping:
            raise InputFaults(stopping)
        return self

    @property
    def was_read(self) -> str:
        """How many proposals were read, and whose hold a fault or need an answer, in a line."""
        stopped = [v for v, faults in self.vendor_faults.items() if any(f.stops for f in faults)]
        outcome = "no fault found"
        if stopped:
            outcome = f"faults or needed answers in {listed(stopped, at_most=3)}"
        return f"{counted(len(self.proposals.vendors), 'proposal')} read, {outcome}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the results should know that is not a fault."""
        unread = dict[str, list[str]]()
        for column in self.proposals.unread:
            unread.setdefault(self.proposals.file_of(column), []).append(repr(column))
        columns_unread = [
            f"{file}: no rule reads the columns {', '.join(columns)}"
            for file, columns in unread.items()
        ]
        panel = self.panel.warnings if self.panel else ()
        added = additions(self.rules, self.decisions, self.responses, self.submitted)
        return (*columns_unread, *self._thousands(), *self._prints(), *added, *panel)

    def _thousands(self) -> Iterator[str]:
        """Numbers of a table whose decimal point may have been meant to part thousands."""
        proposals = self.proposals
        for column in self.rules.numeric_answers:
            for vendor, typed in proposals.answers[column].items():
                if THOUSANDS.fullmatch(typed) and (vendor, column) not in proposals.origins:
                    place = proposals.place(str(vendor), column)
                    reading = f"{place}: {typed!r} is read as {digits(float(typed))}"
                    yield f"{reading}, since numbers have a decimal point"

    def _prints(self) -> Iterator[str]:
        """Workbooks that may answer other questions than those of the rules."""
        ours = fingerprint(self.rules)
        for response in self.responses:
            if response.unread:
                continue
            if response.fingerprint is None:
                yield f"{response.source} carries no fingerprint of the rules it was made for."
            elif response.fingerprint != ours:
                yield f"{response.source} was made for different rules."

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not asked for, hidden, not read or commented on; what the rules leave open."""
        notes = (note for response in self.responses for note in response.notes)
        comments = (one.line for response in self.responses for one in response.comments)
        return (*self._judged_or_not(), *self.out_of_place, *notes, *comments)

    def _judged_or_not(self) -> Iterator[str]:
        """Criteria of which the rules do not say whether a person judged the numbers they read."""
        remedy = (
            "; before sealing, state 'judged: true' where a person gives the number, else "
            "'judged: false' or an 'error'"
        )
        for path, _, leaf in walk(self.rules.criteria):
            if self.rules.leaves_judgement_open(leaf):
                said = f"{leaf.label!r} reads a number without a unit and counts as not judged"
                yield f"evaluation.yaml: criteria.{path}: {said}{'' if self.seal else remedy}"

    @property
    def read_as(self) -> tuple[str, ...]:
        """Cells of workbooks that were not read letter for letter: each place, and how.

        Of each workbook 100 are listed and the rest is counted; those that differ by case or spaces
        alone are counted in a last line.
        """
        lines: list[str] = []
        respelt = 0
        for response in self.responses:
            cells = [cell for cell in response.cells if cell.note]
            listed = [cell for cell in cells if not cell.respelt]
            respelt += len(cells) - len(listed)
            lines += [f"{cell.place}: {cell.note}" for cell in listed[:READ_AS]]
            if (more := len(listed) - READ_AS) > 0:
                unread = counted(more, "more cell")
                lines.append(f"{response.source}: {unread} not read letter for letter")
        if respelt:
            differ = agreeing(respelt, "differs", "differ")
            lines.append(
                f"{counted(respelt, 'cell')} {differ} only by case or spaces from what was read"
            )
        return tuple(lines)
