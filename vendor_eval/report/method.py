"""How the numbers were made, and from which files."""

from typing import Any

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.award.stated_weights import fitting
from vendor_eval.report.html import Html, rendered, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.why import rules_sentence
from vendor_eval.rules.rules import fingerprint
from vendor_eval.rules.values.named import typed_form
from vendor_eval.tender.tender import Tender


def method_table(tender: Tender, result: Result) -> Html:
    """How the numbers were made, in words."""
    as_values = [result.evaluation.tree.criterion(p).label for p in result.as_values]
    return rendered(
        "method",
        form=result.evaluation.rules.award_rule.form,
        rules=rules_sentence(tender, result),
        simulation=_weights(result),
        as_values=as_values if result.opinions else [],
    )


def _weights(result: Result) -> str:
    """How weights are drawn; "" where they are not."""
    if len(result.evaluation.ranking) < 2 or not result.draws_weights:
        return ""
    if result.information is not None:
        which = f"from all {fitting(result.information)}, each equally likely"
        return (
            f"The re-runs draw the weights of the top-level criteria {which}; the shares under "
            "each of them are as given. The ranges, the errors and the thresholds stand under how "
            "firm this is."
        )
    return (
        "The re-runs draw the weights of all criteria together around the agreed ones, from a "
        "Dirichlet distribution. Grouping criteria, or splitting one into identical parts, "
        "changes nothing. The ranges, the errors and the thresholds stand under how firm this is."
    )


def value_functions_table(result: Result) -> Html:
    """How an answer becomes a value on every criterion, as the rules say."""
    tree = result.evaluation.tree
    rows = []
    for path in tree.leaves:
        leaf = tree.criterion(path)
        if leaf.value is None:
            continue
        [(name, parameters)] = typed_form(leaf.value).items()
        shown = "; ".join(
            f"{key.replace('_', ' ')} {_plain(value)}" for key, value in parameters.items()
        )
        flag = "depends on who else bid" if leaf.value.relative else ""
        blank = "a blank counts as the worst" if leaf.missing == "worst" else ""
        denied = result.evaluation.rules.denies_judgement(leaf)
        judged = "points that nobody judged, as the rules say" if denied else ""
        said = "; ".join(filter(None, [shown, flag, blank, judged]))
        rows.append([leaf.label, name.replace("_", " "), said])
    head = ["Criterion", "Value function", "With"]
    return table("From answer to value, in points", head, rows, prose=True)


def _plain(parameter: Any) -> str:
    if isinstance(parameter, float):
        return wording.digits(parameter)
    if isinstance(parameter, list):
        return ", ".join(" is ".join(_plain(part) for part in knot) for knot in parameter)
    return str(parameter)


def sources_table(tender: Tender) -> Html:
    """Every file that was read with its sha256, and the rules' fingerprint."""
    rows = [[name, digest] for name, digest in tender.hashes.items()]
    rows.append(["the rules without scenarios", fingerprint(tender.rules).removeprefix("sha256:")])
    return table("Fingerprints", ["File", "sha256"], rows, prose=True)


def section(tender: Tender, result: Result) -> Section:
    """How the numbers were made."""
    if result.evaluation.rules.lowest_price:
        return shown(method_table(tender, result))
    return shown(method_table(tender, result), value_functions_table(result))


def sources_section(tender: Tender) -> Section:
    """Which files were read."""
    return shown(sources_table(tender))
