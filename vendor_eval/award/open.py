"""What must be answered before it is known who is first, in a sentence each."""

from collections.abc import Iterable, Sequence

from vendor_eval import wording
from vendor_eval.analysis.incomplete import CONFIRMED_BY_OTHERS, Open, rank_range
from vendor_eval.analysis.low_prices import Below
from vendor_eval.award.amounts import at_price
from vendor_eval.award.rank_basis import standings
from vendor_eval.award.result import Result
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation


def open_entry(result: Result, entry: Open) -> str:
    """What one vendor has not said, and who could be first once it does."""
    held = result.evaluation.faults.get(entry.vendor, ())
    if entry.kind == "gate":
        labels = {gate.id: gate.label for gate in result.evaluation.rules.gates}
        gates = [f"\u201c{labels[gate]}\u201d" for gate in entry.about]
        listed = wording.listed(gates, at_most=3)
        sentence = f"{entry.vendor} has not shown that it passes {listed}"
    elif entry.kind == "manifest_error":
        sentence = f"A level of {entry.vendor} was changed after prices were opened"
    elif entry.kind == "locked_again":
        levels = wording.counted(len(entry.about), "level")
        sentence = f"{levels} of {entry.vendor} changed when totals could be known"
    elif entry.below:
        low = below_words(entry.below)
        sentence = f"The price of {entry.vendor} is {low}, and no investigation of it is recorded"
    elif entry.kind == "question":
        sentence = (
            f"{entry.vendor} must still give {wording.counted(needed_answers(held), 'answer')}"
        )
    else:
        sentence = f"The bid of {entry.vendor} holds {wording.counted(len(entry.about), 'fault')}"
    if entry.kind == "locked_again" and not entry.to:
        return f"{sentence}."
    if entry.kind in CONFIRMED_BY_OTHERS:
        return f"{sentence}; before that {wording.listed(entry.to) or 'nobody'} was first."
    if not entry.to:
        return f"{sentence}; who is first may depend on it."
    return f"{sentence}; {' or '.join(entry.to)} could be first."


def open_headline(result: Result) -> str:
    """Who must answer first, and how things stand until then; "" where nothing is open."""
    open_ = result.recommendation.open
    if not open_:
        return ""
    low = [entry.vendor for entry in open_ if entry.below]
    changed = list(dict.fromkeys(e.vendor for e in open_ if e.kind in CONFIRMED_BY_OTHERS))
    others = [e for e in open_ if not e.below and e.kind not in CONFIRMED_BY_OTHERS]
    vendors = list(dict.fromkeys(entry.vendor for entry in others))
    ours = [vendor for vendor in vendors if _for_the_buyer(result.evaluation, vendor)]
    asked = [vendor for vendor in vendors if vendor not in ours]
    steps = [f"{wording.listed(asked, at_most=3)} must answer first"] if asked else []
    if ours:
        bids = wording.agreeing(len(ours), "bid", "bids")
        steps.append(f"we must settle the {bids} of {wording.listed(ours, at_most=3)} first")
    if low:
        prices = wording.agreeing(len(low), "price", "prices")
        steps.append(f"we must settle the low {prices} of {wording.listed(low, at_most=3)} first")
    if changed:
        levels = "level" if len(changed) == 1 else "levels"
        named = wording.listed(changed, at_most=3)
        confirm = f"somebody else must confirm the changed {levels} of {named} first"
        steps.append(f"{confirm}, in the award's reason")
    return f"Open: {', and '.join(steps)}. {_meanwhile(result)}"


def below_words(below: Sequence[Below]) -> str:
    """What a price is abnormally low against."""
    return wording.listed(
        f"{low.shown} below "
        + (f"the mean of the {low.others} other bids" if low.others else "our estimate")
        for low in below
    )


def _for_the_buyer(evaluation: Evaluation, vendor: str) -> bool:
    """Whether all that stops a vendor is for the buyer to settle, such as twins."""
    stopping = [fault for fault in evaluation.faults.get(vendor, ()) if fault.stops]
    return bool(stopping) and all(fault.audience == "buyer" for fault in stopping)


def _meanwhile(result: Result) -> str:
    """How the vendors stand that can be ranked."""
    evaluation = result.evaluation
    if not evaluation.ranking:
        return "Until then no vendor can be ranked."
    firsts = list(evaluation.leaders)
    if len(firsts) > 1:
        return f"Until then {wording.listed(firsts, at_most=3)} tie for first."
    [first] = firsts
    at = at_price(evaluation, first)
    offer = f"{first}, {at}," if at else first
    if len(evaluation.ranking) == 1:
        return f"Until then {offer} is the only vendor that can be ranked."
    scores = standings(evaluation, evaluation.ranking[:2])
    return f"Until then {offer} is first, {_pair(evaluation, scores)}."


def _pair(evaluation: Evaluation, scores: Sequence[str]) -> str:
    to = " to " if evaluation.rules.award_rule.form == "highest_score" else " against "
    return to.join(scores)


def stopped(evaluation: Evaluation, vendor: str) -> str:
    """What keeps an incomplete vendor from being ranked, and the ranks it may take."""
    held = evaluation.faults.get(vendor, ())
    faults = sum(fault.severity == "fault" for fault in held)
    answers = needed_answers(held)
    counts = [wording.counted(faults, "fault")] if faults else []
    counts += [f"{wording.counted(answers, 'answer')} needed"] if answers else []
    ranks = rank_range(evaluation, vendor)
    if ranks is None:
        return wording.listed(counts)
    best, worst = (wording.ordinal(rank) for rank in ranks)
    place = best if best == worst else f"{best} to {worst}"
    return f"{wording.listed(counts)}; could be {place}"


def needed_answers(held: Iterable[Fault]) -> int:
    """How many answers a bid still needs: one choice that several cells leave open counts once."""
    needed = (fault for fault in held if fault.severity == "question")
    return len({(fault.about or fault.place, fault.message) for fault in needed})


def faults(evaluation: Evaluation) -> str:
    """Whose bids cannot be ranked, and which ranks they could take; "" where all can be."""
    vendors = [f"{v} ({stopped(evaluation, v)})" for v in evaluation.having("incomplete")]
    if not vendors:
        return ""
    if len(vendors) == 1:
        return f"{vendors[0]} is not ranked until it has answered."
    return f"{wording.listed(vendors, at_most=6)} are not ranked until they have answered."
