"""Only declared parameters with plain values of their own type reach a notebook."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.running import cell, furnished, left_behind, written_notebook
from vendor_eval.errors import VendorEvalError
from vendor_eval.runs import run
from vendor_eval.runs.parameters import assigned, checked, notebook_parameters


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A directory to work in, with a folder `helpdesk` and a notebook `small.ipynb`."""
    return furnished(tmp_path)


@pytest.fixture
def declared(tmp_path: Path) -> Any:
    """The parameters of the small notebook."""
    return notebook_parameters(written_notebook(tmp_path / "small.ipynb"))


def test_parameters_are_read_with_their_defaults_without_running_anything(declared: Any) -> None:
    defaults = {name: parameter.default for name, parameter in declared.items()}
    assert defaults == {
        "folder": "data/customer-support",
        "scenario": None,
        "seed": 0,
        "spread": 0.25,
        "quick": False,
        "names": [],
        "shares": {},
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seed=7", 7),
        ("seed= -7 ", -7),
        ("spread=1e-2", 0.01),
        ("spread=1", 1.0),
        ("quick=TRUE", True),
        ("scenario=experts_first", "experts_first"),
        ("scenario=None", None),
        ("scenario=", ""),
        ("scenario=a=b", "a=b"),
        ('names=["a", "b"]', ["a", "b"]),
        ('shares={"cost": 1}', {"cost": 1.0}),
    ],
)
def test_a_text_becomes_a_value_of_the_parameters_own_type(
    declared: Any, text: str, value: object
) -> None:
    (read,) = assigned([text], declared).values()
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("seed=7.0", "seed=", "seed=1_000", "seed=True", "seed=٣", "spread=nan", "spread=1e999"),
        *("spread=inf", "quick=yes", "quick=1", "names=a", "names={}", "names=[1]", "names=null"),
        *('shares={"a": "b"}', 'shares={"a": NaN}', "shares=[]", f"names={'[' * 9999}"),
    ],
)
def test_a_text_of_another_type_is_refused_with_what_is_allowed(declared: Any, text: str) -> None:
    with pytest.raises(VendorEvalError, match=r"-p \w+: found .*; allowed: \w+"):
        assigned([text], declared)


class Text(str):
    """A text that is more than it seems."""


@pytest.mark.parametrize(
    "values",
    [
        {"seed": True},
        {"seed": 1.5},
        {"seed": None},
        {"spread": float("nan")},
        {"scenario": Text("x")},
        {"scenario": Path("x")},
        {"names": ("a",)},
        {"names": [Text("a")]},
        {"shares": {Text("a"): 1.0}},
        {"shares": {1: 1.0}},
        {"unknown": 1},
        {Text("x = 1\nseed"): 1},
    ],
)
def test_only_plain_values_of_the_declared_type_reach_the_notebook(
    desk: Path, values: dict[str, Any]
) -> None:
    with pytest.raises(VendorEvalError):
        run(desk / "helpdesk", out=None, notebook=str(desk / "small.ipynb"), parameters=values)
    assert left_behind(desk) == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("folder = open('x')", "found \"folder = open('x')\""),
        ("folder = None", "found 'folder = None'"),
        ("folder: Path = 'x'", "found \"folder: Path = 'x'\""),
        ("folder: int = 'x'", "found \"folder: int = 'x'\""),
        ("a = b = 1", "found 'a = b = 1'"),
        ("import os", "found 'import os'"),
        ("x: dict[int, str] = {}", "line 1"),
        ("x = 1\ny = [", "line 2"),
    ],
)
def test_a_parameters_cell_holds_simple_assignments_only(
    tmp_path: Path, source: str, sentence: str
) -> None:
    notebook = written_notebook(tmp_path / "odd.ipynb", parameters=source)
    with pytest.raises(VendorEvalError, match=re.escape(sentence)):
        notebook_parameters(notebook)


def test_a_notebook_has_one_parameters_cell_and_is_a_notebook(tmp_path: Path) -> None:
    two = written_notebook(tmp_path / "two.ipynb", cell("x = 1", "parameters"))
    with pytest.raises(VendorEvalError, match="2 found"):
        notebook_parameters(two)
    two.write_text("[]")
    with pytest.raises(VendorEvalError, match="no Jupyter notebook"):
        notebook_parameters(two)
    with pytest.raises(VendorEvalError, match="No such file"):
        notebook_parameters(tmp_path / "none.ipynb")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.floats(allow_nan=False)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(value=st.dictionaries(st.text(), VALUES, max_size=3))
def test_a_notebook_gets_exactly_the_value_that_was_given(value: dict[str, Any]) -> None:
    from papermill.translators import PythonTranslator

    from vendor_eval.runs.parameters import Parameter

    parameters = {"x": Parameter("x", {}, dict)}
    infinite = "inf" in repr(value)
    try:
        plain = checked({"x": value}, parameters)
    except VendorEvalError:
        assert infinite
        return
    space: dict[str, Any] = {}
    exec(PythonTranslator.codify(plain), space)  # noqa: S102 - what papermill puts into a cell
    assert space["x"] == value
    assert repr(space["x"]) == repr(value)
