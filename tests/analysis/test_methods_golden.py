"""Every ranking method gives the numbers its paper, or a second library, published."""

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from make import ROOT
from make.opinions import opinions
from vendor_eval.analysis.methods.panel import METHODS, ranks_by_score
from vendor_eval.analysis.methods.performance_table import (
    PerformanceTable,
    Scale,
    decision_matrix,
    raw,
    share,
    span,
    vector,
)
from vendor_eval.analysis.methods.promethee import Preference, net_flows

GOLDEN = ROOT / "tests" / "golden"


@dataclass(frozen=True)
class Ours:
    """How one of our methods is asked for a published case; the defaults are the panel's own."""

    method: str
    scale: Scale | None = None
    given: dict[str, str] = field(default_factory=dict)  # our parameter -> name in the inputs
    expects: str = "scores"
    factor: float = 1.0


CASES = {
    "topsis_hodgett_cars": Ours("topsis", expects="similarity"),
    "topsis_hodgett_cars_subset": Ours("topsis", expects="similarity"),
    "topsis_jmcdm_basic": Ours("topsis", expects="similarity"),
    "topsis_opricovic_tzeng_2004": Ours("topsis", scale=span, expects="similarity"),
    "topsis_tzeng_huang_2011": Ours("topsis", expects="similarity"),
    "vikor_opricovic_tzeng_2004": Ours("vikor", given={"v": "v"}, expects="Q"),
    "vikor_opricovic_tzeng_2007_w1": Ours("vikor", given={"v": "v"}, expects="Q"),
    "vikor_opricovic_tzeng_2007_w2": Ours("vikor", given={"v": "v"}, expects="Q"),
    "vikor_papathanasiou_ploskas_2018": Ours("vikor", given={"v": "v"}, expects="Q"),
    "vikor_tzeng_dataset": Ours("vikor", given={"v": "v"}, expects="Q"),
    "vikor_yang_wu_2020": Ours("vikor", given={"v": "v"}, expects="Q"),
    "promethee2_zhao_2013": Ours("promethee2", expects="net_flow"),
    "saw_jmcdm_1": Ours("weighted_sum"),
    "saw_jmcdm_2": Ours("weighted_sum"),
    "waspas_chakraborty_2015_ex1": Ours("waspas", given={"lambda_value": "lam"}),
    "waspas_chakraborty_2015_ex2_lam0": Ours("waspas", given={"lambda_value": "lam"}),
    "waspas_chakraborty_2015_ex2_lam1": Ours("waspas", given={"lambda_value": "lam"}),
    "mabac_pamucar_cirovic_2015": Ours("mabac"),
    "copras_goswami_mitra_2020": Ours("copras", factor=0.01),
    "copras_uysal_inan_2022": Ours("copras", expects="score_percent"),
    "edas_yazdani_2020": Ours("edas"),
    "spotis_dezert_2020_cars": Ours("spotis", scale=raw, given={"bounds": "bounds"}),
    "spotis_dezert_2020_ex1": Ours("spotis", scale=raw, given={"bounds": "bounds"}),
    "aras_stanujkic_2015": Ours("aras"),
    "moora_siregar_2021": Ours("moora"),
    "codas_badi_2017": Ours("codas"),
    "marcos_ulutas_2020": Ours("marcos"),
    "cocoso_yazdani_2019": Ours("cocoso"),
    "mairca_gigovic_2016": Ours("mairca"),
    "ocra_isik_adali_2016": Ours("ocra"),
    "probid_wang_2021": Ours("probid"),
    "simplified_probid_wang_2021": Ours("simplified_probid"),
    "ram_sotoudeh_anvari_2023": Ours("ram"),
    "rim_cables_2016": Ours("rim", scale=raw, given={"ideals": "ideals", "ranges": "ranges"}),
    "electre2_cebrian_porcar_2009": Ours("electre2", scale=share),
    "electre2_wang_triantaphyllou_2008": Ours("electre2", scale=raw),
}
# Cases with a test of their own, below or in test_methods_promethee.py.
APART = {
    "promethee2_jmcdm",
    "promethee2_papathanasiou_ploskas_2018",
    "promethee2_ziemba_2017_location",
    "promethee_brans_vincke_hydro",
    "promethee_flows_from_pi",
    "copras_zavadskas_2007",
    "moora_kracka_2010",
}


