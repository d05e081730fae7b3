"""What a reader of the results should know, in whole sentences."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.award.amounts import priced
from vendor_eval.award.open import stopped
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.measures.costs.exchange import SHIFT, ExchangeRisk, exchange_risk
from vendor_eval.measures.location import ages
from vendor_eval.measures.security import transfer
from vendor_eval.rules.robustness import VerdictModel
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import ValueFunction
from vendor_eval.tender.tender import Tender


def every_warning(tender: Tender, result: Result) -> tuple[str, ...]:
    """What a reader of the results should know, in whole sentences."""
    evaluation = result.evaluation
    sentences = list(tender.warnings)

    def label(path: str) -> str:
        return f"\u201c{evaluation.tree.criterion(path).label}\u201d ({path})"

    scenario = evaluation.scenario
    if scenario and tender.seal and not tender.seal.covers(tender.rules, scenario):
        sentences.append(f"The scenario {wording.titled(scenario)} was added after sealing.")
    sentences += other_model(tender, result)
    sentences += [
        f"{label(path)} reads points that, by the rules, nobody judged. The re-runs vary no error "
        "of judgement for it."
        for path in evaluation.tree.leaves
        if tender.rules.denies_judgement(evaluation.tree.criterion(path))
    ]
    sentences += transfer.warnings(tender.rules)
    sentences += ages.warnings(tender.rules, tender.facts)
    sentences += _odd_prices(evaluation)
    sentences += _exchange_risks(tender)
    for vendor in evaluation.having("incomplete"):
        sentences.append(f"{vendor} is incomplete and not ranked: {stopped(evaluation, vendor)}.")
    for path, function in _functions(evaluation):
        if function.relative and not tender.rules.lowest_price:
            sentences.append(f"The value of {label(path)} depends on who else bid.")
        if function.sampled:
            sentences.append(
                f"The value function of {label(path)} is read off at many answers: answers that "
                "would change the result are found to within 0.0001 points of value."
            )
    for bid, new in result.reversals.items():
        outcome = f"changes the winner to {new}" if new else "leaves no single winner"
        sentences.append(f"Withdrawing the losing bid of {bid} {outcome}.")
    for group in evaluation.ties_broken:
        sentences.append(f"Equal scores, put in this order by the tie-break: {', '.join(group)}.")
    for vendor, path in evaluation.missing:
        why = _why_missing(vendor, path, label(path), evaluation)
        sentences.append(f"{why}; it is scored as the worst answer.")
    return tuple(sentences)


def other_model(tender: Tender, result: Result) -> Iterator[str]:
    """That the verdict rests on another model than the sealed one, and in what they differ."""
    sealed = tender.seal and tender.seal.robustness
    model = result.evaluation.rules.robustness.verdict_model(result.draws)
    if not sealed or sealed == model:
        return
    pairs = zip(_model_words(model), _model_words(sealed), strict=True)
    differences = [f"{now} (sealed: {then})" for now, then in pairs if now != then]
    yield f"The verdict does not rest on the model that was sealed: {'; '.join(differences)}."


def _model_words(model: VerdictModel) -> tuple[str, ...]:
    """What a verdict rests on, in words."""
    named = f" (\u201c{model.preset}\u201d)" if model.preset else ""
    return (
        f"weights with concentration {wording.digits(model.concentration)}{named}",
        f"a judgement error of {wording.digits(model.judgement_error)} points",
        f"firm from {wording.percent(model.firm)}",
        f"sensitive from {wording.percent(model.sensitive)}",
        wording.counted(model.draws, "re-run"),
    )


def _why_missing(vendor: str, path: str, label: str, evaluation: Evaluation) -> str:
    """That a vendor gave no answer, or what kept a measure from finding one."""
    leaf = evaluation.tree.criterion(path)
    origin = evaluation.proposals.origins.get((vendor, str(leaf.reads)))
    if leaf.measure is None or origin is None or not origin.note:
        return f"{vendor} left {label} blank"
    return f"{label} could not be found for {vendor}: {origin.note}"


def _exchange_risks(tender: Tender) -> Iterator[str]:
    """Bids, of those not excluded, whose foreign prices rise while exchange rates stay the same."""
    for flow in tender.comparison.flows.values():
        if risk := exchange_risk(flow):
            yield exchange_risk_sentence(risk, tender.rules)


def _functions(evaluation: Evaluation) -> list[tuple[str, ValueFunction]]:
    """The value function of every leaf, by path."""
    tree = evaluation.tree
    pairs = zip(tree.paths, tree.criteria, strict=True)
    return [(path, leaf.value) for path, leaf in pairs if leaf.value is not None]


def _odd_prices(evaluation: Evaluation) -> list[str]:
    """Prices that may have been mistyped: nothing, less than nothing, or off the stated scale."""
    path = evaluation.price_path
    scale = None if path is None else evaluation.tree.criterion(path).value
    ends = None if scale is None else _ends(scale)
    sentences = []
    for vendor in evaluation.ranking:
        price = evaluation.price(vendor)
        if price is None:
            continue
        if price <= 0:
            shown = priced(evaluation, price)
            sentences.append(f"The price of {vendor} is {shown}. Is this correct?")
        elif ends and not min(ends) <= price <= max(ends):
            scaled = " to ".join(priced(evaluation, end) for end in sorted(ends))
            shown = priced(evaluation, price)
            sentences.append(f"The price of {vendor}, {shown}, is outside the scale from {scaled}.")
    return sentences


def _ends(scale: ValueFunction) -> tuple[float, float] | None:
    """The answers between which the value moves; None where it jumps, or other bids set them."""
    if scale.relative or not scale.numeric or scale.stepped:
        return None
    ends = [x for x0, y0, x1, y1 in scale.pieces if y0 != y1 for x in (x0, x1)]
    return min(ends), max(ends)


def exchange_risk_sentence(risk: ExchangeRisk, rules: Rules) -> str:
    """That a bid's prices rise in a currency whose rate is constant, and what that may move."""
    rises = wording.listed(
        [f"{wording.percent(rise)} a year in {currency}" for currency, rise in risk.rises.items()],
        at_most=9,
    )
    total, low, high = (
        wording.money_whole(amount, rules.currency)
        for amount in (risk.total, risk.at_lower_rates, risk.at_higher_rates)
    )
    shift = wording.percent(SHIFT)
    return (
        f"{risk.vendor}'s prices rise by up to {rises}, while the rules assume constant exchange "
        f"rates. Its total of {total} would be {low} at rates {shift} lower and {high} at rates "
        f"{shift} higher."
    )
