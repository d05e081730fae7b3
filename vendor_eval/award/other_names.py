"""Which vendors a text names, also where one name stands within another."""

import re
from collections.abc import Collection
from functools import cache

from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import as_seen


def named_in(text: str, vendors: Collection[str]) -> tuple[str, ...]:
    """The vendors that a text names, by their name or by it without its legal form.

    The longest name that fits counts: "Alder" does not name Al, nor "Alder Ltd" a vendor Alder. A
    word of an address, such as al@alder.example, is none.
    """
    names, pattern = _pattern(tuple(sorted(vendors)))
    if not names:
        return ()
    return tuple(dict.fromkeys(names[match] for match in pattern.findall(as_seen(text))))


@cache
def _pattern(vendors: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    names = {base_name(vendor): vendor for vendor in vendors}
    names |= {as_seen(vendor): vendor for vendor in vendors}
    # a single letter is a word of the language, or a letter in front of a list
    names = {name: vendor for name, vendor in names.items() if len(name) > 1}
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return names, re.compile(rf"(?<![\w@.])(?:{'|'.join(longest_first)})(?![\w@]|\.\w)")