def case(name: str) -> dict[str, Any]:
    """A published case, as it is kept in the folder."""
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def tolerance(published: dict[str, Any], name: str) -> float:
    """How far a result may be off: the paper's own rounding."""
    allowed = published["abs_tolerance"]
    return allowed.get(name, allowed["*"]) if isinstance(allowed, dict) else allowed


def table(inputs: dict[str, Any]) -> PerformanceTable:
    """The case's table, with its weights as printed: some papers' weights do not add up to 1."""
    matrix = np.array(inputs["matrix"], dtype=float)
    vendors, criteria = matrix.shape
    return PerformanceTable(
        values=matrix,
        weights=np.array(inputs["weights"], dtype=float),
        cost=np.array(inputs["types"]) < 0,
        vendors=tuple(f"A{i}" for i in range(vendors)),
        criteria=tuple(f"C{i}" for i in range(criteria)),
    )


def scores(inputs: dict[str, Any], ours: Ours) -> np.ndarray:
    parameters = {name: inputs[key] for name, key in ours.given.items()}
    if ours.given.keys() & {"ideals", "ranges"}:
        parameters = {name: [tuple(pair) for pair in value] for name, value in parameters.items()}
    return METHODS[ours.method].scores(table(inputs), scale=ours.scale, **parameters) * ours.factor


def test_every_case_in_the_folder_is_run() -> None:
    assert {file.stem for file in GOLDEN.glob("*.json")} == set(CASES) | APART


def test_every_method_has_a_published_case() -> None:
    cited = {ours.method for ours in CASES.values()}
    kracka = {"moora_reference_point", "full_multiplicative_form", "multimoora"}
    same_as_waspas = {"weighted_product"}
    assert cited | kracka | same_as_waspas == set(METHODS.names())


@pytest.mark.parametrize("name", CASES)
def test_the_published_scores_are_reproduced(name: str) -> None:
    published, ours = case(name), CASES[name]
    allowed = tolerance(published, ours.expects)
    found = scores(published["inputs"], ours)
    np.testing.assert_allclose(found, published["expected"][ours.expects], atol=allowed, rtol=0)


@pytest.mark.parametrize("name", [name for name in CASES if "rank" in case(name)["expected"]])
def test_the_published_ranks_are_reproduced(name: str) -> None:
    published, ours = case(name), CASES[name]
    higher = METHODS[ours.method].higher_is_better
    found = ranks_by_score(pd.Series(scores(published["inputs"], ours)), higher_is_better=higher)
    assert found.tolist() == published["expected"]["rank"]


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("vikor_opr")])
def test_group_utility_and_regret_are_those_of_opricovic_and_tzeng(name: str) -> None:
    from skcriteria.agg.vikor import VIKOR

    published = case(name)
    weighted = table(published["inputs"])
    shares = PerformanceTable(
        weighted.values,
        weighted.weights / weighted.weights.sum(),
        weighted.cost,
        weighted.vendors,
        weighted.criteria,
    )
    found = VIKOR(v=0.5).evaluate(decision_matrix(span(shares))).e_
    allowed = tolerance(published, "S")
    np.testing.assert_allclose(found.s_k, published["expected"]["S"], atol=allowed)
    np.testing.assert_allclose(found.r_k, published["expected"]["R"], atol=allowed)
    assert found.compromise_set.tolist() == published["expected"]["compromise_set"]


def test_the_weighted_product_is_waspas_at_lambda_zero() -> None:
    published = case("waspas_chakraborty_2015_ex2_lam0")
    product = 10 ** METHODS["weighted_product"].scores(table(published["inputs"]))
    np.testing.assert_allclose(product, published["expected"]["scores"], atol=0.0002)


