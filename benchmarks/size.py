"""How large each benchmark is: as the page on speed prints it, or the least that runs its code."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Size:
    """What the sections are given; the fields' values are those that the page is written with."""

    rounds: int = 5
    """Rounds that count; 0 is one round without warming up."""
    folder_vendors: int = 1_000
    folder_branches: int = 5
    branch_leaves: int = 6
    workbooks: tuple[int, ...] = (6, 25, 50, 100, 200)
    """Counts of response workbooks, ascending."""
    vendors: int = 20
    criteria: int = 25
    draws: int = 10_000
    many_draws: int = 1_000_000
    looped: int = 15
    """Weightings that scikit-criteria gets in each round; the rest are extrapolated."""
    growth: Mapping[str, tuple[int, ...]] = field(
        default_factory=lambda: {
            "vendors": (10, 20, 50, 100, 200, 500, 1000),
            "criteria": (5, 10, 25, 50, 100),
            "draws": (1_000, 10_000, 100_000, 1_000_000),
        }
    )
    explorers: tuple[tuple[int, int], ...] = ((6, 12), (50, 40))
    """Vendors and criteria of each explorer that is moved."""
    moves: int = 50
    tenders: int = 2_000
    """Constructed tenders of each kind that are given a verdict."""
    tender_draws: int = 4_000
    published_draws: int = 200_000
    night: int = 200
    """Evaluations of a night by forks; twenty of them are run alone as well."""
    scored: int = 2_000
    """Evaluations that are scored alone."""
    whole_runs: bool = True
    """Whether runs are of the whole notebook with second opinions, also where JupyterLab is."""

    @property
    def option(self) -> tuple[str, ...]:
        """What a section's own script is called with, so that it has this size."""
        return ("--smallest",) if self == SMALLEST else ("--rounds", str(self.rounds))


SMALLEST = Size(
    rounds=0,
    folder_vendors=3,
    folder_branches=1,
    branch_leaves=2,
    workbooks=(1, 2),
    vendors=3,
    criteria=2,
    draws=200,
    many_draws=400,
    looped=1,
    growth={"vendors": (3, 4, 5), "criteria": (2, 3, 4), "draws": (100, 200, 300)},
    explorers=((6, 12),),  # fewer move no ranking
    moves=1,
    tenders=3,
    tender_draws=200,
    published_draws=200,
    night=3,
    scored=6,
    whole_runs=False,
)


def chosen(rounds: int, smallest: bool) -> Size:
    """The size that a command line asks for."""
    return SMALLEST if smallest else Size(rounds=rounds)
