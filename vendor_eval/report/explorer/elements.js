// Elements made of text and attributes alone: nothing that anybody typed is ever read as markup.

export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

export const note = (text = "") => h("p", { class: "vx-note" }, text);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// Only what differs is touched: at fifty vendors that is what keeps a slider smooth.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function place(element, name, value) {
  if (element.style[name] !== value) element.style[name] = value;
}

export function check(label, checked, changed, name = label) {
  const input = h("input", { type: "checkbox", checked, "aria-label": name, change: () => changed(input.checked) });
  return { input, element: h("label", { class: "vx-check" }, input, h("span", {}, label)) };
}

export function select(label, options, changed) {
  const input = h("select", { "aria-label": label, change: () => changed(input.value) });
  fill(input, options);
  return { input, element: h("label", { class: "vx-select" }, h("span", {}, label), input) };
}

// Options as [value, text]; the chosen one stays chosen where it is still there.
export function fill(input, options) {
  const chosen = input.value, same = JSON.stringify(options);
  if (input.dataset.options === same) return;
  input.dataset.options = same;
  input.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
  if (options.some(([value]) => value === chosen)) input.value = chosen;
}

export function slider(label, attributes, moved) {
  const value = h("span", { class: "vx-value", "aria-hidden": "true" }); // the slider itself announces it
  const input = h("input", { type: "range", min: "0", max: "100", step: "1", "aria-label": label, ...attributes });
  input.addEventListener("input", () => moved(Number(input.value) / 100));
  const show = (share, text) => {
    const rounded = String(Math.round(100 * share));
    if (input.value !== rounded) input.value = rounded;
    input.setAttribute("aria-valuetext", text);
    say(value, text);
  };
  return { input, value, show };
}
