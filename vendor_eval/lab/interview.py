"""An interview at the screen: one stakeholder's judgements, and at once what they amount to."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import traitlets

from vendor_eval import wording
from vendor_eval.elicitation.elicitation import Elicitation, elicited
from vendor_eval.elicitation.judged_shares import FORMS
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.lab.explorer import Explorer
from vendor_eval.lab.native_slider import NativeSlider
from vendor_eval.report.html import say
from vendor_eval.report.judgements import about, revisit
from vendor_eval.report.sections import at_withdrawal, show
from vendor_eval.report.stakeholders import stakeholders_winners_sentence, weight_sets_figure
from vendor_eval.report.swings import swing_ends
from vendor_eval.rules.judgements import Judgement, Judgements, Stakeholder, misjudgements
from vendor_eval.tender.added_stakeholder import add_stakeholder

STYLE = """<style>.ve-ask .widget-label{display:block;text-align:left;white-space:normal;
height:auto;width:auto;max-width:none;line-height:1.3} .ve-ask select,.ve-ask input,.ve-ask textarea
{width:100%;max-width:32rem} .ve-ask :focus-visible{outline:2px solid #0b5cad}</style>"""
ROW = widgets.Layout(display="block", width="auto", height="auto", margin="0 0 .6rem")
"""The question above its control: real ranges take more than a line's beginning."""
FITTING = widgets.Layout(width="auto")
TIMES = tuple(range(1, 10))

Controls = Mapping[Any, widgets.ValueWidget]


class Interview(widgets.VBox):
    """Controls for one stakeholder's judgement of the criteria under one node at a time.

    After each move `elicitation` holds this stakeholder alongside those of the folder, and
    `weights` the shares by path that were judged. Nothing changes a file or a result, but for the
    button that saves into `judgements.yaml` of `folder`. `explorer`, where there is one, takes the
    weights when its button is clicked.
    """

    weights = traitlets.Dict()
    """Shares among siblings by path, in [0, 1], of every node that was judged."""

    def __init__(
        self,
        elicitation: Elicitation,
        folder: str | Path,
        explorer: Explorer | None = None,
    ) -> None:
        super().__init__()
        self._folder, self._explorer = Path(folder), explorer
        at_withdrawal(self.close)
        self.before, self.elicitation, self.said = elicitation, elicitation, dict[str, Judgement]()
        tree = elicitation.agreed.tree
        nodes = [(about(tree, parent), parent) for parent in _branches(elicitation.agreed)]
        forms = [(form.called, name) for name, form in FORMS.items()]
        self.name = widgets.Text("New stakeholder", description="Who judges", layout=ROW)
        self.node = widgets.Dropdown(options=nodes, description="Which criteria", layout=ROW)
        self.form = widgets.Dropdown(options=forms, description="How", layout=ROW)
        self.controls: Controls = {}
        self.questions = widgets.VBox()
        self.status = widgets.HTML()
        self.picture = widgets.Output()
        self.save = widgets.Button(description="Save to judgements.yaml", layout=FITTING)
        self.explore = widgets.Button(
            description="Try these weights in the explorer", layout=FITTING, disabled=not explorer
        )
        self.kept = widgets.HTML()
        self.save.on_click(self._save)
        self.explore.on_click(self._explore)
        asked = [widgets.HTML(STYLE), self.name, self.node, self.form, self.questions]
        buttons = widgets.HBox([self.save, self.explore] if explorer else [self.save])
        self.children = [*asked, self.status, self.picture, buttons, self.kept]
        for name in ("ve-ask", "mathjax_ignore", "tex2jax_ignore"):
            self.add_class(name)
        for control in (self.node, self.form):
            control.observe(self._ask, "value")
        self.name.observe(self._judge, "value")
        self._ask()

    def _ask(self, _: object = None) -> None:
        """Puts the controls of the chosen form in place, for the chosen criteria."""
        asked = _questions(self.before, self.node.value or "")
        self.controls = CONTROLS[self.form.value][0](asked)
        for control in self.controls.values():
            control.observe(self._judge, "value")
        self.questions.children = tuple(self.controls.values())
        self._judge()

    def _judge(self, _: object = None) -> None:
        """Takes what the controls say, and shows what follows from it or what is amiss."""
        if self.node.value is None:
            return  # one criterion is weighed against nothing
        names = list(_questions(self.before, self.node.value))
        typed = {self.form.value: CONTROLS[self.form.value][1](self.controls, names)}
        said = self.said | {self.node.value: Judgement.model_validate(typed)}
        judgements = self._judgements(said)
        criteria = self.before.agreed.rules.criteria
        amiss = [
            f"{' '.join(map(str, at[3:]))}: {message}."
            for at, message in misjudgements(judgements, criteria)
        ]
        if amiss:
            self.status.value = say(" ".join(amiss)).markup
            return
        self.said = said
        self.elicitation = elicited(self.before.agreed, judgements)
        self.weights = dict(self.elicitation.sets[-1].weights)
        self._show()

    def _save(self, _: object = None) -> None:
        """Saves this stakeholder into `judgements.yaml`, and says so or why not."""
        agreed = self.before.agreed
        mine = self._judgements(self.said).stakeholders[-1]
        try:
            add_stakeholder(self._folder, mine, to=agreed.rules)
        except VendorEvalError as error:
            self.kept.value = say(f"Not saved: {error}").markup
        else:
            self.kept.value = say(
                f"Saved as {mine.name} in judgements.yaml. Run the notebook again to see it "
                "among the others."
            ).markup

    def _explore(self, _: object = None) -> None:
        """Hands the weights to the explorer."""
        if self._explorer is not None:
            self._explorer.weights = self.weights
            self.kept.value = say("The explorer below shows these weights.").markup

    def _judgements(self, said: Mapping[str, Judgement]) -> Judgements:
        others = self.before.judgements.stakeholders if self.before.judgements else ()
        within = {parent: judged for parent, judged in said.items() if parent}
        one = Stakeholder(
            name=self.name.value.strip() or "Somebody", top=said.get(""), within=within
        )
        return Judgements(stakeholders=(*others, one))

    def _show(self) -> None:
        elicitation, node = self.elicitation, self.node.value
        answer = elicitation.sets[-1].judged[node]
        tree = elicitation.agreed.tree
        prefix = f"{node}." if node else ""
        shares = [
            f"{tree.criterion(prefix + name).label} {wording.points(share)}"
            for name, share in answer.shares.items()
        ]
        said = f"Shares in %: {', '.join(shares)}."
        if answer.form == "swing":
            said += " A swing over part of its scale counts for the whole."
        if answer.ratio is not None:
            said += f" Consistency ratio {answer.ratio:.2f}"
            said += ", above 0.1: ask again." if answer.inconsistent else "."
        if answer.revisit is not None:
            said += f" To revisit first: {revisit(tree, node, answer.revisit)}."
        self.status.value = say(said).markup
        self.picture.clear_output(wait=True)
        with self.picture:
            matters = say(stakeholders_winners_sentence(elicitation))
            show(matters, weight_sets_figure(elicitation))


def _branches(evaluation: Evaluation) -> list[str]:
    """Paths of the nodes with two criteria or more under them; "" is the top."""
    tree = evaluation.tree
    parents = [int(tree.parents[family[0]]) for family in tree.families if len(family) > 1]
    return ["" if parent < 0 else tree.paths[parent] for parent in parents]


def _questions(elicitation: Elicitation, node: str) -> dict[str, str]:
    """What each criterion under a node is called, with its real ends where it has them, by id."""
    tree = elicitation.agreed.tree
    asked = {}
    for path, criterion in zip(tree.paths, tree.criteria, strict=True):
        if path.rpartition(".")[0] == node:
            swing = elicitation.swings.get(path)
            ends = "all of it, from worst to best"
            if swing:
                ends = "from {} to {}".format(*swing_ends(elicitation.agreed, swing))
            asked[criterion.id] = f"{criterion.label} ({ends})"
    return asked


def _sliders(asked: Mapping[str, str]) -> Controls:
    return {
        name: NativeSlider(value=100, min=0, max=100, step=5, description=text)
        for name, text in asked.items()
    }


def _places(asked: Mapping[str, str]) -> Controls:
    return {
        name: widgets.BoundedIntText(n, 1, len(asked), description=text, layout=ROW)
        for n, (name, text) in enumerate(asked.items(), start=1)
    }


def _pairs(asked: Mapping[str, str]) -> Controls:
    return {
        (a, b): widgets.Dropdown(
            options=[
                *((f"the first, {times} times", times) for times in reversed(TIMES[1:])),
                ("equally", 1),
                *((f"the second, {times} times", -times) for times in TIMES[1:]),
            ],
            value=1,
            description=f"Which is worth more: {asked[a]}, or {asked[b]}?",
            layout=ROW,
        )
        for a, b in combinations(asked, 2)
    }


def _extremes(asked: Mapping[str, str]) -> Controls:
    options = [(text, name) for name, text in asked.items()]
    first, last = next(iter(asked)), list(asked)[-1]

    def times(text: str) -> widgets.Dropdown:
        return widgets.Dropdown(options=TIMES, description=text, layout=ROW)

    return {
        "best": widgets.Dropdown(
            options=options, value=first, description="Most important", layout=ROW
        ),
        "worst": widgets.Dropdown(
            options=options, value=last, description="Least important", layout=ROW
        ),
        **{
            ("best", name): times(f"The most important is how many times {text}?")
            for name, text in asked.items()
        },
        **{
            ("worst", name): times(f"How many times the least important is {text}?")
            for name, text in asked.items()
        },
    }


def _numbers(controls: Controls, names: Sequence[str]) -> dict[str, int]:
    return {name: controls[name].value for name in names}


def _triples(controls: Controls, names: Sequence[str]) -> tuple[tuple[str, int, str], ...]:
    said = {pair: controls[pair].value for pair in combinations(names, 2)}
    return tuple((a, n, b) if n > 0 else (b, -n, a) for (a, b), n in said.items())


def _best_worst(controls: Controls, names: Sequence[str]) -> dict[str, Any]:
    """What was said; the comparisons of the best with itself, and the like, are not."""
    best, worst = controls["best"].value, controls["worst"].value
    between = [name for name in names if name not in (best, worst)]
    others = [name for name in names if name != best]
    for name in names:
        controls["best", name].layout.display = "none" if name == best else None
        controls["worst", name].layout.display = None if name in between else "none"
    return {
        "best": best,
        "worst": worst,
        "best_to_others": {name: controls["best", name].value for name in others},
        "others_to_worst": {name: controls["worst", name].value for name in between},
    }


Form = tuple[Callable[[Mapping[str, str]], Controls], Callable[[Controls, Sequence[str]], Any]]
CONTROLS: Mapping[str, Form] = {
    **dict.fromkeys(("swing", "direct"), (_sliders, _numbers)),
    **dict.fromkeys(("rank_order_centroid", "rank_sum", "rank_reciprocal"), (_places, _numbers)),
    "pairwise": (_pairs, _triples),
    "best_worst": (_extremes, _best_worst),
}
"""For each form of judgement the controls that ask for it, and what a person would have entered."""
