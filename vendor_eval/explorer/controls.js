// What can be moved: weights at every level of the tree, scenario, price formula, vendors, gates.

import { families } from "./evaluation.js";
import { check, fill, h, select, slider } from "./elements.js";
import { percent, spelled } from "./wording.js";

const BY_HAND = ["?", "weights moved by hand"];

const group = (title, ...children) => h("fieldset", {}, h("legend", {}, title), ...children);
const RULED = { own: "as the rules say" };

// The controls, and a function that shows a state in them. `act` has one function for each move.
export function controls(model, host, act) {
  const rows = weightRows(model, act);
  const scenario = select("Start from", [], act.scenario);
  const formula = select("The price is valued", Object.keys(model.formulas).map((name) => [name, RULED[name] ?? spelled(name)]), act.formula);
  const method = select("A second opinion", [["", "none"], ...(host.methods ?? []).map((name) => [name, spelled(name)])], act.method);
  const spread = slider("How far each weight may be off", { max: "90" }, act.spread);
  const vendors = model.vendors.map(({ name }, v) => check(name, true, (on) => act.vendor(v, on)));
  const gates = model.gates.map(({ label }, g) => check(label, true, (on) => act.gate(g, on)));
  const held = model.fixed.length > 0; // values that only Python can count anew
  for (const { input } of [...vendors, ...gates]) input.disabled = held;
  const why = held ? `Who takes part cannot be moved here: only Python values ${model.fixed.join(", ")}.` : "";
  const element = h("div", { class: "vx-controls" },
    scenario.element,
    group("Weights", ...rows.tops),
    Object.keys(model.formulas).length > 1 ? formula.element : null,
    group("Vendors taking part", ...vendors.map((c) => c.element)),
    gates.length ? group("Gates that hold", ...gates.map((c) => c.element)) : null,
    held ? h("p", { class: "vx-note" }, why) : null,
    h("div", { class: "vx-row" }, h("span", {}, "How far each weight may be off"), spread.value, spread.input),
    host.methods ? method.element : null,
    host.save ? saving(host.save) : null);

  function show(state) {
    rows.show(state);
    const known = Object.entries(model.scenarios).map(([name, { late }]) => [name, spelled(name) + (late ? " (added after sealing)" : "")]);
    fill(scenario.input, [["", model.sealed ? "the sealed rules" : "the rules"], ...known, ...(state.scenario === null ? [BY_HAND] : [])]);
    scenario.input.value = state.scenario ?? BY_HAND[0];
    formula.input.value = state.formula;
    method.input.value = state.method;
    spread.show(state.spread, percent(state.spread));
    vendors.forEach(({ input }, v) => (input.checked = !state.without.has(v)));
    gates.forEach(({ input }, g) => (input.checked = !state.ungated.has(g)));
  }
  return { element, show };
}

// A slider and a lock for every node; the children of a branch are folded away beneath it.
function weightRows({ nodes, colours }, act) {
  const kin = families(nodes), sliders = [], locks = [];
  const branch = (parent) => kin.get(parent).map((n, place) => {
    const { label } = nodes[n], only = kin.get(parent).length < 2;
    sliders[n] = slider(`Weight of ${label}`, { disabled: only }, (share) => act.weight(n, share));
    locks[n] = check("hold", false, (on) => act.lock(n, on), `Hold the weight of ${label}`);
    const chip = parent < 0 ? h("i", { class: "vx-chip", style: `background:${colours[place % colours.length]}` }) : null;
    const row = h("div", { class: "vx-row" }, h("span", {}, chip, label), sliders[n].value, sliders[n].input, only ? null : locks[n].element);
    const beneath = kin.has(n) ? h("details", {}, h("summary", {}, `within ${label}`), ...branch(n)) : null;
    return h("div", { class: "vx-node" }, row, beneath);
  });
  const tops = branch(-1);
  function show({ shares, locked }) {
    for (const n of nodes.keys()) {
      sliders[n].show(shares[n], percent(shares[n]));
      sliders[n].input.disabled = locked.has(n) || kin.get(nodes[n].parent).every((i) => i === n || locked.has(i));
      locks[n].input.checked = locked.has(n);
    }
  }
  return { tops, show };
}

function saving(save) {
  const told = h("p", { class: "vx-note", role: "status" });
  const name = h("input", { type: "text", "aria-label": "Name of the scenario", placeholder: "security_first", spellcheck: "false" });
  const button = h("button", { type: "button", click: () => save(name.value.trim()).then((text) => (told.textContent = text)) }, "Save");
  name.addEventListener("keydown", (event) => event.key === "Enter" && button.click());
  return group("Save these weights as a scenario", h("div", { class: "vx-save" }, name, button), told);
}
