"""Contract years over the months of a term: months 1 to 12 are year 1, month 0 lies before them."""

import numpy as np
from numpy.typing import NDArray

MONTHS_A_YEAR = 12
FIRST_YEAR = slice(1, MONTHS_A_YEAR + 1)
"""The months of the first year."""
UNTIL_FIRST_YEAR_ENDS = slice(0, MONTHS_A_YEAR + 1)
"""The same with month 0, which holds what is paid before the start."""


def contract_years(months: int) -> NDArray[np.intp]:
    """The contract year of each month, 0 for month 0; (months + 1,)."""
    return (np.arange(months + 1) + MONTHS_A_YEAR - 1) // MONTHS_A_YEAR


def year_ends(months: int) -> NDArray[np.intp]:
    """The last month of each contract year, ascending; the last year may be part of one."""
    return np.append(np.arange(MONTHS_A_YEAR, months, MONTHS_A_YEAR), months)
