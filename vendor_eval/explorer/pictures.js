// What follows from a move: ranking with contributions, how sure, weight intervals, what it would take.

import { points, winner } from "./evaluation.js";
import { toWin, weightIntervals } from "./sensitivity.js";
import { DRAWS, firstShares } from "./simulation.js";
import { fill, h, place, say, select, svg } from "./elements.js";
import { enough, inPoints, listed, money, number, of100, ordinal, percent, percentAbove, percentBelow } from "./wording.js";

const OUT = { excluded: "fails a gate", unknown: "a gate is undecided", out: "left out", eligible: "" };
const nameOf = ({ model, vendors }, v) => model.vendors[vendors[v]].name;

// Bars, best first, each the sum of its top-level criteria.
export function ranking(model, ruled) {
  const top = [...model.nodes.keys()].filter((n) => model.nodes[n].parent < 0);
  const list = h("ol", { class: "vx-ranking" }), left = h("p", { class: "vx-note" });
  const was = new Map(ruled.vendors.map((v, i) => [v, ruled.ranks[i]]));
  const rows = model.vendors.map(({ name }) => {
    const parts = top.map((_, n) => h("i", { style: `background:${model.colours[n % model.colours.length]}`, "data-shade": String(n % model.colours.length) }));
    const bar = h("div", { class: "vx-bar", role: "img" }, ...parts);
    const rank = h("span", { class: "vx-place" }), note = h("small"), score = h("b", { class: "vx-score" });
    return { element: h("li", {}, rank, h("span", { class: "vx-name" }, name, note), bar, score), parts, bar, note, rank, score };
  });

  function show(evaluation, opinion) {
    const { vendors, order, ranks, scores, values, weights } = evaluation;
    order.forEach((v) => {
      const row = rows[vendors[v]];
      const added = top.map((n) => weights[n] * values[n][v]);
      added.forEach((share, i) => {
        place(row.parts[i], "width", `${(100 * share).toFixed(3)}%`);
        say(row.parts[i], share >= 0.04 ? (100 * share).toFixed(0) : "");
      });
      row.bar.setAttribute("aria-label", top.map((n, i) => `${model.nodes[n].label} ${inPoints(added[i])}`).join(", "));
      say(row.rank, `${ranks[v]}.`);
      say(row.score, inPoints(scores[v]));
      const before = was.get(vendors[v]);
      const notes = [before === ranks[v] ? null : before ? `${ordinal(before)} under the rules` : "not ranked under the rules"];
      if (opinion?.ranks) notes.push(`${ordinal(opinion.ranks[model.vendors[vendors[v]].name])} by ${opinion.method}`);
      say(row.note, notes.filter(Boolean).join("; "));
    });
    const sorted = order.map((v) => rows[vendors[v]].element);
    if (sorted.length !== list.children.length || sorted.some((row, i) => row !== list.children[i])) list.replaceChildren(...sorted);
    const out = [...evaluation.out].map(([v, { status, why }]) => `${model.vendors[v].name} (${why ?? OUT[status]})`);
    say(left, out.length ? `Not ranked: ${listed(out, 12)}.` : "");
  }
  return { element: h("div", {}, list, left), show };
}

// A hundred weightings near these as a hundred dots.
export function sureness(model) {
  const told = h("p"), dots = Array.from({ length: 100 }, (_, n) =>
    svg("circle", { cx: String(5 + 10 * (n % 25)), cy: String(5 + 10 * Math.floor(n / 25)), r: "3.6" }));
  const picture = svg("svg", { class: "vx-dots", viewBox: "0 0 250 40", role: "img" }, ...dots);

  function show(evaluation, spread, near) {
    const { vendors, order, scores } = evaluation;
    picture.style.display = vendors.length > 1 ? "" : "none";
    if (vendors.length < 2) return say(told, vendors.length ? "There is no other vendor to compare with." : "Nobody is left to rank.");
    const leader = nameOf(evaluation, winner(evaluation) ?? order[0]);
    const share = near ? near.first[leader] : firstShares(evaluation, spread)[order[0]];
    const first = of100(share), lead = points(scores[order[0]]) - points(scores[order[1]]);
    const margin = lead ? `${(Math.floor(10 * lead + 1e-8) / 10).toFixed(1)} points ahead of` : "level with";
    const drawn = near ? `${near.draws.toLocaleString("en")} weightings drawn` : `counted on ${DRAWS.toLocaleString("en")} weightings, so about right`;
    say(told, `${leader} is first in ${near ? "" : "about "}${first} of 100 weightings up to ${percent(spread)} off; ${margin} ${nameOf(evaluation, order[1])}.`);
    told.title = drawn;
    picture.setAttribute("aria-label", `${first} of 100 weightings put ${leader} first; ${drawn}`);
    dots.forEach((dot, n) => dot.classList.toggle("vx-on", n < first));
  }
  return { element: h("div", {}, told, picture), show };
}

