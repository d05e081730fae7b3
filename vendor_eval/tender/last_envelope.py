"""What the last of two envelopes holds that is not read: late, not opened, or never received."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from vendor_eval.bids.proposal import Origin, Proposals, as_seen
from vendor_eval.errors import Fault
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.stage import stage_rules


@dataclass(frozen=True)
class UnreadEnvelope:
    """A vendor's last envelope that came in and is not read."""

    place: str
    """The name of its file."""
    note: str
    """Since when it is there, as "received on 2027-01-29, not opened"."""
    lacks: str
    """What is to be done before it is read, as a fault's message."""


def with_unread(
    proposals: Proposals,
    rules: Rules,
    read: Collection[str],
    unread: Mapping[str, UnreadEnvelope],
) -> Proposals:
    """The table in which no answer is called blank that is in an envelope nobody read.

    `read`: the vendors whose last envelope was read; `unread`: why others' were not; both by the
    name as a reader sees it. What neither holds was never received.
    """
    first, last = rules.whole.envelopes
    known = {*stage_rules(rules.whole, first.id).columns, *rules.panel_columns}
    columns = [column for column in proposals.answers.columns if column not in known]
    origins = dict(proposals.origins)
    for vendor in proposals.vendors:
        if as_seen(vendor) in read:
            continue
        envelope = unread.get(as_seen(vendor)) or UnreadEnvelope(
            f"proposals/{last.id}",
            f"no {last.id} envelope was received",
            missing_envelope(vendor, last.id, opened=True),
        )
        lacks = (Fault(envelope.place, envelope.lacks, vendor, "buyer", "question"),)
        origin = Origin(envelope.place, note=envelope.note, lacks=lacks, unread=True)
        origins |= {(vendor, str(column)): origin for column in columns}
    return replace(proposals, origins=origins)


def missing_envelope(vendor: str, id: str, *, opened: bool) -> str:
    """That a vendor handed in the first envelope alone, as a fault's message.

    Once the envelope is `opened` nothing is received any more.
    """
    receive = "" if opened else "its file, by 'vendor-eval receive' before the opening, or "
    way_out = f"{receive}an entry 'closed' in decisions.yaml"
    return f"no {id} envelope of {vendor!r} was received; allowed: {way_out}"
