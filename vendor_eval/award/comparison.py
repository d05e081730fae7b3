"""What differs between two results: rules, bids, gates, scores, ranks, what is recommended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vendor_eval.award.changes import (
    AnswerChange,
    Cause,
    VendorChange,
    causes_of,
    changed_files,
    changed_sections,
)
from vendor_eval.award.score_changes import Record, attribution, leaves_of
from vendor_eval.errors import VendorEvalError, quoted

SCHEMA = "vendor-eval-comparison/1"
KINDS = ("recommendation", "verdict", "runner-up", "gate status", "ranking", "score", "price")
"""What may change, the weightiest first."""
HIGHEST_SCORE = "highest_score"
"""The award rule of results that name none."""
TOLERANCE = 1e-9
"""Points, and relative differences of answers, that count as no change."""
ALIKE = 0.5
"""Share of equal answers from which a vendor that is gone and one that is new may be the same."""


@dataclass(frozen=True)
class RunComparison:
    """Two results next to each other; what did not change is not in it, but for the vendors."""

    kinds: tuple[str, ...]
    """Which of `KINDS` changed, the weightiest first; empty where nothing did."""
    causes: tuple[Cause, ...]
    sections: tuple[str, ...]
    """The parts of the rules that differ."""
    files: tuple[str, ...]
    """The files of the folder whose content differs, where both manifests are known."""
    recommendation: Mapping[str, tuple[Any, Any]]
    """Vendor, runner-up, margin and verdict, old and new."""
    award_rules: tuple[str, str]
    """What the rules award by, such as "price_per_point", old and new."""
    answers: tuple[AnswerChange, ...]
    vendors: tuple[VendorChange, ...]
    """By name, those of the new result first."""

    @property
    def winner_changed(self) -> bool:
        """Whether another vendor is recommended."""
        return "recommendation" in self.kinds

    def vendor(self, name: str) -> VendorChange | None:
        """One vendor in both, by its name in the new result, or in the old where it is gone."""
        return next((each for each in self.vendors if each.vendor == name), None)

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values; `sentence` comes from `comparison_words`."""
        return {
            "schema": SCHEMA,
            "changed": bool(self.kinds),
            "kind": self.kinds[0] if self.kinds else None,
            "kinds": list(self.kinds),
            "winner_changed": self.winner_changed,
            "causes": [{"cause": cause.kind, "says": cause.says} for cause in self.causes],
            "rules": list(self.sections),
            "files": list(self.files),
            "recommendation": {k: _pair(v) for k, v in self.recommendation.items()},
            "answers": [
                {
                    "vendor": change.vendor,
                    "what": change.what,
                    **_pair((change.old, change.new)),
                    "from": list(change.cells),
                }
                for change in self.answers
            ],
            "vendors": {
                each.vendor: {
                    "status": _pair(each.status),
                    "rank": _pair(each.rank),
                    "score": _pair(each.score),
                    "price": _pair(each.price),
                    **_if_known("price_per_point", each.price_per_point),
                    "gates": {gate: _pair(states) for gate, states in each.gates.items()},
                    "attribution": each.attribution and each.attribution.as_json(),
                }
                for each in self.vendors
            },
        }