// How far each share may move before another vendor leads, with a mark where it is.
export function intervals(model) {
  const rows = model.nodes.map(({ label, parent }) => {
    const band = h("i"), mark = h("b"), told = h("small");
    return { band, mark, told, element: h("div", { class: "vx-interval" }, h("span", {}, label), h("div", { class: "vx-track", role: "img" }, band, mark), told), top: parent < 0 };
  });
  const of = (top) => rows.filter((row) => row.top === top).map((row) => row.element);
  const none = h("p", { class: "vx-note" }, "With no single winner there is nothing to keep.");
  const beneath = of(false).length ? h("details", {}, h("summary", {}, "within the branches"), ...of(false)) : null;
  const all = h("div", {}, ...of(true), beneath);

  function show(evaluation) {
    const found = weightIntervals(evaluation);
    none.hidden = found.length > 0;
    all.hidden = !found.length;
    found.forEach(({ low, high, below, above }, n) => {
      const { band, mark, told } = rows[n], share = evaluation.move.shares[n];
      place(band, "left", `${100 * low}%`);
      place(band, "width", `${100 * (high - low)}%`);
      place(mark, "left", `${100 * share}%`);
      const beyond = [below === null ? null : `below: ${model.vendors[below].name}`, above === null ? null : `above: ${model.vendors[above].name}`];
      const text = [`${percentAbove(low)} to ${percentBelow(high)}`, ...beyond.filter(Boolean)].join("; ");
      say(told, text);
      band.parentElement.setAttribute("aria-label", `${model.nodes[n].label}: ${text}; now ${percent(share)}`);
    });
  }
  return { element: h("div", {}, none, all), show };
}

// The one answer that alone would draw a vendor level with the best other.
export function conditions(model, chosen) {
  const rival = select("For", [], chosen), list = h("dl"), never = h("p", { class: "vx-note" });
  const element = h("div", {}, rival.element, list, never);

  function change({ points: gain, from, to, open }, m) {
    const { unit } = model.leaves[m], more = `+${gain.toFixed(1)} points`;
    if (m === model.price && from !== null && to !== null) {
      const cut = money(Math.abs(from - to), model.currency, Math.ceil);
      return `${cut} ${to < from ? "less" : "more"} (${money(from, model.currency)} now); ${more}`;
    }
    if (to === null) return more;
    const shown = (x) => (x === null ? "no answer" : typeof x === "number" ? number(x) : x);
    const needed = typeof from === "number" && !open ? enough(to, from) : to;
    return `${shown(from)} \u2192 ${open ? "beyond " : ""}${shown(needed)}${unit ? ` ${unit}` : ""}; ${more}`;
  }

  function show(evaluation, wanted) {
    const behind = evaluation.order.filter((v) => evaluation.ranks[v] > 1);
    element.hidden = !behind.length;
    if (!behind.length) return;
    fill(rival.input, behind.map((v) => [String(evaluation.vendors[v]), nameOf(evaluation, v)]));
    const rivalAt = behind.find((v) => evaluation.vendors[v] === wanted) ?? behind[0];
    rival.input.value = String(evaluation.vendors[rivalAt]);
    const found = toWin(evaluation, rivalAt);
    const enough = [...found.keys()].filter((m) => found[m]);
    enough.sort((a, b) => (b === model.price) - (a === model.price) || found[a].points - found[b].points);
    const label = (m) => model.nodes[model.leaves[m].node].label;
    list.replaceChildren(...enough.flatMap((m) => [h("dt", {}, label(m)), h("dd", {}, change(found[m], m))]));
    const not = [...found.keys()].filter((m) => !found[m]).map(label);
    if (enough.length) say(never, not.length ? `Not enough on its own: ${listed(not, 40)}.` : "");
    else say(never, "No single answer is enough, however good it were.");
  }
  return { element, show };
}

// Who is first over two weights, as Python finds it with exact borders.
export function winnerMap(model) {
  const picture = svg("svg", { class: "vx-map", viewBox: "-12 -4 116 116", role: "img" });
  const axes = h("p", { class: "vx-note" }), element = h("div", {}, picture, axes);
  const label = (path) => model.nodes.find((node) => node.path === path).label;

  function show(map) {
    element.hidden = !map;
    if (!map) return;
    const at = ([x, y]) => [100 * x, 100 - 100 * y];
    const areas = map.regions.map(({ vertices }, n) =>
      svg("polygon", { points: vertices.map((p) => at(p).join()).join(" "), fill: model.fills[n % model.fills.length] }));
    const names = map.regions.filter(({ part }) => part > 0.02).map(({ vendors, vertices }) => {
      const [x, y] = at([0, 1].map((i) => vertices.reduce((sum, p) => sum + p[i] / vertices.length, 0)));
      return svg("text", { x: String(Math.min(Math.max(x, 17), 83)), y: String(y) }, listed(vendors));
    });
    const ticks = [0, 50, 100].flatMap((at) => [
      svg("text", { class: "vx-tick", x: String(at), y: "107" }, `${at} %`),
      svg("text", { class: "vx-tick", x: "-6", y: String(101.5 - at) }, `${at} %`)]);
    const [x, y] = at(map.today);
    const cross = svg("path", { d: `M${x - 3} ${y}h6M${x} ${y - 3}v6`, class: "vx-cross" });
    picture.replaceChildren(...areas, ...ticks, ...names, cross);
    const parts = map.regions.map(({ vendors, part }) => `${listed(vendors)} ${percent(part)}`).join(", ");
    picture.setAttribute("aria-label", `Who is first for each pair of weights: ${parts} of them`);
    say(axes, `To the right: weight of ${label(map.first)}. Upwards: weight of ${label(map.second)}. Cross: as set now.`);
  }
  return { element, show };
}