def test_the_moora_family_is_that_of_kracka_brauers_and_zavadskas() -> None:
    published = case("moora_kracka_2010")
    inputs, expected = table(published["inputs"]), published["expected"]
    for name in ("moora", "moora_reference_point", "multimoora"):
        found = METHODS[name].scores(inputs)
        np.testing.assert_allclose(found, expected[name], atol=tolerance(published, name), rtol=0)
    product = np.exp(METHODS["full_multiplicative_form"].scores(inputs, scale=vector))
    np.testing.assert_allclose(product, expected["product"], rtol=1e-4)


def preferences(inputs: dict[str, Any]) -> list[Preference]:
    """The preference function of each criterion, in the three ways the cases write them."""
    if "preference_functions" in inputs:
        return [Preference(**given) for given in inputs["preference_functions"]]
    if "functions" in inputs:
        triples = zip(inputs["functions"], inputs["q"], inputs["p"], strict=True)
        kinds = {"linear": "linear", "v-shape": "v"}
        return [Preference(kinds[kind], q=q or 0.0, p=p) for kind, q, p in triples]
    return [Preference("v", p=p) for p in inputs["p"]]


def flows(inputs: dict[str, Any]) -> np.ndarray:
    """Net flows through scikit-criteria's extension point, checked against the pure function."""
    asked = preferences(inputs)
    found = METHODS["promethee2"].scores(table(inputs), preferences=asked)
    signed = np.array(inputs["matrix"], dtype=float) * np.array(inputs["types"])
    pure = net_flows(signed, np.array(inputs["weights"], dtype=float), asked)
    np.testing.assert_allclose(found, pure, rtol=0, atol=1e-15)
    return found


@pytest.mark.parametrize(
    "name", ["promethee2_papathanasiou_ploskas_2018", "promethee2_ziemba_2017_location"]
)
def test_net_flows_with_thresholds_are_the_published_ones(name: str) -> None:
    published = case(name)
    found, allowed = flows(published["inputs"]), published["abs_tolerance"]
    np.testing.assert_allclose(found, published["expected"]["net_flow"], atol=allowed, rtol=0)


def test_all_six_preference_functions_give_the_flows_of_brans_and_vincke() -> None:
    published = case("promethee_brans_vincke_hydro")
    pi = np.array(published["expected"]["pi"])
    expected = (pi.sum(axis=1) - pi.sum(axis=0)) / (len(pi) - 1)
    found = flows(published["inputs"])
    np.testing.assert_allclose(found, expected, atol=published["abs_tolerance"])
    np.testing.assert_allclose(found, published["computed_net_flows"], atol=6e-5)


def test_net_flows_do_not_have_the_sign_of_a_library_that_ranks_the_worst_first() -> None:
    published = case("promethee2_jmcdm")
    found, wrong = flows(published["inputs"]), np.array(published["expected"]["net_flow"])
    np.testing.assert_allclose(found, -wrong, atol=0.006)
    assert np.argmax(found) == np.argmin(wrong)


def test_copras_does_not_take_costs_for_benefits_as_a_library_does() -> None:
    published = case("copras_zavadskas_2007")
    found = scores(published["inputs"], Ours("copras", factor=0.01))
    np.testing.assert_allclose(found, published["computed_correct"], atol=6e-5)
    assert np.abs(found - published["expected"]["scores"]).max() > 0.05


def test_the_published_ranking_of_a_software_selection_is_reproduced() -> None:
    # Tus & Aytac Adali (2019), OPSEARCH 56(2) 528-538: WASPAS with lambda 0.5.
    rows = {
        "A1": [5000, 3, 3, 4, 3, 2],
        "A2": [680, 5, 3, 2, 2, 1],
        "A3": [2000, 3, 2, 3, 4, 3],
        "A4": [600, 4, 3, 1, 2, 2],
        "A5": [800, 2, 4, 3, 3, 4],
    }
    weights = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]
    found = opinions(rows, ["min", *["max"] * 5], weights, ["waspas"])["waspas"]
    assert found.scores.tolist() == pytest.approx([0.5622, 0.6575, 0.6192, 0.6409, 0.722], abs=1e-3)
    assert found.ranks.tolist() == [5, 2, 4, 3, 1]
