"""What Python sends the explorer in addition to its own counts: draws, a map, a second opinion."""

from typing import Any

from vendor_eval.analysis.methods.panel import Opinion
from vendor_eval.analysis.sensitivity.winners import WinnerMap
from vendor_eval.analysis.simulation.acceptability import NearWeights
from vendor_eval.outputs.answers import map_record


def explorer_answer(
    near: NearWeights | None,
    shown: WinnerMap | None,
    opinion: Opinion | None = None,
    *,
    of_100: int | None = None,
) -> dict[str, Any]:
    """Plain JSON values: shares of re-runs in [0, 1] by rival, polygons of shares, ranks.

    `of_100` is the share as reports show it, where reports show it.
    """
    return {
        "near": near and {"draws": near.draws, "ahead": near.ahead.to_dict(), "shown": of_100},
        "map": shown and {"today": list(shown.today), **_map(shown)},
        "opinion": opinion and _opinion(opinion),
    }


def _map(shown: WinnerMap) -> dict[str, Any]:
    """The areas as they are drawn, without how large each is."""
    record = map_record(shown)
    drawn = [{k: v for k, v in area.items() if k != "part"} for area in record["regions"]]
    return record | {"regions": drawn}


def _opinion(opinion: Opinion) -> dict[str, Any]:
    ranks = None if opinion.ranks is None else {str(v): int(r) for v, r in opinion.ranks.items()}
    return {"method": opinion.method, "ranks": ranks, "error": opinion.error}
