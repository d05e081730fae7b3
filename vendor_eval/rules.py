"""The rules of an evaluation, as typed in `evaluation.yaml`, and their fingerprint."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from vendor_eval.criteria import Criterion, Id, Text, Weight, walk
from vendor_eval.errors import nearest, quoted
from vendor_eval.values import VALUE_FUNCTIONS, Typed

Location = tuple[str | int, ...]
"""Where in the rules: the keys and positions that lead to a place."""


class Condition(Typed):
    """What a gate asks: exactly one of its five forms."""

    equals: str | float | None = None
    one_of: Annotated[tuple[str | float, ...] | None, Field(min_length=1)] = None
    at_least: float | None = None
    at_most: float | None = None
    not_before: date | Literal["as_of", "start"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        found = sorted(self.model_fields_set)
        if len(found) != 1 or getattr(self, found[0]) is None:
            forms = quoted(type(self).model_fields)
            raise ValueError(
                f"found {', '.join(found) or 'nothing'}; allowed: exactly one of {forms}"
            )
        return self

    @property
    def form(self) -> str:
        """The name of the one form that is set."""
        [name] = self.model_fields_set
        return name


class Gate(Typed):
    """A condition every vendor must meet: on an answer, or on the value of a criterion."""

    id: Id
    label: Text
    rule: Condition
    answer: Text | None = None
    criterion: Text | None = None

    @model_validator(mode="after")
    def _reads_one_thing(self) -> Self:
        if (self.answer is None) == (self.criterion is None):
            found = "both" if self.answer else "neither"
            raise ValueError(f"found {found}; allowed: either an 'answer' or a 'criterion'")
        if self.criterion and self.rule.form not in ("at_least", "at_most"):
            raise ValueError(
                f"found {self.rule.form!r} on a criterion; "
                "allowed: 'at_least' or 'at_most', in points"
            )
        return self


class Scenario(Typed):
    """A named set of weights, by dotted path; naming one child of a node names all of them."""

    weights: Annotated[dict[str, Weight], Field(min_length=1)]


class Rules(Typed):
    """Everything the buyer fixes before the proposals are opened (DESIGN: the rules are data)."""

    title: Text
    decision: Annotated[str, Field(min_length=1, max_length=100)]
    currency: Annotated[str, Field(pattern=r"\A[A-Z]{3}\z")]
    price: Text
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    notice: Text | None = None
    source: Text | None = None
    as_of: date | None = None
    start: date | None = None
    vendor_column: Text = "vendor"
    gates: tuple[Gate, ...] = ()
    scenarios: dict[Id, Scenario] = Field(default_factory=dict)
    methods: tuple[Text, ...] = ()
    tie_break: tuple[Text, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer the rules read, once each, criteria first."""
        leaves = [c.answer for _, _, c in walk(self.criteria) if c.answer]
        return tuple(dict.fromkeys([*leaves, *(g.answer for g in self.gates if g.answer)]))

    @property
    def price_path(self) -> str:
        """The path of the one criterion that reads the price."""
        [path] = [p for p, _, c in walk(self.criteria) if c.answer == self.price]
        return path


