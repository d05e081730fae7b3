// The explorer: what is moved on one side, what follows on the other. `host` is its home: in a report
// it is empty; in JupyterLab it asks Python for what takes thousands of draws, saves scenarios, and keeps what is
// moved in traits of a widget.

import { evaluation } from "./evaluation.js";
import { controls } from "./controls.js";
import { h, note, say } from "./elements.js";
import { asAssessed, asRuled, isExplored, journey, moves, question, weightsByPath } from "./moves.js";
import { conditions, intervals, ranking, sureness, winnerMap } from "./pictures.js";
import { spelled, standingText } from "./wording.js";

const PAUSE = 200; // milliseconds without a move before it is a step, the ranking is read out and Python is asked

export function explorer(root, model, host = {}) {
  const assessed = asAssessed(model), state = host.state ? host.state() : { ...assessed };
  const ruled = evaluation(model, asRuled(model)), way = journey(state);
  let painting = 0, pause = 0, now = evaluation(model, state);
  const act = moves(model, state, () => {
    painting ||= requestAnimationFrame(paint);
    clearTimeout(pause);
    pause = setTimeout(settle, PAUSE);
  }, way);
  const save = host.save && ((name) =>
    host.save(name, weightsByPath(model, state)).then((found) => saved(model, act, name, found)));
  const panel = controls(model, { ...host, save }, act);
  const standing = standingBar(model, act, way, host.ask);
  const results = resultsOf(model, ruled, act);
  const end = laidOut(root, act, standing.element, panel.element, results.element);

  const asked = () => question(model, state, now);
  function paint() {
    if (painting) cancelAnimationFrame(painting);
    painting = 0;
    now = evaluation(model, state);
    panel.show(state);
    standing.show(now, state);
    results.show(now, state, python.answer(asked()));
  }
  function settle() {
    way.note();
    if (painting) paint();
    else standing.show(now, state); // with the step that can be undone now
    standing.aloud(now);
    host.keep?.(state);
    ask();
  }
  function ask() {
    if (now.vendors.length) python.ask(asked());
  }

  const python = correspondence(host.ask, () => {
    paint();
    ask();
  });
  python.know(question(model, assessed, evaluation(model, assessed)), model.answer);
  paint();
  settle();
  host.watch?.(act.become);
  // true, false, or null where Python was not heard of yet
  host.connected?.((live) => {
    panel.connected(live);
    standing.connected(live);
  });
  return end;
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
      know(asked, await ask(asked)); // never, where nobody is there to answer
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

// What stays in sight: whether this is the rules or explored, the first three, and the ways back.
function standingBar(model, act, way, asks) {
  const badge = h("b", { class: "vx-badge" }), short = h("span", { class: "vx-short", "aria-hidden": "true" });
  const live = h("p", { class: "vx-aloud", "aria-live": "polite" });
  const back = h("button", { type: "button", click: () => act.reset() }, "Back to the rules");
  const [undo, redo] = [["undo", "\u21b6", "Undo"], ["redo", "\u21b7", "Redo"]].map(([move, sign, name]) =>
    h("button", { type: "button", class: "vx-step", title: name, "aria-label": name, click: () => act[move]() }, sign));
  const alone = h("p", { class: "vx-note vx-alone", role: "status", hidden: true },
    asks ? "Python does not answer: the kernel is busy, was restarted, or has ended. What you move is counted here. " +
      "Saving and second opinions need the notebook run again." : "");
  const name = ({ vendors }, v) => model.vendors[vendors[v]].name;
  const first = (now, worded) =>
    now.order.slice(0, 3).map((v) => worded(now.ranks[v], name(now, v), standingText(model, now.standings[v])));

  function show(now, state) {
    const explored = isExplored(model, state), rules = model.sealed ? "The sealed rules" : "The rules (not sealed)";
    say(badge, !explored ? rules : state.scenario ? `Explored: ${spelled(state.scenario)}` : "Explored");
    badge.classList.toggle("vx-explored", explored);
    const steps = [undo, redo, back], focused = steps.find((button) => button.matches(":focus"));
    back.disabled = !explored && state.concentration === model.concentration && !state.method && !state.locked.size;
    undo.disabled = !way.can().undo;
    redo.disabled = !way.can().redo;
    // a disabled button loses the focus, and the explorer its keys with it
    if (focused?.disabled) steps.find((button) => !button.disabled)?.focus();
    say(short, first(now, (rank, vendor, score) => `${rank}. ${vendor} ${score}`).join("  \u00b7  "));
  }
  function aloud(now) {
    const leaders = first(now, (rank, vendor, score) => `${rank} ${vendor} with ${score}${model.divisor ? "" : " points"}`);
    say(live, leaders.length ? `${badge.textContent}: ${leaders.join(", ")}.` : "Nobody is left to rank.");
  }
  const ways = h("span", { class: "vx-ways" }, undo, redo, back);
  const element = h("div", { class: "vx-now" }, badge, short, ways, live, alone);
  return { element, show, aloud, connected: (live) => (alone.hidden = live !== false) };
}

// What follows from a state, each with its heading.
function resultsOf(model, ruled, act) {
  const bars = ranking(model, ruled), sure = sureness(model), bands = intervals(model);
  // in a public procedure nothing that was offered can be changed
  const needs = model.negotiable ? conditions(model, act.rival) : null, map = winnerMap(model);
  const remark = note();
  const element = h("div", { class: "vx-results" },
    h("h3", {}, "Ranking"), bars.element, remark,
    h("h3", {}, "How firm"), sure.element,
    h("h3", {}, "How far each weight may move"), bands.element,
    ...(needs ? [h("h3", {}, "What would it take"), needs.element] : []),
    h("h3", {}, "Who is first over two weights"), map.element);

  function show(now, state, heard) {
    const none = heard?.opinion?.error ? `${spelled(state.method)} gives no ranking: ${heard.opinion.error}.` : "";
    bars.show(now, heard?.opinion);
    say(remark, heard?.error ? `Python could not follow: ${heard.error}` : none);
    sure.show(now, state, heard?.near);
    bands.show(now);
    needs?.show(now, state.rival);
    map.show(heard?.map);
  }
  return { element, show };
}

function laidOut(root, act, standing, panel, results) {
  root.classList.add("vx");
  // JupyterLab would take arrow keys and letters away from what is focused here; its own with Ctrl, such as saving,
  // stay. It looks while a key is on its way down, so this is decided before
  const suppress = (event) => {
    const theirs = (event.ctrlKey || event.metaKey) && !stepOf(event);
    if (root.contains(event.target)) root.toggleAttribute("data-lm-suppress-shortcuts", !theirs);
  };
  window.addEventListener("keydown", suppress, true);
  root.addEventListener("keydown", (event) => {
    const move = stepOf(event);
    if (!move && (event.ctrlKey || event.metaKey)) return;
    event.stopPropagation();
    if (!move || event.target.matches("input[type=text]")) return; // where text is undone as text
    event.preventDefault(); // or the browser would undo in the cell that was edited last
    act[move]();
  });
  root.replaceChildren(standing, h("div", { class: "vx-both" }, panel, results));
  return () => window.removeEventListener("keydown", suppress, true);
}

// The step that a key asks for: Ctrl+Z back, Ctrl+Shift+Z or Ctrl+Y forth again.
function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey || !(ctrlKey || metaKey)) return null;
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" ? "redo" : null;
}
