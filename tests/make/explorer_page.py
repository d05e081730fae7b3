"""The explorer on a page, moved as a person moves it and read as a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator

from vendor_eval import wording
from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.what_if import WhatIf, what_if_result
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.tender.tender import Tender

Ranking = list[tuple[str, str]]
"""Vendors with their scores as shown, best first."""
READ_OUT = """root => {
  const text = (name) => root.querySelector(`.vx-${name}`).textContent;
  const [badge, short, aloud] = ["badge", "short", "aloud"].map(text);
  const digits = (text) => text.replace(/\\D/g, "");
  return aloud.startsWith(badge) && digits(aloud.slice(badge.length)) === digits(short);
}"""
"""Whether what is read out is what the bar shows."""


@dataclass(frozen=True)
class Explorer:
    """An explorer that is shown, in JupyterLab or in a report."""

    root: Locator

    def weight(self, label: str) -> Locator:
        """The slider of a criterion, unfolded where it is folded away."""
        slider = self.root.get_by_label(f"Weight of {label}", exact=True)
        self.painted()
        branch = label_of_branch(self.root, slider)
        if branch:
            self.root.get_by_role("button", name=f"within {branch}", exact=True).click()
        return slider

    def unfolded(self) -> "Explorer":
        """The same, with every control in sight."""
        self.root.locator(".vx-fold").evaluate_all("all => all.forEach((one) => (one.open = true))")
        return self

    def label(self) -> str:
        """What is said of what is shown: the rules, or explored."""
        self.painted()
        return self.root.locator(".vx-badge").inner_text()

    def ranking(self) -> Ranking:
        """The ranking as it stands."""
        self.painted()
        rows = self.root.locator(".vx-ranking li").all()
        name = "row => row.querySelector('.vx-name').firstChild.textContent"
        return [(row.evaluate(name), row.locator(".vx-score").inner_text()) for row in rows]

    def painted(self) -> None:
        """Waits for the second frame after the last move."""
        frames = (
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        self.root.evaluate(frames)

    def settled(self) -> None:
        """Waits until the last moves are a step, which is when the ranking is read out."""
        self.root.page.wait_for_function(READ_OUT, arg=self.root.element_handle())

    def reset(self) -> None:
        """Goes back to the rules."""
        back = self.root.get_by_role("button", name="Back to the rules")
        if back.is_enabled():
            back.click()
        self.painted()
        self.settled()

    def saved(self, name: str) -> str:
        """What is answered when a scenario is to be saved under a name."""
        told = self.root.locator(".vx-fold p[role=status]")
        told.evaluate("told => (told.textContent = '')")
        self.unfolded().root.get_by_label("Name of the scenario").fill(name)
        self.root.get_by_role("button", name="Save").click()
        told.filter(has_text=".").wait_for()
        return told.inner_text()

    def try_every_control(self, case: Tender) -> None:
        """Moves each control and asserts that the ranking is what the package counts."""
        ruled = evaluate(case.rules, case.proposals)
        as_ruled = self.unfolded().label()
        assert as_ruled.startswith("The ")
        assert self.ranking() == shown(ruled)

        self.weight("Data security").fill("40")
        self.agrees(ruled, moved(ruled, security=0.4))
        self.weight("English of every agent, at least").fill("70")
        weights = moved(ruled, security=0.4) | moved(ruled, **{"language.english": 0.7})
        self.agrees(ruled, weights)
        self.reset()
        assert self.label() == as_ruled

        self.root.get_by_label("Hold the weight of Cost structure").check()
        self.weight("Expertise").fill("50")
        self.agrees(ruled, moved(ruled, held=("cost",), expertise=0.5))
        assert self.weight("Cost structure").is_disabled()
        self.reset()

        self.root.get_by_label("Start from").select_option("experts_first")
        assert self.ranking() == shown(
            evaluate(case.rules, case.proposals, scenario="experts_first")
        )
        assert self.label() == "Explored: experts first"
        self.reset()

        self.root.get_by_label("The price is valued").select_option("lowest_over_this")
        self.agrees(ruled, price_formula="lowest_over_this")
        self.root.get_by_label("Aurora Service", exact=True).uncheck()
        self.agrees(ruled, price_formula="lowest_over_this", without=("Aurora Service",))
        self.root.get_by_label("SOC 2 Type II report at all sites").uncheck()
        options = {"without": ("Aurora Service",), "ungated": ("soc2",)}
        self.agrees(ruled, price_formula="lowest_over_this", **options)
        self.reset()

        within = self.root.get_by_text("Weights in 9 of 10 re-runs")
        before = within.inner_text()
        self.root.get_by_label("How far weights may be off").select_option("wide")
        self.painted()
        assert within.inner_text() != before
        assert self.label() == as_ruled  # how far weights may be off is no rule of the explorer's
        self.reset()
        assert self.ranking() == shown(ruled)

    def agrees(
        self, ruled: Evaluation, weights: Mapping[str, float] | None = None, **options: object
    ) -> None:
        """Asserts that what is shown is what the package counts, and is called explored."""
        wanted = what_if_result(ruled, WhatIf(weights or {}, **options))
        assert self.ranking() == shown(wanted)
        assert self.label() == "Explored"


def label_of_branch(root: Locator, slider: Locator) -> str | None:
    """The name of the branch that a slider is folded away in, if it is."""
    hidden = slider.locator("xpath=ancestor::div[contains(@class, 'vx-within')][@hidden]")
    if not hidden.count():
        return None
    row = hidden.first.locator("xpath=preceding-sibling::div[contains(@class, 'vx-row')]")
    return row.locator("input[type=range]").get_attribute("aria-label").removeprefix("Weight of ")


def shown(evaluation: Evaluation) -> Ranking:
    """The ranking of an evaluation as it is shown."""
    return [(v, wording.points(evaluation.scores[v])) for v in evaluation.ranking]


def moved(ruled: Evaluation, *, held: tuple[str, ...] = (), **to: float) -> dict[str, float]:
    """Shares of a family once one has moved: the held stay, the others keep their proportions."""
    [(path, share)] = to.items()
    tree = ruled.tree
    parent = tree.parents[tree.at(path)]
    family = {p: tree.shares[tree.at(p)] for p in tree.paths if tree.parents[tree.at(p)] == parent}
    rest = {p: s for p, s in family.items() if p != path and p not in held}
    left = 1 - share - sum(family[p] for p in held)
    scaled = {p: left * s / sum(rest.values()) for p, s in rest.items()}
    return {p: float(s) for p, s in (family | {path: share} | scaled).items()}


def rerun_share(case: Tender, to: Mapping[str, float]) -> str:
    """In how many of 100 re-runs the leader stays ahead, once one weight has moved."""
    ruled = evaluate(case.rules, case.proposals)
    standing = what_if_result(ruled, WhatIf(moved(ruled, **to)))
    model = case.rules.robustness
    near = near_weights(
        standing, concentration=model.concentration, judgement_error=model.judgement_error
    )
    return wording.of_100(float(near.ahead.min()))
