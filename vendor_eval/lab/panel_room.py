"""The moderation room: an item at a time, what everybody gave, and what is agreed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import ipywidgets as widgets

from vendor_eval import wording
from vendor_eval.errors import VendorEvalError
from vendor_eval.panel.entries import Draft
from vendor_eval.panel.items import Item
from vendor_eval.panel.moderation import (
    agenda,
    agreement_draft,
    agreement_faults,
    names_in,
    needs_meeting,
)
from vendor_eval.panel.scoring import mark_draft
from vendor_eval.panel.standing import progress
from vendor_eval.panel.values import written_answer
from vendor_eval.report.html import Html, say, table
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import added, locked, panel_of

STYLE = """<style>.ve-room .widget-label{display:block;text-align:left;white-space:normal;
height:auto;width:auto;max-width:none;line-height:1.3} .ve-room select,.ve-room input,
.ve-room textarea{width:100%;max-width:44rem} .ve-room progress{width:100%;max-width:44rem}
.ve-room :focus-visible{outline:2px solid #0b5cad} .ve-room td{white-space:pre-wrap}</style>"""
ROW = widgets.Layout(display="block", width="auto", height="auto", margin="0 0 .6rem")
MEETING = "The meeting: agree levels"
NOBODY = "-"
"""Who enters while nobody has said so: no mark of anybody is shown."""
HOW_TO = (
    "Choose an item, read the answer and the marks, agree a level, and write the reason for the "
    "vendor. Record adds a line to the log. Nothing here shows a total or a rank."
)
SOURCE = "panel.ipynb"
"""Where lines of the log come from that were recorded here."""


class PanelRoom:
    """Controls that add marks and agreed levels to a folder's log, an item at a time.

    `shown` is what a notebook displays. No total and no rank is in it.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.tender = read(self.folder)
        self.items: tuple[Item, ...] = ()
        readers = [(f"{id}: score alone", id) for id in panel_of(self.tender).evaluators]
        self.who = widgets.Dropdown(
            options=[("Choose who enters", NOBODY), (MEETING, ""), *readers],
            value=NOBODY if self._unscored() else "",
            description="Who enters",
            layout=ROW,
        )
        self.day = widgets.DatePicker(
            value=datetime.now(UTC).date(), description="On which day", layout=ROW
        )
        self.by = widgets.Text("moderator", description="Recorded by (an id or a role)", layout=ROW)
        self.item = widgets.Dropdown(options=[], description="Which item", layout=ROW)
        self.status, self.about, self.message = (widgets.HTML() for _ in range(3))
        self.level = widgets.Dropdown(options=[], description="Level", layout=ROW)
        self.reason = widgets.Textarea(rows=4, layout=ROW)
        self.present = widgets.Text("", description="Present (ids)", layout=ROW)
        self.evidence = widgets.Text(
            "", description="Where the proposal shows a level that nobody gave", layout=ROW
        )
        self.change = widgets.Text("", description="Reason for a change", layout=ROW)
        self.record = widgets.Button(description="Record", button_style="primary")
        self.lock = widgets.Button(description="Lock the panel")
        self.lock_now = widgets.Button(description="Yes, lock it", button_style="danger")
        self.not_yet = widgets.Button(description="Not yet")
        self.how_to = widgets.HTML(say(HOW_TO).markup)
        self.form = widgets.VBox()
        self.shown = widgets.VBox([widgets.HTML(STYLE), self.status, self.form, self.message])
        self.shown.add_class("ve-room")
        self.who.observe(self._begin, "value")
        self.item.observe(self._ask, "value")
        self.record.on_click(self._record)
        self.lock.on_click(self._ask_once_more)
        self.lock_now.on_click(self._lock)
        self.not_yet.on_click(self._leave_open)
        self._begin()

    def _unscored(self) -> bool:
        """Whether an evaluator still has to score something."""
        out = self.tender.evaluation.having("excluded")
        items = panel_of(self.tender).items.values()
        return any(item.unscored for item in items if item.vendor not in out)

    def _begin(self, _: object = None) -> None:
        """Shows how far the panel is, and the items of the evaluator who enters."""
        self._show_status()
        record = panel_of(self.tender)
        excluded = self.tender.evaluation.having("excluded")
        if self.who.value == NOBODY:
            self.items = ()
        elif self.who.value:
            mine = [
                item
                for item in record.items.values()
                if self.who.value in item.readers and item.vendor not in excluded
            ]
            self.items = tuple(sorted(mine, key=lambda item: self.who.value in item.marks))
        else:
            self.items = agenda(record, excluded)
        controls = [self.how_to, self.who, self.day, *([] if self.who.value else [self.by])]
        asked: list[widgets.Widget] = []
        if record.lock is not None:
            controls = []
        elif self.items:
            last = [self.change] if self.who.value else [self.present, self.evidence]
            asked = [self.item, self.about, self.level, self.reason, *last, self.record]
        elif not self.tender.panel_needs:
            asked = [self.lock]
        self.form.children = (*controls, *asked)
        self.item.options = [(self._called(item), item.key) for item in self.items]
        # a list that was empty chooses nothing of itself
        self.item.index = 0 if self.items else None
        self._ask()

    def _show_status(self) -> None:
        record = panel_of(self.tender)
        counts = progress(record, self.tender.evaluation.having("excluded"))
        done, of = (sum(each) for each in zip(*counts.values(), strict=True))
        bar = f'<progress aria-label="Marks given" max="{of}" value="{done}"></progress>'
        lines = [f"{done} of {wording.counted(of, 'mark')} given"]
        if record.lock is not None:
            lines.append(f"The panel was locked on line {record.lock.n} of the log")
        elif not self.tender.panel_needs:
            lines.append("Everything is scored and agreed")
        lines.append(f"Code of the log: {record.log.code}")
        owed = [[fault.found] for fault in self.tender.panel_needs]
        needs = table("Still to be done", ["What"], owed, prose=True).markup if owed else ""
        self.status.value = f"{bar}{say('. '.join(lines)).markup}{needs}"

    def _called(self, item: Item) -> str:
        label = self.tender.rules.judged_leaves[item.criterion].label
        if self.who.value:
            done = " (scored)" if self.who.value in item.marks else ""
            return f"{item.vendor}: {label}{done}"
        meeting = ", a meeting" if needs_meeting(item, self.tender.rules) else ""
        return f"{item.vendor}: {label} ({wording.counted(item.spread or 0, 'step')}{meeting})"

    def _chosen(self) -> Item | None:
        return next((item for item in self.items if item.key == self.item.value), None)

    def _ask(self, _: object = None) -> None:
        """Shows an item, with nothing entered for it; an evaluator sees their own mark alone."""
        item = self._chosen()
        if item is None:
            return
        levels = [(f"{each.level} {each.label}", each.level) for each in item.scale.levels]
        self.level.options = [("Choose a level", ""), *levels]
        own = item.marks.get(self.who.value)
        self.level.value, self.reason.value = (own.level, own.comment) if own else ("", "")
        self.reason.description = (
            "Comment: what you found, and where"
            if self.who.value
            else "Reason for the vendor: what the tender says and where, what the level asks, and "
            "why not the next"
        )
        self.present.value = self.evidence.value = self.change.value = ""
        self.about.value = "".join(part.markup for part in self._parts(item))

    def _parts(self, item: Item) -> Sequence[Html]:
        question = self.tender.rules.judged_leaves[item.criterion].panel
        text, evidence, place = written_answer(
            item.vendor, item.criterion, self.tender.proposals, self.tender.responses
        )
        answer = [[text or "Nothing is entered; see the proposal.", evidence, place]]
        levels = [[each.level, each.label, each.means] for each in reversed(item.scale.levels)]
        parts = [
            say(f"{item.vendor}: {question.question if question else ''}"),
            table("The vendor's answer", ["Answer", "Evidence", "Where"], answer, prose=True),
            table("The scale", ["Level", "Called", "Means"], levels, prose=True),
        ]
        if own := item.marks.get(self.who.value):
            mine = [[own.level, own.comment, str(own.entry.n)]]
            head = ["Level", "Comment", "Line of the log"]
            parts.insert(2, table("Your mark so far", head, mine, prose=True))
        if not self.who.value:
            rows = [
                [e, mark.level, mark.comment, str(mark.entry.n)] for e, mark in item.marks.items()
            ]
            head = ["Evaluator", "Level", "Comment", "Line of the log"]
            parts.insert(2, table("What evaluators gave", head, rows, prose=True))
        return parts

    def _record(self, _: object = None) -> None:
        """Adds what is entered to the log, or says what it lacks."""
        item = self._chosen()
        if item is None:
            return
        try:
            made = self._mark(item) if self.who.value else self._agreement(item)
            log = added(self.folder, self.tender, [made]) if made else panel_of(self.tender).log
        except (ValueError, VendorEvalError) as error:
            self._say(*str(error).splitlines())
            return
        self.tender = read(self.folder)
        self._begin()
        said = f"Recorded on line {len(log.entries)}" if made else "Nothing has changed"
        self._say(f"{said}: {self._called(item)}. Code of the log: {log.code}.")

    def _entered(self) -> tuple[date, str]:
        if self.day.value is None:
            raise ValueError("the day is blank; allowed: a date")
        if not self.level.value:
            raise ValueError("no level is chosen; allowed: a level of the scale")
        return self.day.value, str(self.level.value)

    def _mark(self, item: Item) -> Draft | None:
        day, level = self._entered()
        declared, who = panel_of(self.tender).declared, self.who.value
        if declared.asked_for and declared.lacking(who, [item.vendor]):
            message = f"{who} has declared nothing of {item.vendor}"
            raise ValueError(f"{message}; allowed: a declaration first, in a workbook")
        return mark_draft(
            item,
            self.tender.rules,
            self.who.value,
            on=day,
            source=SOURCE,
            level=level,
            comment=self.reason.value.strip(),
            reason=self.change.value.strip(),
            stays=panel_of(self.tender).marks_stay,
        )

    def _agreement(self, item: Item) -> Draft:
        day, level = self._entered()
        present = names_in(self.present.value)
        reason, evidence = self.reason.value.strip(), self.evidence.value.strip()
        record = panel_of(self.tender)
        faults = agreement_faults(
            item, record, level=level, reason=reason, present=present, evidence=evidence
        )
        lacking = [message for _, message in faults]
        if not self.by.value.strip():
            lacking.append("nobody is named who records it; allowed: an id or a role")
        if left := record.declared.left_words(self.by.value):
            lacking.append(f"{left}; allowed: those who remain")
        if lacking:
            raise ValueError("\n".join(lacking))
        return agreement_draft(
            item,
            self.tender.rules,
            on=day,
            by=self.by.value.strip(),
            source=SOURCE,
            level=level,
            reason=reason,
            present=present,
            evidence=evidence,
        )

    def _ask_once_more(self, _: object = None) -> None:
        """Asks whether the panel is to be locked, as nothing undoes it."""
        self.form.children = (self.by, self.day, self.lock_now, self.not_yet)
        self._say("Lock the panel? No level can be agreed after that, and nothing undoes it.")

    def _leave_open(self, _: object = None) -> None:
        self._begin()
        self._say("The panel is not locked.")

    def _lock(self, _: object = None) -> None:
        """Locks the panel."""
        try:
            first = [each.id for each in self.tender.rules.whole.envelopes[:1]]
            log, entry = locked(
                self.folder,
                by=self.by.value.strip(),
                on=self._day(),
                envelope=next(iter(first), None),
            )
        except (ValueError, VendorEvalError) as error:
            self._say(*str(error).splitlines())
            return
        self.tender = read(self.folder)
        self._begin()
        self._say(f"Locked on line {entry.n}. Code of the log: {log.code}. Run all cells again.")

    def _day(self) -> date:
        if self.day.value is None:
            raise ValueError("the day is blank; allowed: a date")
        return date.fromisoformat(str(self.day.value))

    def _say(self, *lines: str) -> None:
        self.message.value = "".join(say(wording.begun(line)).markup for line in lines)
