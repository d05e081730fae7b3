"""What measures find stands in the table as numbers that pass the gates they should."""

import pytest
from pydantic import ValidationError

from make.builders import rules as plain_rules
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measures import answered, measure
from vendor_eval.rules.criteria import Measurement
from vendor_eval.rules.rules import Rules

SERVICE = {
    "country": "DE",
    "nearshore": {"countries": ("PL",)},
    "channels": ({"id": "voice", "languages": {"de": "B2"}, "hours": "08:00-20:00"},),
}


def rules(measure: object, rule: dict[str, float]) -> Rules:
    """Rules with a gate on a measure."""
    gate = {"id": "bound", "label": "Bound", "measure": measure, "rule": rule}
    return plain_rules({"cost": 1}, gates=(gate,), service=SERVICE)


def bid(**more: object) -> Response:
    """A response with a price, and with one site and one language."""
    tables = {
        "sites": [{"country": "PL", "city": "Kraków", "head_count": 40}],
        "languages": [{"language": "de", "level": "A1", "agents": 4}],
    }
    return response(forms={"answers": {"cost": 50}} | more, tables=tables)


@pytest.mark.parametrize("percent", range(101))
def test_a_share_passes_the_gate_at_its_own_percentage(percent: int) -> None:
    told = bid(expertise={"attrition": percent / 100})
    for rule in ({"at_most": float(percent)}, {"at_least": float(percent)}):
        typed = rules("attrition", rule)
        assert evaluate(typed, answered(typed, facts_of(typed, [told]))).ranking == ("Alder",)


@pytest.mark.parametrize(
    "measure", [{"shoring_share": {"shore": "onshore"}}, {"agents_tested": {"language": "de"}}]
)
def test_nobody_is_a_number_too(measure: object) -> None:
    typed = rules(measure, {"at_most": 0.0})
    table = answered(typed, facts_of(typed, [bid()]))
    assert table.answers.loc["Alder", typed.measures[0].column] == "0"
    assert evaluate(typed, table).ranking == ("Alder",)


def test_a_measure_is_made_once_for_each_of_its_parameters() -> None:
    def shore(name: object) -> Measurement:
        return Measurement(name="shoring_share", parameters={"shore": name})

    assert measure(shore("onshore")) is measure(shore("onshore"))
    assert measure(shore("onshore")) != measure(shore("nearshore"))
    with pytest.raises(ValidationError):
        measure(shore(1))
