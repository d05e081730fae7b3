"""An evaluation as it was read: what was typed, whether it is sealed, and which files held it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from vendor_eval.judgements import Judgements
from vendor_eval.proposal import Proposals
from vendor_eval.response import Response
from vendor_eval.rules import Rules, fingerprint
from vendor_eval.seal import Seal


@dataclass(frozen=True)
class SourceFile:
    """A file that was read: its name in the folder, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The sha256 of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, eq=False)
class Case:
    """The rules and proposals, the files they were read from, and a seal and judgements, if any."""

    rules: Rules
    proposals: Proposals
    seal: Seal | None
    files: tuple[SourceFile, ...]
    responses: tuple[Response, ...] = ()
    """What was read from response workbooks, where there are any."""
    judgements: Judgements | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the results should know that is not a fault."""
        unread, told = self.proposals.unread, []
        if unread:
            columns = ", ".join(map(repr, unread))
            told = [f"{self.proposals.source}: no rule reads the columns {columns}"]
        return (*told, *self._prints())

    def _prints(self) -> Iterator[str]:
        """Workbooks that may answer other questions than those of the rules."""
        for response in self.responses:
            if response.fingerprint is None:
                yield f"{response.source} carries no fingerprint of the rules it was made for."
            elif response.fingerprint != fingerprint(self.rules):
                yield f"{response.source} was made for other rules than these."

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the workbooks was not asked for, was hidden, or was not read."""
        return tuple(note for response in self.responses for note in response.notes)

    @property
    def read_as(self) -> tuple[str, ...]:
        """Every cell of a workbook that was not read letter for letter: its place, and how."""
        cells = (cell for response in self.responses for cell in response.cells)
        return tuple(f"{cell.place}: {cell.note}" for cell in cells if cell.note)
