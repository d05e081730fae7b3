"""What changed between two results, piece by piece, and what it may come from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vendor_eval.award.score_changes import Attribution, Record
from vendor_eval.panel.log import LOG
from vendor_eval.wording import agreeing, listed


@dataclass(frozen=True)
class AnswerChange:
    """An answer of one vendor, or what a gate found, that is not the same in both results."""

    vendor: str
    what: str
    """The path of a criterion, `gates.` and a gate's id, or `price` where no criterion reads it."""
    old: Any
    new: Any
    cells: tuple[str, ...]
    """Where the new answer stands, or the old one where it is gone."""
    is_price: bool = False
    """Whether it is the price."""

    @property
    def is_level(self) -> bool:
        """Whether a panel gave it, not the vendor: it comes from the log of scores alone."""
        return bool(self.cells) and all(cell.startswith(f"{LOG}:") for cell in self.cells)


@dataclass(frozen=True)
class VendorChange:
    """One vendor in both results; None stands on the side that does not have it."""

    vendor: str
    status: tuple[str | None, str | None]
    rank: tuple[int | None, int | None]
    score: tuple[float | None, float | None]
    price: tuple[float | None, float | None]
    price_per_point: tuple[float | None, float | None]
    gates: Mapping[str, tuple[str | None, str | None]]
    """By id, the gates whose state is not the same."""
    attribution: Attribution | None
    """What moved its score; None where it has none in one of them or the rules are not additive."""


@dataclass(frozen=True)
class Cause:
    """What a change may come from."""

    kind: str
    """rules, bids, levels, files, parameters, versions; or none, which is an alarm on the tool."""
    says: str


def changed_sections(old: Record, new: Record) -> tuple[str, ...]:
    """The parts of the rules that differ; "rules" where the results do not say which."""
    if old["rules_fingerprint"] == new["rules_fingerprint"]:
        return ()
    one, other = (side.get("rules", {}).get("sections", {}) for side in (old, new))
    parts = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
    return tuple(parts) or ("rules",)


def changed_files(manifests: tuple[Record, Record] | None) -> tuple[str, ...]:
    """The files of the folder that two manifests do not hold alike, by name."""
    if manifests is None:
        return ()
    one, other = (manifest.get("inputs", {}) for manifest in manifests)
    return tuple(sorted(name for name in {*one, *other} if one.get(name) != other.get(name)))


def causes_of(
    old: Record,
    new: Record,
    manifests: tuple[Record, Record] | None,
    sections: Sequence[str],
    files: Sequence[str],
    answers: Sequence[AnswerChange],
    vendors: Sequence[VendorChange],
) -> Iterator[Cause]:
    """Everything that the change may come from; nothing where nothing differs."""
    if sections:
        yield Cause("rules", f"the rules changed: {listed(sections, at_most=9)}")
    entered = [v.vendor for v in vendors if None in v.status]
    moved = dict.fromkeys([*(c.vendor for c in answers if not c.is_level), *entered])
    judged = dict.fromkeys(change.vendor for change in answers if change.is_level)
    if judged:
        named = listed(list(judged), at_most=9)
        yield Cause("levels", f"the levels that the panel gave {named} changed")
    if moved:
        bids = agreeing(len(moved), "bid", "bids")
        yield Cause("bids", f"the {bids} of {listed(list(moved), at_most=9)} changed")
    elif not judged and old["inputs_hash"] != new["inputs_hash"] and not sections:
        named = f": {listed(files, at_most=9)}" if files else ""
        yield Cause("files", f"files of the folder differ, but no answer in them{named}")
    parameters = [
        f"{name} ({one} before, {other} now)"
        for name, one, other in (
            ("scenario", old["scenario"], new["scenario"]),
            ("seed", old["robustness"]["seed"], new["robustness"]["seed"]),
            ("draws", old["robustness"]["draws"], new["robustness"]["draws"]),
        )
        if one != other
    ]
    if parameters:
        yield Cause("parameters", f"parameters that differ: {listed(parameters)}")
    versions = _versions(old, new, manifests)
    if versions:
        yield Cause("versions", f"other versions: {listed(versions, at_most=9)}")


def _versions(old: Record, new: Record, manifests: tuple[Record, Record] | None) -> list[str]:
    one, other = (dict(m.get("versions", {})) for m in manifests or ({}, {}))
    one["vendor_eval"], other["vendor_eval"] = (side["tool"]["version"] for side in (old, new))
    return [
        f"{name} {one.get(name)} before, {other.get(name)} now"
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name)
    ]
