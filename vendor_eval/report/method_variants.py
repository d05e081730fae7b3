"""Section: methods under other normalisations, and the tests of rank reversal."""

from vendor_eval import wording
from vendor_eval.analysis.second_opinions import Panel, method_panel
from vendor_eval.award.result import Result
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE


def panel_sentence(panel: Panel) -> str:
    """Under how many combinations the recommended vendor is first, and which tests break."""
    admitted = [v for v in panel.variants if v.ranks is not None]
    if not admitted or panel.first_share is None:
        return "The rules ask for no method that can run on these answers."
    number = round(panel.first_share * len(admitted))
    broken = [
        f"{wording.method_name(t.method)} ({t.test})" for t in panel.tests if t.holds is False
    ]
    part = wording.part_of(number, len(admitted), "combination")
    sentence = f"The recommended vendor is first in {part} of method and normalisation."
    return sentence + (f" Rank reversal: {wording.listed(broken, at_most=9)}." if broken else "")


def variants_table(panel: Panel) -> Html:
    """Who is first under each method, cost transformation and normalisation."""
    rows = [
        [
            " / ".join(filter(None, [wording.method_name(v.method), v.transformer, v.scaler])),
            wording.listed(v.first, at_most=3) or NONE,
            v.error or "",
        ]
        for v in panel.variants
    ]
    head = ["Method / costs turned by / normalised by", "First", "Why not"]
    caption = "Every combination the methods admit"
    return table(caption, head, rows, prose=True) if rows else Html("")


def reversal_tests_table(panel: Panel) -> Html:
    """Whether each method keeps its first place when nothing that matters changes."""
    words = {True: "holds", False: "breaks", None: "cannot be made"}
    rows = [
        [f"{wording.method_name(t.method)}: {t.test}", words[t.holds], t.detail]
        for t in panel.tests
    ]
    alarms = [n for n, t in enumerate(panel.tests) if t.holds is False]
    head = ["Method and test", "Outcome", "Detail"]
    caption = "Tests of rank reversal"
    return table(caption, head, rows, prose=True, alarms=alarms) if rows else Html("")


def section(result: Result, *, seed: int) -> Section:
    """The methods under every normalisation they admit, and the tests of rank reversal."""
    vendor = result.recommendation.vendor
    panel = method_panel(result.evaluation, vendor=vendor, seed=seed)
    return shown(say(panel_sentence(panel)), variants_table(panel), reversal_tests_table(panel))
