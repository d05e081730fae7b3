import { explorer } from "./explorer.js";
import { asRuled, question, scenarioOf, weightsByPath } from "./moves.js";

// In JupyterLab, as an anywidget: each question has a number, and only its own answer is taken.
const TRAITS = ["weights", "without", "gates_off", "price_formula", "concentration"];
const PATIENCE = 6000; // milliseconds after which Python counts as gone, until it answers after all
let questions = 0;

// The state that a widget's traits say, by name; and the traits of a state.
function stateOf(model, traits) {
  const state = asRuled(model);
  const at = (names, list, key) => new Set(names.map((name) => list.findIndex((one) => one[key] === name)));
  state.shares = model.nodes.map(({ path }, n) => traits.weights[path] ?? model.rules[n]);
  return Object.assign(state, {
    before: [...state.shares], scenario: scenarioOf(model, state.shares),
    without: at(traits.without, model.vendors, "name"), ungated: at(traits.gates_off, model.gates, "id"),
    formula: traits.price_formula, concentration: traits.concentration,
  });
}

function traitsOf(model, state) {
  const { without, ungated, price_formula, concentration } = question(model, state, { out: new Map() });
  return { weights: weightsByPath(model, state), without, gates_off: ungated, price_formula, concentration };
}

function render({ model, el }) {
  const open = new Map();
  let hears = () => {}, moved = () => {}, kept = null, keeping = false;
  // messages to a kernel that was restarted are lost in silence
  const asked = (kind, details) => new Promise((resolve) => {
    questions += 1;
    const id = `${Date.now()}-${questions}`; // several views of a widget share its messages
    open.set(id, resolve);
    setTimeout(() => open.has(id) && hears(false), PATIENCE);
    try {
      model.send({ id, kind, ...details });
    } catch { // what JupyterLab throws while the kernel restarts
      hears(false);
    }
  });
  const answered = ({ id, ...answer }) => {
    hears(true);
    open.get(id)?.(answer);
    open.delete(id);
  };
  const traits = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const changed = () => !keeping && JSON.stringify(traits()) !== JSON.stringify(kept) && moved(traits());
  const lost = () => {
    hears(false);
    asked("hello");
  };
  model.on("msg:custom", answered);
  model.on("comm_live_update", lost);
  for (const name of TRAITS) model.on(`change:${name}`, changed);
  const root = document.createElement("div"), data = structuredClone(model.get("page_data"));
  el.append(root);
  const end = explorer(root, data, {
    methods: model.get("methods"),
    ask: (question) => asked("ask", question),
    save: (name, weights) => asked("save", { name, weights }),
    state: () => stateOf(data, traits()),
    watch: (listener) => (moved = (traits) => listener(stateOf(data, traits))),
    connected: (listener) => (hears = listener),
    keep(state) {
      const next = traitsOf(data, state);
      if (JSON.stringify(next) === JSON.stringify(traits())) return;
      kept = next;
      keeping = true; // each of them says that it has changed
      for (const name of TRAITS) model.set(name, next[name]);
      keeping = false;
      model.save_changes();
    },
  });
  hears(null);
  asked("hello");
  return () => {
    end();
    model.off("msg:custom", answered);
    model.off("comm_live_update", lost);
    for (const name of TRAITS) model.off(`change:${name}`, changed);
  };
}

export default { render };
