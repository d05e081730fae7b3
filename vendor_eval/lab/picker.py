"""A box to choose the evaluation from that a notebook is about."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from vendor_eval.lab.recent import remember
from vendor_eval.report.html import say


class FolderPicker(widgets.VBox):
    """The evaluations that there are, the last one opened first, which is the one that is read.

    Another one is read once it is chosen and all cells are run again.
    """

    def __init__(self, folders: Sequence[Path], place: Path) -> None:
        options = [(_shown(folder, place), folder) for folder in folders]
        self.choice = widgets.Dropdown(options=options, description="Evaluation")
        self.choice.layout = widgets.Layout(width="auto", max_width="40rem")
        self.status = widgets.HTML(say("Choose another, then run all cells.").markup)
        super().__init__([self.choice, self.status])
        self.add_class("mathjax_ignore")
        self.choice.observe(self._chosen, "value")

    def _chosen(self, change: dict[str, Any]) -> None:
        remember(change["new"])
        self.status.value = say("Run all cells to read it: Run, Run All Cells.").markup


def _shown(folder: Path, place: Path) -> str:
    path = folder.resolve()
    return path.relative_to(place.resolve()).as_posix() if path != place.resolve() else path.name
