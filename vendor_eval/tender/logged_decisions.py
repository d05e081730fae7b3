"""What of the buyer's decisions the log does not allow: who decides, and who stays out."""

from collections.abc import Iterator

from vendor_eval.bids.decisions import Decisions, Late
from vendor_eval.bids.proposal import as_seen
from vendor_eval.errors import Fault
from vendor_eval.panel.declarations import declarations_of
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.decisions_file import at_lines
from vendor_eval.tender.envelopes import kept_out


def faults_by_log(
    decisions: Decisions, lines: Lines | None, rules: Rules, log: ScoreLog
) -> list[Fault]:
    """Decisions of those who had withdrawn, and late bids let in once prices are known."""
    return at_lines((*_by_withdrawn(decisions, rules, log), *_late(decisions, log)), lines)


def _by_withdrawn(
    decisions: Decisions, rules: Rules, log: ScoreLog
) -> Iterator[tuple[Location, str]]:
    """Decisions are entered in no log, so that their day is compared with the withdrawal's."""
    declared = declarations_of(log, rules)
    for n, entry in zip(decisions.places, decisions.entries, strict=True):
        for key in ("by", "approved_by"):
            who = getattr(entry, key, "")
            left_on = declared.left_on(who)
            if left_on is not None and entry.on > left_on:
                yield (
                    (n, key),
                    f"found {who!r}, and {declared.left_words(who)}; allowed: those who remain",
                )


def _late(decisions: Decisions, log: ScoreLog) -> Iterator[tuple[Location, str]]:
    out, closed = kept_out(log), {as_seen(vendor) for vendor in decisions.excluded}
    for n, entry in zip(decisions.places, decisions.entries, strict=True):
        name = as_seen(entry.vendor) if isinstance(entry, Late) else ""
        if name in out and name not in closed:
            opened = f"prices were opened without this vendor's on line {out[name]} of {LOG}"
            yield (n, "kind"), f"found 'late', and {opened}; allowed: 'closed', as it was then"
