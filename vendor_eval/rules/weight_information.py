"""What a person can say about weights without naming them: ranges, an order, ratios."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from vendor_eval.errors import VendorEvalError, nearest, quoted
from vendor_eval.rules.values.function import Typed


def _listed(typed: Any) -> Any:
    """Lists as tuples, since a person types lists."""
    return tuple(_listed(item) for item in typed) if isinstance(typed, list | tuple) else typed


def _ranges(typed: Any) -> Any:
    return {k: _listed(v) for k, v in typed.items()} if isinstance(typed, dict) else typed


Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(gt=0)]


class WeightInformation(Typed):
    """Partial information on weights; every weight here is a share among siblings, in [0, 1].

    `ranges`: path -> [lowest, highest]. `order`: paths, the most important first; of each group of
    siblings as many as somebody can put in order. `at_least`: [path a, ratio, path b] says that a
    weighs at least ratio times b, its sibling. Siblings that no statement names keep their shares.
    """

    ranges: Annotated[dict[str, tuple[Share, Share]], BeforeValidator(_ranges)] = Field(
        default_factory=dict
    )
    order: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    at_least: Annotated[tuple[tuple[str, Ratio, str], ...], BeforeValidator(_listed)] = ()

    @classmethod
    def of(cls, **typed: Any) -> Self:
        """What somebody typed; raises VendorEvalError, not pydantic's own, where it is wrong."""
        try:
            return cls(**typed)
        except ValidationError as error:
            messages = [
                f"{'.'.join(map(str, e['loc'])) or 'weights'}: "
                + e["msg"].removeprefix("Value error, ")
                for e in error.errors(include_url=False)
            ]
            raise VendorEvalError("; ".join(messages)) from None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for path, (low, high) in self.ranges.items():
            if low > high:
                raise ValueError(
                    f"found the range {low:g} to {high:g} of {path!r}; allowed: the lower end first"
                )
        for n, path in enumerate(self.order):
            if path in self.order[:n]:
                raise ValueError(f"{path!r} stands twice in the order; allowed: once")
        for first, _, second in self.at_least:
            if first == second:
                raise ValueError(f"{first!r} is compared with itself; allowed: with a sibling")
        return self

    @property
    def named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every path that a statement names, with where it stands."""
        yield from ((("ranges", path), path) for path in self.ranges)
        yield from ((("order", n), path) for n, path in enumerate(self.order))
        for n, (first, _, second) in enumerate(self.at_least):
            yield ("at_least", n), first
            yield ("at_least", n), second


def weight_information_faults(
    information: WeightInformation, top: Sequence[str], *, public: bool, spread: bool
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What does not fit the top-level criteria, the procedure, or the rest of the rules.

    `spread`: whether the rules also say how far weights stray from agreed ones.
    """
    for at, path in information.named:
        if path not in top:
            hint = nearest(path, top)
            message = f"found {path!r}{hint}; allowed: the top-level criteria {quoted(top)}"
            yield ("weights", *at), message
    if len(top) < 2:
        yield ("weights",), "found one criterion; allowed: two or more to be weighed"
    if spread:
        message = "found 'weights' of the rules too; allowed: one of the two"
        yield ("robustness", "weights"), f"{message}, since weights stray from agreed ones alone"
    if not public:
        return
    for key in ("ranges", "at_least"):
        if getattr(information, key):
            message = f"found {key!r} in a public procedure; allowed: 'order' alone"
            yield ("weights", key), f"{message}, as the tender published it"
    lacking = [path for path in top if path not in information.order]
    if information.order and lacking:
        message = f"does not name {quoted(lacking)}; allowed: all top-level criteria"
        yield ("weights", "order"), f"{message}, where the tender published an order alone"
