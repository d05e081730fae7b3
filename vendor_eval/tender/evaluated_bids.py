"""Bids under some corrections with the evaluation of them: every fault that can be found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from vendor_eval.bids.decisions import Correction
from vendor_eval.bids.proposal import Proposals
from vendor_eval.bids.response import Response
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.gates import gate_faults
from vendor_eval.evaluation.performance import performances
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bids import Bids, BidsReading

Faults = Mapping[str, tuple[Fault, ...]]
"""By vendor; who has none is not in it."""


@dataclass(frozen=True)
class EvaluatedBids(Bids):
    """Bids as they are under some corrections, with the faults that evaluating them found."""

    of_vendors: Faults = field(default_factory=dict)
    """By vendor, every fault, question and note in its bid."""
    evaluation: Evaluation | None = None
    """None where the rules cannot evaluate the bids."""

    def unreadable(self, vendor: str) -> tuple[Fault, ...]:
        """The faults of cells that cannot be read as what is asked there.

        What only several cells taken together gave rise to is none of them.
        """
        of_cells = {fault for response in self.responses for fault in response.faults}
        of_measures = self.proposals.faults.get(vendor, ()) if self.proposals else ()
        return tuple(
            fault
            for fault in self.of_vendors.get(vendor, ())
            if fault.severity == "fault" and (fault in of_cells or fault not in of_measures)
        )


def bids_as_evaluated(reading: BidsReading, corrections: Sequence[Correction]) -> EvaluatedBids:
    """The bids with these corrections, evaluated by the rules that they were read under."""
    bids = reading.bids(corrections)
    of_vendors, evaluation = _vendor_faults(
        reading.rules, bids.proposals, bids.responses, sound=reading.sound
    )
    every = {each.name: getattr(bids, each.name) for each in fields(bids)}
    return EvaluatedBids(**every, of_vendors=of_vendors, evaluation=evaluation)


def _vendor_faults(
    rules: Rules | None, proposals: Proposals | None, responses: Sequence[Response], *, sound: bool
) -> tuple[Mapping[str, tuple[Fault, ...]], Evaluation | None]:
    """By vendor, every fault in its bid that can be found under these rules, `sound` or not.

    With the evaluation that found them, where these rules can evaluate these proposals.
    """
    if rules is None and proposals is not None:
        return proposals.faults, None
    if rules is None or proposals is None:
        by_vendor = {response.vendor: response.faults for response in responses if response.faults}
        return by_vendor, None
    needed = {*rules.columns, *rules.panel_columns}
    if sound and needed <= set(proposals.answers):
        evaluation = evaluate(rules, proposals)
        return evaluation.faults, evaluation
    # answers can be read, if not weighed, under rules or in a table with other faults
    met = [*performances(rules.criteria, proposals)[1], *gate_faults(rules, proposals)]
    faults_of = {vendor: list(proposals.faults.get(vendor, ())) for vendor in proposals.vendors}
    for fault in met:
        faults_of[str(fault.vendor)].append(fault)
    listed = {v: tuple(dict.fromkeys(faults)) for v, faults in faults_of.items() if faults}
    return listed, None
