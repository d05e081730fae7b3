"""Value functions: from an answer to a value in [0, 1], 1 at its best (Keeney & Raiffa 1976).

People and files speak of 0-100 points; inside, a value is that divided by 100. Direction lives
here and nowhere else. A value function is a frozen model that can be called; those marked
`relative` also need the answers of the eligible vendors, because a bid's value then depends on
who else bid.
"""

# they register the value functions
from vendor_eval.rules.values import absolute as absolute
from vendor_eval.rules.values import relative as relative
