"""What a browser has drawn of a page's figures, read back and held to what was declared."""

from typing import Any

from playwright.sync_api import Page

PIXEL = 1.5
READ = """() => [...document.querySelectorAll("script[data-for]")].map((json) => {
  const place = document.getElementById(json.dataset.for);
  const all = (scope, what) => [...scope.querySelectorAll(what)];
  const middle = (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const words = (element) => element.textContent;
  // plotly makes markers of a form anew for what it hides: those have no place on the page
  const traces = (layer, point) => all(place, `.${layer} .trace`).map((trace) =>
    all(trace, point).map((mark) => ({ at: middle(mark), width: mark.getBBox().width })));
  return {
    declared: JSON.parse(json.textContent),
    rows: all(place, ".ytick text").map((tick) => ({ words: words(tick), at: middle(tick) })),
    columns: all(place, ".xtick text").map((tick) => ({ words: words(tick), at: middle(tick) })),
    notes: all(place, ".annotation-text").map(words),
    legend: all(place, ".legendtext").map(words),
    bars: traces("barlayer", ".point path"),
    marks: traces("scatterlayer", ".point"),
    lines: all(place, ".scatterlayer .trace").map((trace) => all(trace, "path.js-line").length),
  };
})"""


def shown(text: str) -> str:
    """A declared text as an SVG's `textContent` has it: tags and line breaks leave no trace."""
    for tag in ("<br>", "<b>", "</b>"):
        text = text.replace(tag, "")
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, plain)
    return text.replace("\u200b", "")


def figures(page: Page) -> list[dict[str, Any]]:
    """Every figure of an open page: as declared, and the labels and marks that stand in its SVG."""
    return list(page.evaluate(READ))


def held(figure: dict[str, Any]) -> None:
    """Labels, rows and values of one drawn figure are those declared."""
    data, layout = figure["declared"]["data"], figure["declared"]["layout"]
    labels = [shown(text) for text in layout["yaxis"].get("ticktext", ())]
    if labels:
        assert [row["words"] for row in figure["rows"]] == labels
    columns = [shown(text) for text in layout["xaxis"].get("ticktext", ())]
    if columns:
        assert [column["words"] for column in figure["columns"]] == columns
    notes = [shown(note["text"]) for note in layout.get("annotations", ())]
    assert figure["notes"] == notes
    bars = [trace for trace in data if trace["type"] == "bar"]
    assert len(figure["bars"]) == len(bars)
    _rows_and_lengths(figure, bars)
    lines = [t for t in data if t["type"] == "scatter" and "lines" in t["mode"]]
    assert sum(figure["lines"]) == len(lines)
    marks = [t for t in data if t["type"] == "scatter" and "markers" in t["mode"]]
    found = [trace for trace in figure["marks"] if trace]
    assert [len(trace) for trace in found] == [len(trace["x"]) for trace in marks if trace["x"]]
    if bars:
        for trace, points in zip(marks, found, strict=True):
            _on_rows(figure, trace["y"], points)


def _rows_and_lengths(figure: dict[str, Any], bars: list[dict[str, Any]]) -> None:
    """Every bar stands at its label, and is as long as its value, on one scale for all of them."""
    scales = []
    for trace, points in zip(bars, figure["bars"], strict=True):
        assert len(points) == len(trace["x"])
        wide = [(y, p) for x, y, p in zip(trace["x"], trace["y"], points, strict=True) if x]
        _on_rows(figure, [y for y, _ in wide], [p for _, p in wide])
        scales += [
            (p["width"], abs(x)) for x, p in zip(trace["x"], points, strict=True) if p["width"] > 20
        ]
    if scales:
        pixels = sum(width for width, _ in scales) / sum(value for _, value in scales)
        assert all(abs(width - pixels * value) < PIXEL for width, value in scales)


def _on_rows(figure: dict[str, Any], rows: list[int], points: list[dict[str, Any]]) -> None:
    for row, point in zip(rows, points, strict=True):
        assert abs(point["at"][1] - figure["rows"][row]["at"][1]) < 2 * PIXEL
