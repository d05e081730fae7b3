"""`results.json` and its schema: examples fit, mutants are refused, each key is on the page."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from vendor_eval.outputs.results import SCHEMA, results_json, results_record
from vendor_eval.rules.starter import make
from vendor_eval.tender.folder import read

SCHEMA_FILE = files("vendor_eval.outputs") / "results.schema.json"
PLAIN: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
EXAMPLES = [
    "california-two-envelope",
    "customer-support",
    "customer-support-panel",
    "gsa-help-desk",
    "i35w-bridge",
    "time-attendance-software",
]
Where = tuple[str | int, ...]


def _decimals(_: object, most: int, number: object, __: object) -> Iterator[ValidationError]:
    """The schema's own word `decimals`: how many decimals a number has at most."""
    if isinstance(number, float) and -int(Decimal(repr(number)).as_tuple().exponent) > most:
        yield ValidationError(f"{number!r} has more than {most} decimals")


VALIDATOR = extend(Draft202012Validator, {"decimals": _decimals})(PLAIN)


def faults(record: Any) -> list[str]:
    """What in some results the schema refuses."""
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(record)]


def scored(folder: Path, **options: Any) -> Any:
    """The results of a folder, as read back from their bytes."""
    case = read(folder)
    return json.loads(results_json(case, case.evaluate(draws=50, **options)))


