// A state of the explorer, and every move that leads from one to the next.

import { sameShares, shareMoved } from "./evaluation.js";

// The rules as they stand: `before` remembers proportions of siblings that have come to 0.
export function asRuled(model) {
  return {
    shares: [...model.rules], before: [...model.rules], locked: new Set(), scenario: "",
    without: new Set(), ungated: new Set(), formula: "own",
    concentration: model.concentration, method: "", rival: null,
  };
}

// The state of the result itself: the rules, or the scenario that it was weighed by.
export function asAssessed(model) {
  const state = asRuled(model), { scenario } = model;
  if (!scenario) return state;
  const { shares } = model.scenarios[scenario];
  return Object.assign(state, { shares: [...shares], before: [...shares], scenario });
}

// Every state that somebody paused at, so that each can be returned to.
export function journey(state) {
  const copied = (from) => Object.fromEntries(Object.entries(from).map(([key, value]) =>
    [key, value instanceof Set ? new Set(value) : Array.isArray(value) ? [...value] : value]));
  const written = (from) => JSON.stringify(from, (_, value) => (value instanceof Set ? [...value].sort() : value));
  const past = [], ahead = [];
  let now = copied(state);
  const note = () => {
    if (written(state) === written(now)) return;
    past.push(now);
    now = copied(state);
    ahead.length = 0;
  };
  const go = (from, to) => {
    note(); // a move that nobody has paused after is a step too
    if (!from.length) return;
    to.push(now);
    now = from.pop();
    Object.assign(state, copied(now));
  };
  return {
    note,
    undo: () => go(past, ahead),
    redo: () => go(ahead, past),
    can: () => ({ undo: past.length > 0, redo: ahead.length > 0 }),
  };
}

// One function for each control; each changes `state` and then calls `changed`.
export function moves(model, state, changed, way = journey(state)) {
  const then = (move) => (...details) => {
    move(...details);
    changed();
  };
  const toggle = (set, member, on) => (on ? set.add(member) : set.delete(member));
  return {
    scenario: then((name) => {
      const shares = name ? model.scenarios[name].shares : model.rules;
      Object.assign(state, { shares: [...shares], before: [...shares], locked: new Set(), scenario: name });
    }),
    weight: then((n, share) => {
      const { parent } = model.nodes[n];
      state.shares = shareMoved(model.nodes, state.shares, n, share, state.locked, state.before);
      const family = [...model.nodes.keys()].filter((i) => model.nodes[i].parent === parent);
      if (family.some((i) => i !== n && state.shares[i] > 0)) {
        for (const i of family) state.before[i] = state.shares[i];
      }
      state.scenario = scenarioOf(model, state.shares);
    }),
    lock: then((n, on) => toggle(state.locked, n, on)),
    vendor: then((v, on) => toggle(state.without, v, !on)),
    gate: then((g, on) => toggle(state.ungated, g, !on)),
    formula: then((name) => (state.formula = name)),
    concentration: then((typed) => (state.concentration = typed)),
    method: then((name) => (state.method = name)),
    rival: then((vendor) => (state.rival = Number(vendor))),
    reset: then(() => Object.assign(state, asRuled(model))),
    become: then(({ locked, method, rival, ...other }) => Object.assign(state, other)),
    undo: then(way.undo),
    redo: then(way.redo),
  };
}

// The scenario with these shares, "" for the rules, null where weights were moved by hand.
export function scenarioOf(model, shares) {
  if (sameShares(shares, model.rules)) return "";
  return Object.keys(model.scenarios).find((name) => sameShares(shares, model.scenarios[name].shares)) ?? null;
}

export function isExplored(model, { shares, without, ungated, formula }) {
  return !sameShares(shares, model.rules) || without.size > 0 || ungated.size > 0 || formula !== "own";
}

export function weightsByPath({ nodes }, { shares }) {
  return Object.fromEntries(nodes.map(({ path }, n) => [path, shares[n]]));
}

// What is asked of Python: the state by name, without those whom the moved rules cannot score.
export function question(model, state, { out }) {
  const unscored = [...out].flatMap(([v, { why }]) => (why ? [v] : []));
  return {
    weights: weightsByPath(model, state),
    without: [...new Set([...state.without, ...unscored])].sort((a, b) => a - b).map((v) => model.vendors[v].name),
    ungated: [...state.ungated].sort((a, b) => a - b).map((g) => model.gates[g].id),
    price_formula: state.formula,
    concentration: state.concentration,
    method: state.method || null,
  };
}
