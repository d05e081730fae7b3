"""What is measured: the customer-support evaluation, a copy without methods, a large one."""

import csv
import json
import random
import shutil
from pathlib import Path

from size import Size

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "vendor_selection.ipynb"
CASE = ROOT / "data" / "customer-support"
PLAIN, LAB = ROOT / ".venv" / "bin", ROOT / ".venv-lab" / "bin"


def without_methods(place: Path) -> Path:
    """A copy of the evaluation that asks for no second opinion."""
    copy = place / "no-methods" / CASE.name
    shutil.copytree(CASE, copy)
    rules = copy / "evaluation.yaml"
    lines = rules.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("methods:"))
    after = next(
        (n for n, line in enumerate(lines) if n > at and line and line[0] not in " -#"), len(lines)
    )
    rules.write_text("\n".join([*lines[:at], "methods: []", *lines[after:]]) + "\n", "utf-8")
    return copy


def headless(*, whole: bool) -> dict[str, object]:
    """The notebook without its live cells, as a headless run executes it; or its beginning.

    The beginning reads and assesses, and shows nothing.
    """
    content = json.loads(NOTEBOOK.read_text("utf-8"))
    cells = [c for c in content["cells"] if "live" not in c["metadata"].get("tags", [])]
    assessed = 1 + next(
        n for n, c in enumerate(cells) if "tender.evaluate(" in "".join(c["source"])
    )
    content["cells"] = cells if whole else cells[:assessed]
    return content


def large_case(case: Path, size: Size) -> Path:
    """A folder of many vendors with random answers, the same each time."""
    case.mkdir()
    rules = ["title: Large", "decision: Which one?", "currency: EUR", "price: a0_0", "criteria:"]
    for b in range(size.folder_branches):
        rules += [
            f"  - id: b{b}",
            f"    label: Branch {b}",
            f"    weight: {b + 1}",
            "    criteria:",
        ]
        for n in range(size.branch_leaves):
            leaf = f"id: c{n}, label: Criterion {n}, weight: {n + 1}, answer: a{b}_{n}"
            rules.append(f"      - {{{leaf}, value: {{linear: {{worst: 0, best: 100}}}}}}")
    (case / "evaluation.yaml").write_text("\n".join(rules) + "\n", "utf-8")
    answers = [f"a{b}_{n}" for b in range(size.folder_branches) for n in range(size.branch_leaves)]
    drawn = random.Random(0)  # noqa: S311, no secret
    with (case / "proposals.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["vendor", *answers])
        for vendor in range(size.folder_vendors):
            writer.writerow(
                [f"Vendor {vendor}", *(f"{drawn.uniform(0, 100):.2f}" for _ in answers)]
            )
    return case
