// The explorer: what is moved on one side, what follows on the other. `host` is its home: in a report
// it is empty; in JupyterLab it asks Python for what takes thousands of draws, and saves scenarios.

import { evaluation, shareMoved } from "./evaluation.js";
import { controls } from "./controls.js";
import { h, say } from "./elements.js";
import { conditions, intervals, ranking, sureness, winnerMap } from "./pictures.js";
import { inPoints, spelled } from "./wording.js";

const PAUSE = 50; // milliseconds without a move before Python is asked and the ranking read out
const same = (one, other) => one.every((share, n) => Math.abs(share - other[n]) < 1e-12);

export function explorer(root, model, host = {}) {
  const rules = () => ({
    shares: [...model.rules], before: [...model.rules], locked: new Set(), without: new Set(), ungated: new Set(),
    formula: "own", spread: model.spread, method: "", scenario: "", rival: null,
  });
  const state = rules();
  const start = model.scenario ?? "";
  const ruled = evaluation(model, state);
  const key = () => JSON.stringify([state.shares, [...state.without].sort(), [...state.ungated].sort(), state.formula, state.spread, state.method]);
  let answer = null, waiting = false, painting = 0, pause = 0;

  const moving = (change) => (...details) => {
    change(...details);
    painting ||= requestAnimationFrame(paint);
    clearTimeout(pause);
    pause = setTimeout(settle, PAUSE);
  };
  const toggle = (set, n, on) => (on ? set.add(n) : set.delete(n));
  const act = {
    scenario: moving((name) => {
      const shares = name ? model.scenarios[name].shares : model.rules;
      Object.assign(state, { shares: [...shares], before: [...shares], locked: new Set(), scenario: name });
    }),
    weight: moving((n, share) => {
      const shares = shareMoved(model.nodes, state.shares, n, share, state.locked, state.before);
      const family = model.nodes.flatMap(({ parent }, i) => (parent === model.nodes[n].parent && i !== n ? [i] : []));
      if (family.some((i) => shares[i] > 0)) for (const i of [...family, n]) state.before[i] = shares[i];
      state.shares = shares;
      state.scenario = Object.keys(model.scenarios).find((name) => same(shares, model.scenarios[name].shares)) ?? null;
      if (same(shares, model.rules)) state.scenario = "";
    }),
    lock: moving((n, on) => toggle(state.locked, n, on)),
    vendor: moving((v, on) => toggle(state.without, v, !on)),
    gate: moving((g, on) => toggle(state.ungated, g, !on)),
    formula: moving((name) => (state.formula = name)),
    spread: moving((share) => (state.spread = share)),
    method: moving((name) => (state.method = name)),
    rival: moving((vendor) => (state.rival = Number(vendor))),
    reset: moving(() => Object.assign(state, rules())),
  };
  if (host.save) {
    const save = host.save;
    host = { ...host, save: (name) => save(name, weights()).then((found) => saved(name, found)) };
  }

  const badge = h("b", { class: "vx-badge" }), short = h("span", { class: "vx-short", "aria-hidden": "true" });
  const aloud = h("p", { class: "vx-aloud", "aria-live": "polite" });
  const back = h("button", { type: "button", click: () => act.reset() }, "Back to the rules");
  const panel = controls(model, host, act);
  const [bars, sure, bands, needs, map] = [ranking(model, ruled), sureness(model), intervals(model), conditions(model, act.rival), winnerMap(model)];
  const mapTitle = h("h3", {}, "Who is first over two weights"), opinion = h("p", { class: "vx-note" });
  root.classList.add("vx");
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  // JupyterLab would take arrow keys and letters away from what is focused here
  root.addEventListener("keydown", (event) => !event.ctrlKey && !event.metaKey && event.stopPropagation());
  root.replaceChildren(
    h("div", { class: "vx-now" }, badge, short, back, aloud),
    h("div", { class: "vx-both" }, panel.element,
      h("div", { class: "vx-results" },
        h("h3", {}, "Ranking"), bars.element, opinion,
        h("h3", {}, "How sure"), sure.element,
        h("h3", {}, "How far each weight may move"), bands.element,
        h("h3", {}, "What would it take"), needs.element,
        mapTitle, map.element)));

  function paint() {
    painting = 0;
    const now = evaluation(model, state);
    const heard = answer?.key === key() ? answer : null;
    panel.show(state);
    const explored = !same(state.shares, model.rules) || state.without.size || state.ungated.size || state.formula !== "own";
    const rulesName = model.sealed ? "The sealed rules" : "The rules (not sealed)";
    say(badge, explored ? (state.scenario ? `Explored: ${spelled(state.scenario)}` : "Explored") : rulesName);
    badge.classList.toggle("vx-explored", Boolean(explored));
    back.disabled = !explored && state.spread === model.spread && !state.method && !state.locked.size;
    say(short, now.order.slice(0, 3).map((v) => `${now.ranks[v]}. ${model.vendors[now.vendors[v]].name} ${inPoints(now.scores[v])}`).join("  \u00b7  "));
    bars.show(now, heard?.opinion);
    const failed = heard?.opinion?.error ? `${spelled(state.method)} gives no ranking: ${heard.opinion.error}.` : "";
    say(opinion, heard?.error ? `Python could not follow: ${heard.error}` : failed);
    sure.show(now, state.spread, heard?.near);
    bands.show(now);
    needs.show(now, state.rival);
    mapTitle.hidden = !heard?.map;
    map.show(heard?.map);
    return now;
  }

  // A pause: the ranking is read out once, and Python is asked, one question at a time, the newest.
  function settle() {
    const now = painting ? null : paint();
    if (!now) return void (pause = setTimeout(settle, PAUSE));
    const said = now.order.slice(0, 3).map((v) => `${now.ranks[v]} ${model.vendors[now.vendors[v]].name} with ${inPoints(now.scores[v])} points`);
    say(aloud, said.length ? `${badge.textContent}: ${said.join(", ")}.` : "Nobody is left to rank.");
    ask(now);
  }
  async function ask(now) {
    const asked = key();
    if (!host.ask || waiting || answer?.key === asked || !now.vendors.length) return;
    waiting = true;
    answer = { ...(await host.ask(question(now))), key: asked };
    waiting = false;
    if (asked === key()) paint();
    else settle();
  }
  const weights = () => Object.fromEntries(model.nodes.map(({ path }, n) => [path, state.shares[n]]));
  function question(now) {
    const unscored = [...now.out].flatMap(([v, { why }]) => (why ? [v] : []));
    return {
      weights: weights(),
      without: [...new Set([...state.without, ...unscored])].map((v) => model.vendors[v].name),
      ungated: [...state.ungated].map((g) => model.gates[g].id),
      price_formula: state.formula, spread: state.spread, method: state.method || null,
    };
  }
  function saved(name, { scenario, error }) {
    if (error) return `Not saved: ${error}.`;
    model.scenarios[name] = scenario;
    act.scenario(name);
    return `Saved in evaluation.yaml as ${name}${scenario.late ? ", added after sealing" : ""}. Only the weights are kept.`;
  }

  if (start) act.scenario(start);
  answer = model.answer && { ...model.answer, key: key() };
  settle();
}
