"""The smallest changes of one answer where a criterion may count 0."""

from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import rules
from vendor_eval.analysis.required_changes.changes import holds_until
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules


def unweighed() -> Rules:
    """A knock-out on security, of which sites weigh nothing but in the scenario."""
    flat = rules({"price": 40, "people": 1, "sites": 0, "quality": 30})
    typed = flat.model_dump(exclude_defaults=True)
    price, people, sites, quality = typed["criteria"]
    security = {"id": "security", "label": "Security", "weight": 30, "criteria": (people, sites)}
    even = {"weights": {"security.people": 50, "security.sites": 50}}
    typed |= {"criteria": (price, security, quality), "scenarios": {"even": even}}
    return Rules.model_validate(typed | {"knock_out": {"criterion": "security", "below": 50}})


@given(st.integers(40, 100), st.integers(0, 100), st.integers(50, 100))
def test_an_answer_that_counts_nothing_at_a_floor_falls_to_what_the_score_needs(
    sites: int, other: int, quality: int
) -> None:
    bid = {"price": 50, "people": 60, "quality": 50}
    offers = {
        "Alder": bid | {"sites": sites, "quality": quality},
        "Birch": bid | {"sites": other},
    }
    evaluation = evaluate(unweighed(), proposals(offers), scenario="even")
    # 0.3 x 0.5 points for each point of sites, 0.3 for each of quality; no answer is below 0
    level = other - 2 * (quality - 50)
    assume(evaluation.leaders == ("Alder",))
    change = holds_until(evaluation)["security.sites"]
    if level < 0:
        assert change is None
        return
    assert change is not None
    assert isinstance(change.to, float)
    assert abs(change.to - level) < 1e-6