def _canonical(typed: Any) -> bytes:
    return json.dumps(typed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _sha256(typed: Any) -> str:
    return "sha256:" + hashlib.sha256(_canonical(typed)).hexdigest()


def fingerprint(rules: Rules) -> str:
    """The sha256 of the rules as canonical JSON without `scenarios`: what a seal holds."""
    return _sha256(rules.model_dump(mode="json", exclude={"scenarios"}, exclude_defaults=True))


def scenario_fingerprints(rules: Rules) -> dict[str, str]:
    """The sha256 of each scenario by name."""
    return {n: _sha256(s.model_dump(mode="json")) for n, s in sorted(rules.scenarios.items())}


def inconsistencies(rules: Rules) -> Iterator[tuple[Location, str]]:
    """What no single part of the rules shows: where, and what is wrong there."""
    yield from _sibling_faults(rules.criteria, ("criteria",))
    yield from _repeats([gate.id for gate in rules.gates], ("gates",), "id")
    yield from _repeats(rules.methods, ("methods",), None)
    yield from _repeats(rules.tie_break, ("tie_break",), None)
    nodes = {path: criterion for path, _, criterion in walk(rules.criteria)}
    for n, gate in enumerate(rules.gates):
        yield from _gate_faults(gate, ("gates", n), rules, nodes)
    for n, path in enumerate(rules.tie_break):
        if path not in nodes:
            yield ("tie_break", n), f"unknown criterion {path!r}{nearest(path, nodes)}"
    for name, scenario in rules.scenarios.items():
        yield from _scenario_faults(scenario, ("scenarios", name), rules)
    if rules.vendor_column in rules.answers:
        yield (
            ("vendor_column",),
            f"{rules.vendor_column!r} is also read as an answer; allowed: a column of its own",
        )
    readers = [(path, c) for path, c in nodes.items() if c.answer == rules.price]
    if len(readers) != 1:
        found = quoted(path for path, _ in readers)
        answers = [c.answer for c in nodes.values() if c.answer]
        hint = nearest(rules.price, answers) if not readers else ""
        yield (
            ("price",),
            (
                f"{rules.price!r} is read by {found}; "
                f"allowed: exactly one criterion reads the price{hint}"
            ),
        )
    elif readers[0][1].value is not None and not readers[0][1].value.numeric:
        yield (
            ("price",),
            f"{rules.price!r} is read as a level; allowed: a number in {rules.currency}",
        )


def _sibling_faults(
    criteria: tuple[Criterion, ...], at: Location
) -> Iterator[tuple[Location, str]]:
    yield from _repeats([criterion.id for criterion in criteria], at, "id")
    if not any(criterion.weight for criterion in criteria):
        yield at, "every weight here is 0; allowed: at least one above 0"
    for n, criterion in enumerate(criteria):
        if criterion.criteria:
            yield from _sibling_faults(criterion.criteria, (*at, n, "criteria"))


def _repeats(
    names: list[str] | tuple[str, ...], at: Location, key: str | None
) -> Iterator[tuple[Location, str]]:
    for n, name in enumerate(names):
        if name in names[:n]:
            yield (*at, n, *([key] if key else [])), f"{name!r} stands here twice; allowed: once"


def _gate_faults(
    gate: Gate, at: Location, rules: Rules, nodes: dict[str, Criterion]
) -> Iterator[tuple[Location, str]]:
    named = gate.rule.not_before
    if isinstance(named, str) and getattr(rules, named) is None:
        yield (
            (*at, "rule", "not_before"),
            (
                f"needs {named!r}, which the rules do not give; allowed: a date, "
                f"or {named!r} once it is given"
            ),
        )
    if gate.criterion is None:
        return
    if gate.criterion not in nodes:
        yield (
            (*at, "criterion"),
            f"unknown criterion {gate.criterion!r}{nearest(gate.criterion, nodes)}",
        )
        return
    inside = (gate.criterion, gate.criterion + ".")
    for path, criterion in nodes.items():
        beneath = path == inside[0] or path.startswith(inside[1])
        if beneath and criterion.value is not None and criterion.value.relative:
            yield (
                (*at, "criterion"),
                (
                    f"{gate.criterion!r} holds {path!r}, whose value depends on the other bids; "
                    "allowed: a criterion without a relative value function"
                ),
            )


def _scenario_faults(
    scenario: Scenario, at: Location, rules: Rules
) -> Iterator[tuple[Location, str]]:
    families: dict[str, list[str]] = {}
    parent_of = {path: parent for path, parent, _ in walk(rules.criteria)}
    for path, parent in parent_of.items():
        families.setdefault(parent, []).append(path)
    for path in scenario.weights:
        if path not in parent_of:
            yield (*at, "weights", path), f"unknown criterion {path!r}{nearest(path, parent_of)}"
    for parent, children in families.items():
        named = [path for path in children if path in scenario.weights]
        lacking = [path for path in children if path not in scenario.weights]
        place = f"of {parent!r}" if parent else "at the top"
        if named and lacking:
            yield (
                (*at, "weights"),
                (
                    f"names {quoted(named)} but not {quoted(lacking)}; "
                    f"allowed: all the criteria {place}"
                ),
            )
        elif named and not any(scenario.weights[path] for path in named):
            yield (*at, "weights"), f"every weight {place} is 0; allowed: at least one above 0"


def typing_faults(error: ValidationError) -> Iterator[tuple[Location, str]]:
    """Where each part of the rules has the wrong form, and what is allowed there."""
    for detail in error.errors(include_url=False):
        at: Location = detail["loc"]
        found = detail["input"]
        if detail["type"] == "missing":
            yield at[:-1], f"{at[-1]!r} is missing"
        elif detail["type"] == "extra_forbidden":
            known = _fields_at(at[:-1])
            hint = nearest(str(at[-1]), known)
            yield at, f"unknown key {str(at[-1])!r}{hint}; allowed: {quoted(known)}"
        elif detail["type"] == "value_error":
            yield at, detail["msg"].removeprefix("Value error, ")
        else:
            yield at, f"found {_shown(found)}; {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _shown(found: Any) -> str:
    text = repr(found)
    return text if len(text) <= 80 else text[:77] + "..."


def _fields_at(at: Location) -> tuple[str, ...]:
    """The keys allowed at a place in the rules."""
    model: type[Typed] = Rules
    inside: dict[str, type[Typed]] = {
        "criteria": Criterion,
        "gates": Gate,
        "rule": Condition,
        "scenarios": Scenario,
        **{name: VALUE_FUNCTIONS[name] for name in VALUE_FUNCTIONS},
    }
    for key in at:
        model = inside.get(str(key), model)
    return tuple(model.model_fields)