def test_the_schema_is_one_and_names_what_is_written() -> None:
    Draft202012Validator.check_schema(PLAIN)
    assert PLAIN["properties"]["schema"] == {
        "description": "What this file is.",
        "const": SCHEMA,
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_fits_the_schema(data: Path, name: str) -> None:
    assert faults(scored(data / name)) == []


def test_every_example_is_tried(data: Path) -> None:
    assert sorted(path.name for path in data.iterdir() if path.is_dir()) == EXAMPLES


def test_a_scenario_and_a_starter_fit_the_schema(data: Path, tmp_path: Path) -> None:
    assert faults(scored(data / "customer-support", scenario="cost_first")) == []
    make(tmp_path / "new")
    assert faults(scored(tmp_path / "new")) == []


RULES = """\
title: Helpdesk
methods: [topsis]
decision: Who?
currency: EUR
price: cost
gates:
  - {id: floor, label: At least 20 points, criterion: skill, rule: {at_least: 20}}
  - {id: soc2, label: SOC 2, answer: soc2, rule: {one_of: [yes]}}
criteria:
  - {id: cost, label: Cost, weight: 1, unit: EUR, answer: cost, value: lowest_over_this}
  - id: skill
    label: Skill
    weight: 1
    missing: worst
    answer: skill
    value: {linear: {worst: 0, best: 9}}
""".replace("[yes]", '["yes"]')


@pytest.mark.parametrize(
    "answers",
    [
        "Alder,6,5,yes\n",
        "Alder,6,5,no\n",  # nobody is eligible
        "Alder,6,5,yes\nBirch,6,5,yes\n",  # a tie
        "Alder,6,3..8,yes\nBirch,5,,yes\nCedar,7,9,\nDelphi,4,1,yes\n",
        "Alder,6,5,yes\nBirch,cheap,5,yes\nCedar,7,8,yes\n",  # one that cannot be read
        "".join(f"V{n:02},{n + 1},{n % 9},yes\n" for n in range(51)),
    ],
)
def test_whatever_is_bid_the_results_fit_the_schema(answers: str, tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals.csv").write_text("vendor,cost,skill,soc2\n" + answers, "utf-8")
    assert faults(scored(tmp_path)) == []


# mutants


def instance(schema: Mapping[str, Any], choice: int) -> Any:
    """Something that fits a schema and holds every key; of alternatives the one chosen."""
    if "$ref" in schema:
        return instance(PLAIN["$defs"][schema["$ref"].rpartition("/")[2]], choice)
    if "anyOf" in schema:
        return instance(schema["anyOf"][min(choice, len(schema["anyOf"]) - 1)], choice)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "object":
        fixed = {k: instance(v, choice) for k, v in schema.get("properties", {}).items()}
        more = schema["additionalProperties"]
        return fixed if more is False else {"Alder": instance(more, choice)}
    if kind == "array":
        return [instance(schema["items"], choice)] * max(1, schema.get("minItems", 1))
    if kind == "string":
        pattern = schema.get("pattern", "")
        samples = ("text", "2026-11-24", f"sha256:{'0' * 64}", "3f2a-91bc-77d0")
        return next(sample for sample in samples if re.search(pattern, sample))
    return {"integer": 1, "number": 1.0, "boolean": True, "null": None}[kind]


def places(
    schema: Mapping[str, Any], choice: int, at: Where = ()
) -> Iterator[tuple[Where, Mapping[str, Any]]]:
    """Every place in an instance, with the schema that holds there."""
    if "$ref" in schema:
        schema = PLAIN["$defs"][schema["$ref"].rpartition("/")[2]]
        yield from places(schema, choice, at)
        return
    yield at, schema
    if "anyOf" in schema:
        yield from places(schema["anyOf"][min(choice, len(schema["anyOf"]) - 1)], choice, at)
    for key, held in schema.get("properties", {}).items():
        yield from places(held, choice, (*at, key))
    if isinstance(schema.get("additionalProperties"), dict):
        yield from places(schema["additionalProperties"], choice, (*at, "Alder"))
    if "items" in schema:
        yield from places(schema["items"], choice, (*at, 0))


def mutant(whole: Any, at: Where, change: Callable[[Any], Any]) -> Any:
    """A copy in which what stands at one place is changed."""
    if not at:
        return change(deepcopy(whole))
    copied = whole.copy()
    copied[at[0]] = mutant(copied[at[0]], at[1:], change)
    return copied


def mutants(at: Where, schema: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """What may be done to what stands at a place, each of which makes it wrong."""
    if schema.get("additionalProperties") is False:
        yield "an unknown key", lambda held: held | {"unheard_of": 1}
        for key in schema["required"]:
            yield f"no {key}", lambda held, key=key: {k: v for k, v in held.items() if k != key}
    if at:
        yield "another type", lambda held: [[{}]]
    if "enum" in schema or "const" in schema:
        yield "a word that does not exist", lambda held: "unknowable"
    if "minimum" in schema:
        yield "too small", lambda held: schema["minimum"] - 1
    if "maximum" in schema:
        yield "too large", lambda held: schema["maximum"] + 1
    if "decimals" in schema:
        yield "too many decimals", lambda held: 0.12345678901234
    if schema.get("minLength") or "pattern" in schema:
        yield "no text", lambda held: ""
    if schema.get("uniqueItems"):
        yield "twice the same", lambda held: [*held, *held]
    if "minItems" in schema:
        yield "too few", lambda held: held[1:] if len(held) == schema["minItems"] else []


@pytest.mark.parametrize("choice", [0, 1])
def test_every_mutant_is_refused(choice: int) -> None:
    whole = instance(PLAIN, choice)
    assert faults(whole) == []
    refused, accepted = 0, []
    for at, schema in places(PLAIN, choice):
        for name, change in mutants(at, schema):
            if faults(mutant(whole, at, change)):
                refused += 1
            else:
                accepted.append(f"{'.'.join(map(str, at))}: {name}")
    assert accepted == []
    assert refused > 200


def test_the_old_word_for_an_undecided_vendor_is_refused(data: Path) -> None:
    record = scored(data / "california-two-envelope")
    vendor = next(iter(record["vendors"]))
    record["vendors"][vendor]["status"] = "unknown"
    assert any(f"$.vendors['{vendor}'].status" in fault for fault in faults(record))


def test_every_object_of_the_schema_is_closed() -> None:
    def objects(schema: Any) -> Iterator[Mapping[str, Any]]:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for held in schema.values():
                yield from objects(held)
        elif isinstance(schema, list):
            for held in schema:
                yield from objects(held)

    schemas = list(objects(PLAIN))
    assert len(schemas) > 40
    assert all(o["additionalProperties"] is not True for o in schemas)
    assert all(o["additionalProperties"] is False for o in schemas if "properties" in o)


# the page


def test_the_page_names_every_key_and_no_other(root: Path) -> None:
    page = (root / "docs" / "results.md").read_text("utf-8")
    sections = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    named = {
        heading: re.findall(r"^\| `(\w+)` \|", text, re.M) for heading, text in sections.items()
    }
    keyed = {n: list(o["properties"]) for n, o in PLAIN["$defs"].items() if "properties" in o}
    keyed["The file"] = list(PLAIN["properties"])
    assert {heading: keys for heading, keys in named.items() if keys} == keyed


# the same bytes


def test_the_hash_of_the_inputs_is_that_of_names_and_hashes_in_any_order(
    data: Path, tmp_path: Path
) -> None:
    folder = data / "california-two-envelope"
    shutil.copytree(folder, tmp_path / "copy")
    first, second = scored(folder)["inputs_hash"], scored(tmp_path / "copy")["inputs_hash"]
    assert first == second
    rules = tmp_path / "copy" / "evaluation.yaml"
    rules.write_text(rules.read_text("utf-8") + "\n", "utf-8")
    assert scored(tmp_path / "copy")["inputs_hash"] != first


@pytest.mark.more
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_processor_writes_the_same_bytes(name: str, data: Path, root: Path) -> None:
    written = set()
    for processor in ("Haswell", "Prescott", "Sandybridge"):
        done = subprocess.run(
            [sys.executable, "-m", "vendor_eval", "score", str(data / name)],
            cwd=root,
            env={**os.environ, "OPENBLAS_CORETYPE": processor, "PYTHONPATH": str(root)},
            capture_output=True,
            check=True,
        )
        written.add(done.stdout)
    assert len(written) == 1


def test_no_negative_zero_is_written(data: Path) -> None:
    case = read(data / "gsa-help-desk")
    content = results_json(case, case.evaluate(draws=50)).decode()
    assert not re.search(r"[\s\[]-0(\.0*)?[,\n]", content)


def test_results_are_plain_values(data: Path) -> None:
    case = read(data / "california-two-envelope")
    record = results_record(case, case.evaluate(draws=50))
    assert json.loads(json.dumps(record, allow_nan=False)) == record