def compared(
    old: Record,
    new: Record,
    *,
    renamed: Mapping[str, str] | None = None,
    tolerance: float = TOLERANCE,
    manifests: tuple[Record, Record] | None = None,
) -> RunComparison:
    """What differs between two `results.json`, read as plain values.

    `renamed` gives vendors' new names by their old ones. `manifests` of the two runs add which
    files and versions differ. Raises VendorEvalError where the results have different forms, where
    a vendor that is gone and one that is new look like one, or for an unknown name.
    """
    if old["schema"] != new["schema"]:
        raise VendorEvalError(
            f"found results of the forms {old['schema']!r} and {new['schema']!r}; allowed: two of "
            "one form, so run the older evaluation again"
        )
    if None in (old["recommendation"], new["recommendation"]):
        raise VendorEvalError("found results of the first envelope alone; allowed: of both")
    before = _names_before(old, new, renamed or {})
    _refuse_others(old, new, before)
    tolerated = _Tolerance(tolerance)
    vendors = tuple(_vendor(old, new, name, was) for name, was in before.items())
    answers = tuple(_answers(old, new, before, tolerated))
    names_now = {was: now for now, was in before.items() if was}
    ours = _recommended(old, names_now)
    theirs = _recommended(new, {})
    recommendation = {key: (ours.get(key), theirs.get(key)) for key in ours | theirs}
    ranking = [names_now.get(vendor, vendor) for vendor in old["ranking"]]
    kinds = tuple(_kinds(recommendation, vendors, (ranking, new["ranking"]), tolerated))
    sections, files = changed_sections(old, new), changed_files(manifests)
    causes = tuple(causes_of(old, new, manifests, sections, files, answers, vendors))
    if kinds and not causes:
        alarm = "rules, inputs, parameters and versions are the same: this is a defect of the tool"
        causes = (Cause("none", alarm),)
    awarded_by = _award_rule(old), _award_rule(new)
    return RunComparison(
        kinds, causes, sections, files, recommendation, awarded_by, answers, vendors
    )


@dataclass(frozen=True)
class _Tolerance:
    points: float

    def same(self, one: Any, other: Any) -> bool:
        """Whether two values are the same, numbers within the tolerance."""
        if isinstance(one, int | float) and isinstance(other, int | float):
            return abs(one - other) <= self.points * max(1.0, abs(one), abs(other))
        return bool(one == other)


def _names_before(old: Record, new: Record, renamed: Mapping[str, str]) -> dict[str, str | None]:
    """By each vendor's name now, what it was called in the old result; None where it is new.

    A vendor that is gone stands under its old name.
    """
    for was, now in renamed.items():
        if was not in old["vendors"] or now not in new["vendors"]:
            lacking = was if was not in old["vendors"] else now
            allowed = quoted((old if lacking == was else new)["vendors"])
            raise VendorEvalError(f"--rename: found {lacking!r}; allowed: {allowed}")
    before = {now: was for was, now in renamed.items()}
    names: dict[str, str | None] = {
        v: before.get(v, v if v in old["vendors"] else None) for v in sorted(new["vendors"])
    }
    taken = set(names.values())
    gone = [was for was in sorted(old["vendors"]) if was not in taken]
    fresh = [now for now, was in names.items() if was is None]
    for was in gone:
        for now in fresh:
            if _alike(old["vendors"][was], new["vendors"][now]):
                raise VendorEvalError(
                    f"found {was!r} in the old results alone and {now!r} in the new, with the same "
                    f"answers; allowed: --rename '{was}={now}' where they are one vendor"
                )
    return names | {was: was for was in gone}


def _refuse_others(old: Record, new: Record, before: Mapping[str, str | None]) -> None:
    """Raises VendorEvalError for two evaluations: of two titles, with no vendor or leaf in both."""
    titles = old.get("title"), new.get("title")
    shared = [(old["vendors"][was], new["vendors"].get(now)) for now, was in before.items() if was]
    both = [(leaves_of(one), leaves_of(other)) for one, other in shared if other is not None]
    if titles[0] != titles[1] and not any(set(one) & set(other) for one, other in both):
        raise VendorEvalError(
            f"found results of {titles[0]!r} and of {titles[1]!r}, with no vendor and criterion "
            "in both; allowed: two runs of one evaluation"
        )


def _alike(one: Record, other: Record) -> bool:
    before, after = leaves_of(one), leaves_of(other)
    both = [path for path in before if path in after and before[path]["performance"] is not None]
    equal = sum(before[path]["performance"] == after[path]["performance"] for path in both)
    return bool(both) and equal >= ALIKE * len(both)


