"""A slider that assistive technology can name: ipywidgets' own handle has no label."""

import anywidget
import ipywidgets as widgets

VIEW = """
export default {
  render({ model, el }) {
    const label = document.createElement("label"), range = document.createElement("input");
    const shown = document.createElement("output");
    const show = () => { range.value = model.get("value"); shown.textContent = range.value; };
    const [min, max, step] = ["min", "max", "step"].map((name) => model.get(name));
    Object.assign(range, { type: "range", min, max, step });
    range.style.width = "calc(100% - 3rem)";
    // JupyterLab would move to another cell with the arrow keys
    range.addEventListener("keydown", (event) => event.stopPropagation());
    range.addEventListener("input", () => { shown.textContent = range.value; });
    range.addEventListener("change", () => {
      model.set("value", range.valueAsNumber);
      model.save_changes();
    });
    model.on("change:value", show);
    label.append(model.get("description"), document.createElement("br"), range);
    el.append(label, " ", shown);
    show();
  },
};
"""


class NativeSlider(anywidget.AnyWidget, widgets.IntSlider):
    """An IntSlider drawn as the browser's own range input, within its label."""

    _esm = VIEW
