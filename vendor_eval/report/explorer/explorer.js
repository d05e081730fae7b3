// The explorer: what is moved on one side, what follows on the other. `host` is its home: in a report
// it is empty; in JupyterLab it asks Python for what takes thousands of draws, and saves scenarios.

import { evaluation } from "./evaluation.js";
import { controls } from "./controls.js";
import { h, note, say } from "./elements.js";
import { asRuled, isExplored, moves, question, weightsByPath } from "./moves.js";
import { conditions, intervals, ranking, sureness, winnerMap } from "./pictures.js";
import { inPoints, spelled } from "./wording.js";

const PAUSE = 50; // milliseconds without a move before the ranking is read out and Python is asked

export function explorer(root, model, host = {}) {
  const state = asRuled(model);
  const ruled = evaluation(model, state);
  let painting = 0, pause = 0;
  const act = moves(model, state, () => {
    painting ||= requestAnimationFrame(paint);
    clearTimeout(pause);
    pause = setTimeout(settle, PAUSE);
  });
  const save = host.save && ((name) =>
    host.save(name, weightsByPath(model, state)).then((found) => saved(model, act, name, found)));
  const panel = controls(model, { ...host, save }, act);
  const standing = standingBar(model, act);
  const results = resultsOf(model, ruled, act);
  laidOut(root, standing.element, panel.element, results.element);

  function paint() {
    painting = 0;
    const now = evaluation(model, state);
    const heard = python.answer(question(model, state, now));
    panel.show(state);
    standing.show(now, state);
    results.show(now, state, heard);
    return now;
  }
  function settle() {
    if (painting) cancelAnimationFrame(painting);
    const now = paint();
    standing.aloud(now);
    if (now.vendors.length) python.ask(question(model, state, now));
  }

  const python = correspondence(host.ask, settle);
  if (model.scenario) act.scenario(model.scenario);
  python.know(question(model, state, evaluation(model, state)), model.answer);
  settle();
}

// Questions to Python and the last answer: one at a time, and after each only the newest.
function correspondence(ask, heard) {
  const known = { of: null, answer: null };
  let waiting = false;
  const know = (asked, answer) => Object.assign(known, { of: JSON.stringify(asked), answer });
  const answer = (asked) => (known.of === JSON.stringify(asked) ? known.answer : null);
  return {
    know,
    answer,
    async ask(asked) {
      if (!ask || waiting || answer(asked)) return;
      waiting = true;
      know(asked, await ask(asked));
      waiting = false;
      heard(); // paints the answer, or asks again where something was moved meanwhile
    },
  };
}

function saved(model, act, name, { scenario, error }) {
  if (error) return `Not saved: ${error}.`;
  model.scenarios[name] = scenario;
  act.scenario(name);
  const late = scenario.late ? ", added after sealing" : "";
  return `Saved in evaluation.yaml as ${name}${late}. Only the weights are kept.`;
}

// What stays in sight: whether this is the rules or explored, the first three, and the way back.
function standingBar(model, act) {
  const badge = h("b", { class: "vx-badge" }), short = h("span", { class: "vx-short", "aria-hidden": "true" });
  const live = h("p", { class: "vx-aloud", "aria-live": "polite" });
  const back = h("button", { type: "button", click: () => act.reset() }, "Back to the rules");
  const name = ({ vendors }, v) => model.vendors[vendors[v]].name;
  const first = (now, told) =>
    now.order.slice(0, 3).map((v) => told(now.ranks[v], name(now, v), inPoints(now.scores[v])));

  function show(now, state) {
    const explored = isExplored(model, state), rules = model.sealed ? "The sealed rules" : "The rules (not sealed)";
    say(badge, !explored ? rules : state.scenario ? `Explored: ${spelled(state.scenario)}` : "Explored");
    badge.classList.toggle("vx-explored", explored);
    back.disabled = !explored && state.concentration === model.concentration && !state.method && !state.locked.size;
    say(short, first(now, (rank, vendor, score) => `${rank}. ${vendor} ${score}`).join("  \u00b7  "));
  }
  function aloud(now) {
    const told = first(now, (rank, vendor, score) => `${rank} ${vendor} with ${score} points`);
    say(live, told.length ? `${badge.textContent}: ${told.join(", ")}.` : "Nobody is left to rank.");
  }
  return { element: h("div", { class: "vx-now" }, badge, short, back, live), show, aloud };
}

// What follows from a state, each with its heading.
function resultsOf(model, ruled, act) {
  const bars = ranking(model, ruled), sure = sureness(model), bands = intervals(model);
  // in a public procedure nothing that was offered can be changed
  const needs = model.negotiable ? conditions(model, act.rival) : null, map = winnerMap(model);
  const told = note();
  const element = h("div", { class: "vx-results" },
    h("h3", {}, "Ranking"), bars.element, told,
    h("h3", {}, "How firm"), sure.element,
    h("h3", {}, "How far each weight may move"), bands.element,
    ...(needs ? [h("h3", {}, "What would it take"), needs.element] : []),
    h("h3", {}, "Who is first over two weights"), map.element);

  function show(now, state, heard) {
    const none = heard?.opinion?.error ? `${spelled(state.method)} gives no ranking: ${heard.opinion.error}.` : "";
    bars.show(now, heard?.opinion);
    say(told, heard?.error ? `Python could not follow: ${heard.error}` : none);
    sure.show(now, state, heard?.near);
    bands.show(now);
    needs?.show(now, state.rival);
    map.show(heard?.map);
  }
  return { element, show };
}

function laidOut(root, standing, panel, results) {
  root.classList.add("vx");
  // JupyterLab would take arrow keys and letters away from what is focused here
  root.setAttribute("data-lm-suppress-shortcuts", "true");
  root.addEventListener("keydown", (event) => !event.ctrlKey && !event.metaKey && event.stopPropagation());
  root.replaceChildren(standing, h("div", { class: "vx-both" }, panel, results));
}
