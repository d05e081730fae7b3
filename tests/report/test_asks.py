"""What the report asks the first vendor for before the award."""

from make.builders import assessed, rules
from vendor_eval.report.before_award import asks
from vendor_eval.rules.rules import Rules


def test_no_better_answer_is_asked_for_on_a_criterion_that_is_knocked_out() -> None:
    leaves = rules({"price": 40, "people": 2, "sites": 1, "quality": 30}).model_dump(
        exclude_defaults=True
    )
    price, *offered = leaves["criteria"]
    people, sites, quality = (leaf | {"judged": False} for leaf in offered)
    security = {"id": "security", "label": "Security", "weight": 30, "criteria": (people, sites)}
    floor = {"criterion": "security", "below": 50}
    typed = leaves | {"criteria": (price, security, quality), "knock_out": floor}
    offers = {
        "Alder": {"price": 100, "people": 40, "sites": 55, "quality": 60},
        "Birch": {"price": 20, "people": 70, "sites": 60, "quality": 70},
    }
    # 0.4 x 100 + 0 + 0.3 x 60 = 58, and 0.4 x 20 + 0.3 x 66.7 + 0.3 x 70 = 49
    result = assessed(offers, Rules.model_validate(typed), draws=200)
    assert result.evaluation.winner == "Alder"
    # 70 for people would be 14 points if nothing were knocked out, and lifts none over the floor
    [better, *_] = asks(result)
    assert better == "Ask Alder for 70, as Birch offers, not 60: Quality (+3.0 points)."
