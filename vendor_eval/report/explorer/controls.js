// What can be moved: weights at every level of the tree, scenario, price formula, vendors, gates.

import { families, topOf } from "./evaluation.js";
import { check, fill, h, note, select, slider } from "./elements.js";
import { listed, percent, spelled } from "./wording.js";

const group = (title, ...children) => h("fieldset", {}, h("legend", {}, title), ...children);
const folded = (title, ...children) =>
  h("details", { class: "vx-fold" }, h("summary", {}, title), h("div", { role: "group", "aria-label": title }, ...children));

// The controls, and a function that shows a state in them. `act` has one function for each move.
export function controls(model, host, act) {
  const named = (names, own) => names.map((name) => [name, own[name] ?? spelled(name)]);
  const formulas = named(Object.keys(model.formulas), { own: "as the rules say" });
  const weights = weightRows(model, act), taking = takingPart(model, act);
  const scenario = select("Start from", [], act.scenario);
  const formula = select("The price is valued", formulas, act.formula);
  const method = select("A second opinion", named(["", ...(host.methods ?? [])], { "": "none" }), act.method);
  const loose = model.concentration === null || model.fitting ? null : looseness(model, act.concentration);
  const keeping = host.save ? saving(host.save) : null;
  const folds = [["price", formulas.length > 1 && formula], ["re-runs", loose],
    ["other methods", host.methods?.length && method]].filter(([, one]) => one);
  const title = listed(folds.map(([what]) => what)), others = folds.map(([, one]) => one.element);
  const element = h("div", { class: "vx-controls" },
    scenario.element,
    group("Weights", ...weights.tops),
    ...taking.elements,
    others.length ? folded(title[0].toUpperCase() + title.slice(1), ...others) : null,
    keeping?.element ?? null);
  // what only Python can do
  const connected = (live) => {
    method.input.disabled = live !== true;
    if (keeping) keeping.button.disabled = live !== true;
  };

  function show(state) {
    weights.show(state);
    taking.show(state);
    fill(scenario.input, scenarioOptions(model, state));
    scenario.input.value = state.scenario ?? "?";
    formula.input.value = state.formula;
    method.input.value = state.method;
    if (loose) loose.input.value = String(state.concentration);
  }
  return { element, show, connected };
}

// How closely weights are drawn around those set: the rules' own, and the presets.
function looseness({ concentration, presets }, changed) {
  const options = Object.entries(presets).map(([name, c]) => [String(c), name]);
  const own = options.some(([value]) => value === String(concentration));
  const every = own ? options : [[String(concentration), "as the rules say"], ...options];
  return select("How far weights may be off", every, (value) => changed(Number(value)));
}

function scenarioOptions({ scenarios, sealed }, state) {
  const known = Object.entries(scenarios).map(([name, { late }]) =>
    [name, spelled(name) + (late ? " (added after sealing)" : "")]);
  const byHand = state.scenario === null ? [["?", "weights moved by hand"]] : [];
  return [["", sealed ? "the sealed rules" : "the rules"], ...known, ...byHand];
}

// The rows of a branch's children, and the button that unfolds them.
function insides(label, rows) {
  const element = h("div", { class: "vx-within", hidden: true }, ...rows), name = `within ${label}`;
  const click = () => {
    element.hidden = !element.hidden;
    button.setAttribute("aria-expanded", String(!element.hidden));
  };
  const button = h("button", { type: "button", class: "vx-step", "aria-expanded": "false", "aria-label": name, title: name, click }, "\u25be");
  return { button, element };
}

// A slider and a lock for every node; the children of a branch are folded away under it.
function weightRows({ nodes, colours }, act) {
  const kin = families(nodes), top = topOf(nodes), sliders = [], locks = [];

  function row(n, place) {
    const { label, parent } = nodes[n], only = kin.get(parent).length < 2;
    sliders[n] = slider(`Weight of ${label}`, { disabled: only }, (share) => act.weight(n, share));
    locks[n] = check("hold", false, (on) => act.lock(n, on), `Hold the weight of ${label}`);
    const colour = colours[place % colours.length];
    const chip = top.includes(n) ? h("i", { class: "vx-chip", style: `background:${colour}` }) : null;
    const { input, value } = sliders[n], within = kin.has(n) ? insides(label, kin.get(n).map(row)) : {};
    return h("div", { class: "vx-node" },
      h("div", { class: "vx-row" }, h("span", {}, chip, label), value, input, only ? null : locks[n].element,
        within.button ?? null),
      within.element ?? null);
  }
  const tops = top.map(row);

  function show({ shares, locked }) {
    for (const [n, { parent }] of nodes.entries()) {
      if (!sliders[n]) continue;
      sliders[n].show(shares[n], percent(shares[n]));
      sliders[n].input.disabled = locked.has(n) || kin.get(parent).every((i) => i === n || locked.has(i));
      locks[n].input.checked = locked.has(n);
    }
  }
  return { tops, show };
}

// Vendors in and out, gates on and off; held where a value depends on them that only Python can count.
function takingPart(model, act) {
  const vendors = model.vendors.map(({ name }, v) => check(name, true, (on) => act.vendor(v, on)));
  const gates = model.gates.map(({ label }, g) => check(label, true, (on) => act.gate(g, on)));
  const held = model.fixed.length > 0;
  for (const { input } of [...vendors, ...gates]) input.disabled = held;
  const elements = [
    folded("Vendors taking part", h("div", { class: "vx-list" }, ...vendors.map((c) => c.element))),
    gates.length ? folded("Gates that hold", ...gates.map((c) => c.element)) : null,
    held ? note(`Who takes part cannot be moved: only Python can value ${model.fixed.join(", ")}.`) : null,
  ];

  function show({ without, ungated }) {
    vendors.forEach(({ input }, v) => (input.checked = !without.has(v)));
    gates.forEach(({ input }, g) => (input.checked = !ungated.has(g)));
  }
  return { elements, show };
}

function saving(save) {
  const status = h("p", { class: "vx-note", role: "status" });
  const label = { "aria-label": "Name of the scenario", placeholder: "security_first", spellcheck: "false" };
  const name = h("input", { type: "text", ...label });
  const click = () => save(name.value.trim()).then((text) => (status.textContent = text));
  const button = h("button", { type: "button", click }, "Save");
  name.addEventListener("keydown", (event) => event.key === "Enter" && button.click());
  const element = folded("Save these weights as a scenario", h("div", { class: "vx-save" }, name, button), status);
  return { element, button };
}
