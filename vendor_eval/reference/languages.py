"""Languages by their codes: the one code of each, and which are members of a wider one."""

from functools import cache
from typing import Literal

from vendor_eval.reference.tables import rows

Match = Literal["meets", "unclear", "kindred", "differs"]
"""How a language that is offered stands to the one that is needed: see `language_match`."""


@cache
def canonical_language(code: str) -> str:
    """The code that CLDR uses for a language today: `he` for `iw`, `zh` for `cmn`.

    A code that CLDR would replace by more than a language, as `sh` by `sr_Latn`, is kept.
    """
    from babel.core import get_global  # what names no language need not pay for it

    today = get_global("language_aliases").get(code, code)
    return today if today.isalpha() else code


@cache
def language_name(code: str) -> str:
    """A language's English name in CLDR, or the code where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))


@cache
def macrolanguages() -> dict[str, str]:
    """The macrolanguage (ISO 639-3) of each language that is a member of one."""
    members = ((r["member"], r["macrolanguage"]) for r in rows("macrolanguages"))
    return {member: wider for member, wider in members if canonical_language(member) != wider}


@cache
def has_standard_member(macrolanguage: str) -> bool:
    """Whether CLDR uses a macrolanguage's code for one member: `zh` for Mandarin, none for `no`."""
    members = (r for r in rows("macrolanguages") if r["macrolanguage"] == macrolanguage)
    return any(row["standard"] for row in members)


def language_match(offered: str, needed: str) -> Match:
    """How an offered language stands to the needed one, both by their codes of ISO 639.

    `meets`: it is the same, or a member of a macrolanguage without a standard member (`nb` where
    `no` is needed). `unclear`: it is the macrolanguage of the needed one, so that either may be
    meant (`no` where `nb` is needed). `kindred`: it is another member of the same macrolanguage
    (`nn` where `nb` is needed), or a member of the needed one, whose code stands for another member
    (`yue` where `zh` is needed). `differs`: anything else.
    """
    offered, needed = canonical_language(offered), canonical_language(needed)
    if offered == needed:
        return "meets"
    wider, widest = macrolanguages().get(offered), macrolanguages().get(needed)
    if widest == offered:
        return "unclear"
    if wider == needed:
        return "kindred" if has_standard_member(needed) else "meets"
    return "kindred" if wider is not None and wider == widest else "differs"
