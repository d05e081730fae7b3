"""What `results.json` says of a panel: levels without who gave them, and which of them matter."""

from typing import Any

from vendor_eval.award.result import Result
from vendor_eval.outputs.plain import points
from vendor_eval.panel.consequences import MarkConsequence
from vendor_eval.panel.items import Item
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord
from vendor_eval.panel.values import changed_levels
from vendor_eval.panel.void_locks import locked_again


def panel_results(result: Result) -> dict[str, Any]:
    """The key `panel`; nothing where the rules have none."""
    record, marks = result.tender.panel, result.marks
    if record is None or marks is None:
        return {}
    items: dict[str, dict[str, Any]] = {}
    for (vendor, path), item in sorted(record.items.items()):
        items.setdefault(vendor, {})[path] = _item(item, record, marks.of_items[vendor, path])
    findings = comment_findings(record)
    panel = {
        "agreed": record.agreed,
        "complete": not result.tender.panel_needs,
        "witnessed": record.evidenced > 0,
        "head": record.log.code,
        "items": items,
        **_changed(record),
        **_locked_again(record),
        **_interests(result),
        "second_readings": {p: list(who) for p, who in marks.second_readings.items()},
        "lint": [
            {
                "kind": each.kind,
                "vendor": each.vendor,
                "criterion": each.criterion,
                "place": each.place,
                "says": each.says,
            }
            for each in findings
        ],
    }
    return {"panel": panel}


def _changed(record: PanelRecord) -> dict[str, Any]:
    """The levels that were corrected after prices were opened; nothing without any."""
    changed = [
        {
            "vendor": each.item.vendor,
            "criterion": each.item.criterion,
            "before": _code(each.before),
            "now": _code(each.now),
            "approved_by": each.approved_by,
            "place": f"{LOG}:{each.line}",
        }
        for each in changed_levels(record)
    ]
    return {"manifest_errors": changed} if changed else {}


def _locked_again(record: PanelRecord) -> dict[str, Any]:
    """Locks that became void, and the levels that changed since; nothing without any."""
    voids = [
        {
            "locked_on": str(void.lock.line.on),
            "place": f"{LOG}:{void.lock.n}",
            "withdrew": void.who,
            "on": str(void.left.line.on),
            "withdrew_at": f"{LOG}:{void.left.n}",
            "agreed_again": len(void.agreed_again),
            "changed": [
                {
                    "vendor": item.vendor,
                    "criterion": item.criterion,
                    "before": _counts(before, record),
                    "now": _counts(now, record),
                }
                for item, before, now in void.moved
            ],
        }
        for void in locked_again(record)
    ]
    return {"void_locks": voids} if voids else {}


def _interests(result: Result) -> dict[str, Any]:
    """Interests that were declared and measures taken, without details; nothing if not asked."""
    record = result.tender.panel
    if record is None or not (record.declared.asked_for or record.declared.lines):
        return {}
    interests = [
        {
            "who": line.body.evaluator,
            "vendor": line.body.vendor,
            "interest": line.body.interest,
            "mitigation": line.body.mitigation,
            "decided_by": line.body.decided_by,
            "on": str(line.entry.line.on),
            "after_scoring": line.after_scoring,
        }
        for line in record.declared.interests
    ]
    return {"declared": len(record.declared.people), "interests": interests}


def _item(item: Item, record: PanelRecord, matters: MarkConsequence) -> dict[str, Any]:
    """One vendor's levels on one criterion, sorted, so that nobody learns who gave which."""
    take = matters.would_take or {}
    return {
        "levels": [_code(level) for level in item.levels],
        "agreed": _counts(record.counts(item), record),
        "outside": item.outside,
        "decides": matters.decides,
        "gate": matters.gate,
        "would_take": {vendor: _code(level) for vendor, level in take.items()},
    }


def _counts(counted: str, record: PanelRecord) -> int | str | float | None:
    """What an item counts as: a level or, with a mean or a median, its points; None for nothing."""
    if not counted:
        return None
    return _code(counted) if record.agreed == "consensus" else points(float(counted))


def _code(level: str) -> int | str:
    """A level's code, as a whole number where it is one."""
    try:
        number = int(level)
    except ValueError:
        return level
    return number if str(number) == level else level
