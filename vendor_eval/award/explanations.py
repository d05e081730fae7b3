"""Why each criterion of a bid has its score, to its own vendor and to the others."""

import re
from collections.abc import Iterator, Sequence

from vendor_eval import wording
from vendor_eval.award.account import Assessed
from vendor_eval.award.document import Block, Paragraph
from vendor_eval.award.letter_case import WITHHELD, Filled, Lacking, LetterCase, Part

SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|yourselves)\b", re.IGNORECASE)


def explanations_of(case: LetterCase, every: Sequence[Assessed], *, own: bool) -> Part:
    """Why each leaf has its points: by its rule and cell, or the agreed reason word for word."""
    blocks, lacking = list[Block](), list[str]()
    vendor = case.vendor if own else str(case.winner)
    for each in (each for each in every if each.leaf):
        ground = None if own else case.withheld(each.path, "text")
        if ground is not None:
            blocks.append(Paragraph(f"{each.label}: {WITHHELD}, {ground}."))
            continue
        texts = list(_texts(case, each, vendor, own=own))
        if each.judged and not texts[1:]:
            lacking.append(f"an agreed reason, or reasons.{vendor}.{each.path} in letters.yaml")
        for text in texts:
            if strangers := case.names_strangers(text):
                named = wording.listed(strangers)
                where = f"reasons.{vendor}.{each.path} in letters.yaml"
                lacking.append(f"{where}: a text that does not name {named}")
            else:
                blocks.append(Paragraph(text))
    return Lacking("; ".join(lacking)) if lacking else Filled(tuple(blocks))


def _texts(case: LetterCase, each: Assessed, vendor: str, *, own: bool) -> Iterator[str]:
    first, hidden = each.explanation, None if own else case.withheld(each.path, "score")
    if hidden is not None:
        first = f"{each.label}: the points are {WITHHELD}, {hidden}."
    elif not own and (ground := case.withheld(each.path, "price")) is not None:
        first = f"{each.label}: the answer is {WITHHELD}, {ground}; it {each.worth}."
    yield first
    replaced = case.file.reasons.get(vendor, {}).get(each.path)
    if own:
        if replaced or each.reason:
            yield replaced or each.full_reason
        if why := case.file.next.get(vendor, {}).get(each.path):
            yield f"Why not a higher score: {why}"
    elif to_others := case.file.reasons_to_others.get(vendor, {}).get(each.path):
        yield to_others
    elif replaced or each.reason:
        whose = "Our" if replaced else "The panel\u2019s"
        quoted = f"{whose} reason to the successful supplier: \u201c{replaced or each.reason}\u201d"
        # the level before and its reason show the score as well
        more = () if replaced else (each.corrected, each.replaced if hidden is None else "")
        yield " ".join(filter(None, [quoted, *more]))


def addressed_reasons(case: LetterCase) -> Iterator[str]:
    """The criteria whose reason addresses the winner and is quoted to others."""
    vendor = str(case.winner)
    for each in case.theirs:
        reason = case.file.reasons.get(vendor, {}).get(each.path) or each.full_reason
        to_others = case.file.reasons_to_others.get(vendor, {}).get(each.path)
        shown = each.leaf and not to_others and case.withheld(each.path, "text") is None
        if shown and SECOND_PERSON.search(reason):
            yield each.path