def _vendor(old: Record, new: Record, name: str, was: str | None) -> VendorChange:
    before = old["vendors"].get(was) if was else None
    after = new["vendors"].get(name)
    sides = [side or {} for side in (before, after)]

    def both(key: str) -> tuple[Any, Any]:
        return sides[0].get(key), sides[1].get(key)

    states = [{i: gate["state"] for i, gate in side.get("gates", {}).items()} for side in sides]
    gates = {
        gate: (states[0].get(gate), states[1].get(gate))
        for gate in dict.fromkeys([*states[0], *states[1]])
        if before and after and states[0].get(gate) != states[1].get(gate)
    }
    moved = attribution(old, new, was, name) if was and before and after else None
    divided = both("price_per_point")
    return VendorChange(
        name, both("status"), both("rank"), both("score"), both("price"), divided, gates, moved
    )


def _answers(
    old: Record, new: Record, before: Mapping[str, str | None], tolerated: _Tolerance
) -> Iterator[AnswerChange]:
    for name, was in before.items():
        if was is None or name not in new["vendors"]:
            continue
        one, other = old["vendors"][was], new["vendors"][name]
        yield from _price_alone(old, new, was, name, tolerated)
        for prefix, key, sides in (
            ("", "performance", (leaves_of(one), leaves_of(other))),
            ("gates.", "found", (one["gates"], other["gates"])),
        ):
            for what in dict.fromkeys([*sides[0], *sides[1]]):
                then, now = (side.get(what) for side in sides)
                if then is None or now is None:
                    continue  # it is asked on one side only, which the rules say
                if not tolerated.same(then[key], now[key]):
                    places = tuple(now.get("from") or then.get("from") or ())
                    pair = then[key], now[key]
                    priced = not prefix and pair == (one.get("price"), other.get("price"))
                    yield AnswerChange(name, prefix + what, *pair, places, priced)


def _price_alone(
    old: Record, new: Record, was: str, now: str, tolerated: _Tolerance
) -> Iterator[AnswerChange]:
    """The price that another bid asks, where no criterion reads it and the rules are the same."""
    before, after = (s["vendors"][name].get("price") for s, name in ((old, was), (new, now)))
    same_rules = old["rules_fingerprint"] == new["rules_fingerprint"]
    read = _award_rule(new) == HIGHEST_SCORE
    if same_rules and not read and not tolerated.same(before, after):
        yield AnswerChange(now, "price", before, after, (), is_price=True)


def _award_rule(results: Record) -> str:
    return str(results.get("award_rule", HIGHEST_SCORE))


def _recommended(results: Record, now: Mapping[str, str]) -> dict[str, Any]:
    """What is recommended, vendors by their names in the new result."""
    award = results["recommendation"]
    named = {key: now.get(award[key], award[key]) for key in ("vendor", "runner_up")}
    return named | {k: award.get(k) for k in ("margin", "price_margin", "verdict") if k in award}


def _kinds(
    recommendation: Mapping[str, tuple[Any, Any]],
    vendors: Sequence[VendorChange],
    rankings: tuple[Sequence[str], Sequence[str]],
    tolerated: _Tolerance,
) -> Iterator[str]:
    changed = {
        "recommendation": _differ(recommendation["vendor"]),
        "verdict": _differ(recommendation["verdict"]),
        "runner-up": _differ(recommendation["runner_up"]),
        "gate status": any(_differ(v.status) or v.gates for v in vendors),
        "ranking": list(rankings[0]) != list(rankings[1]) or any(_differ(v.rank) for v in vendors),
        "score": any(not tolerated.same(*v.score) for v in vendors),
        "price": any(not tolerated.same(*v.price) for v in vendors),
    }
    return (kind for kind in KINDS if changed[kind])


def _differ(pair: tuple[Any, Any]) -> bool:
    return bool(pair[0] != pair[1])


def _if_known(key: str, pair: tuple[Any, Any]) -> dict[str, Any]:
    return {} if pair == (None, None) else {key: _pair(pair)}


def _pair(pair: tuple[Any, Any]) -> dict[str, Any]:
    return {"old": pair[0], "new": pair[1]}
