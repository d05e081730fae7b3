"""Linear programmes, solved by HiGHS."""

from dataclasses import dataclass

import numpy as np

from vendor_eval.rules.values.function import Floats

TOLERANCE = 1e-10
"""By how much a solution may miss a bound: HiGHS's least."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The point at which a programme is least, (n,), and how much it is there."""

    point: Floats
    value: float


def least(
    cost: Floats, *, rows: Floats, low: Floats, high: Floats, box: tuple[Floats, Floats]
) -> Solution | None:
    """Where `cost` @ x is least with `low` <= `rows` @ x <= `high` and x within `box`.

    Shapes: cost and both ends of the box (n,), rows (m, n), low and high (m,), infinite where there
    is no bound. None where no x is within all of them.
    """
    import highspy  # scipy's way to the same solver takes a quarter of a second to import

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("primal_feasibility_tolerance", TOLERANCE)
    solver.setOptionValue("dual_feasibility_tolerance", TOLERANCE)
    programme = highspy.HighsLp()
    programme.num_row_, programme.num_col_ = rows.shape
    programme.col_cost_ = cost
    programme.col_lower_, programme.col_upper_ = box
    programme.row_lower_, programme.row_upper_ = low, high
    at = np.nonzero(rows)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.searchsorted(at[0], np.arange(len(rows) + 1))
    programme.a_matrix_.index_ = at[1]
    programme.a_matrix_.value_ = rows[at]
    solver.passModel(programme)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    point = np.array(solver.getSolution().col_value)
    return Solution(point, float(solver.getInfo().objective_function_value))
