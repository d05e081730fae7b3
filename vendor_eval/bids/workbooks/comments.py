"""The comments on a sheet's cells, by any author: old notes, and threads of newer Excels.

ECMA-376 part 1, section 18.7 (comments); [MS-XLSX] 2.6.203 and 2.6.207 (threads and persons).
"""

from collections.abc import Mapping, Sequence

from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.package import Package, Unreadable, place
from vendor_eval.bids.workbooks.texts import TextReader, decoded

THREADS = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)
MOST = 1_000
"""Comments of one sheet."""
SHOWN, NAMED = 300, 60
"""Characters of a comment, and of its author's name, that are kept."""
STAND_IN = "tc="
"""How the author of a note begins that stands in for a thread where a program knows none."""

Comments = Mapping[tuple[int, int], tuple[tuple[str, str], ...]]
"""The author and text of each comment, by row and column."""


class Gathered:
    """The comments of one sheet as they are met, by row and column."""

    def __init__(self) -> None:
        self.notes: dict[tuple[int, int], list[tuple[str, str]]] = {}
        self.threads: dict[tuple[int, int], list[tuple[str, str]]] = {}
        self._left = MOST

    def note(self, ref: str, author: str, text: str) -> None:
        """Takes a note on a cell."""
        self._count()
        self.notes.setdefault(place(ref), []).append((author, text))

    def thread(self, ref: str, author: str, text: str) -> None:
        """Takes what somebody wrote in a thread on a cell."""
        self._count()
        self.threads.setdefault(place(ref), []).append((author, text))

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            most = f"{MOST:,}"
            raise Unreadable(f"found more than {most} comments on a sheet; allowed: {most} at most")


def persons(package: Package, part: str | None) -> Mapping[str, str]:
    """The names of those who wrote in threads, by their ids."""
    names: dict[str, str] = {}
    if part is not None and part in package.names:
        for event, path, element in package.elements(part, THREADS):
            if event == "start" and path == "personList/person":
                names[element.get("id", "")] = element.get("displayName", "")
    return names


def comments_on(package: Package, sheet: str, people: Mapping[str, str]) -> Comments:
    """The comments on a sheet, a thread's replies after it; blank ones are left out.

    A note that repeats a thread is left out too. Raises Unreadable where there are too many.
    """
    met = Gathered()
    for kind, part in package.relations(sheet).values():
        if part in package.names and kind == "comments":
            _notes(package, part, met)
        elif part in package.names and kind == "threadedComment":
            _threads(package, part, people, met)
    every = {at: list(entries) for at, entries in met.threads.items()}
    for at, written in met.notes.items():
        others = [text for _, text in met.threads.get(at, ())]
        for author, text in written:
            stands_in = author.startswith(STAND_IN)
            if not (others and stands_in and _repeats(text, others)):
                every.setdefault(at, []).append(("" if stands_in else author, text))
    shown = {at: _shown(entries) for at, entries in sorted(every.items())}
    return {at: entries for at, entries in shown.items() if entries}


def _notes(package: Package, part: str, met: Gathered) -> None:
    authors: list[str] = []
    reader = TextReader()
    for event, path, element in package.elements(part):
        if path == "comments/authors/author" and event == "end":
            authors.append(element.text or "")
        elif path == "comments/commentList/comment" and event == "start":
            reader = TextReader()
        elif path == "comments/commentList/comment":
            number = element.get("authorId", "")
            known = number.isdecimal() and len(number) < 7 and int(number) < len(authors)
            author = authors[int(number)] if known else ""
            # Excel begins a note with its author's name
            text = reader.text.text.removeprefix(f"{author}:" if author else "")
            met.note(element.get("ref", ""), author, text)
        elif path.startswith("comments/commentList/comment/text/"):
            inside = path.removeprefix("comments/commentList/comment/text/")
            reader.met(event, inside, element)


def _threads(package: Package, part: str, people: Mapping[str, str], met: Gathered) -> None:
    text = ""
    for event, path, element in package.elements(part, THREADS):
        if event == "start" and path == "ThreadedComments/threadedComment":
            text = ""
        elif event == "end" and path == "ThreadedComments/threadedComment/text":
            text = decoded([element.text or ""])
        elif event == "end" and path == "ThreadedComments/threadedComment":
            author = people.get(element.get("personId", ""), "")
            met.thread(element.get("ref", ""), author, text)


def _shown(entries: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Comments on one line each, without those that are blank."""
    lines = ((_line(author, NAMED), _line(text, SHOWN)) for author, text in entries)
    return tuple((author, text) for author, text in lines if text)


def _line(text: str, longest: int) -> str:
    return cut(" ".join(text.split()), longest)


def _repeats(text: str, others: Sequence[str]) -> bool:
    """Whether a text holds others, one after another, spaces aside."""
    bare, at = "".join(text.split()), 0
    for other in ("".join(each.split()) for each in others):
        at = bare.find(other, at)
        if at < 0:
            return False
        at += len(other)
    return True
