"""The page of a stress test: each warning with what to change and bids that show it."""

from importlib.resources import files

from vendor_eval import wording
from vendor_eval.analysis.stress.trial import StressTest
from vendor_eval.report.html import rendered, stylesheet


def stress_page(tested: StressTest) -> bytes:
    """One HTML page without scripts, complete in itself; everything entered is escaped."""
    count = len(tested.warnings)
    page = rendered(
        "stress",
        title=tested.rules.title,
        summary=wording.counted(count, "warning") if count else "No warning",
        style=(files("vendor_eval.report") / "page" / "style.css").read_text("utf-8")
        + stylesheet(),
        warnings=[(warning, tested.table(warning.example)) for warning in tested.warnings],
        pasteable=tested.pasteable,
        figures=tested.figures,
        not_made=tested.not_made,
    )
    return page.markup.encode()
