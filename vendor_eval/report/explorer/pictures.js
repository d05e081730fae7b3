// What follows from a move: ranking with contributions, how sure, weight intervals, what it would take.

import { families, roundingDecides, sameShares, topOf } from "./evaluation.js";
import { toWin, weightIntervals } from "./sensitivity.js";
import { isExplored } from "./moves.js";
import { stability } from "./simulation.js";
import { fill, h, note, place, say, select, svg } from "./elements.js";
import { cut, enough, inPoints, listed, apart, money, number, of100, ordinal } from "./wording.js";
import { percent, percentsWithin, rounded, standingFigure } from "./wording.js";

const OUT = { excluded: "fails a gate", closed: "excluded by the buyer", shortlist: "not on the shortlist", undecided: "a gate is undecided", out: "left out" };
const ROUNDED = "The rounding of the rules decides who is first; what would change that is not stated.";
const nameOf = ({ model, vendors }, v) => model.vendors[vendors[v]].name;

// Bars, best first, each the sum of its top-level criteria.
export function ranking(model, ruled) {
  const { top } = ruled, labels = top.map((n) => model.nodes[n].label);
  const was = new Map(ruled.vendors.map((v, i) => [v, ruled.ranks[i]]));
  const colours = top.map((_, i) => model.colours[i % model.colours.length]);
  const rows = model.vendors.map(({ name }) => rankingRow(name, colours));
  const list = h("ol", { class: model.divisor ? "vx-ranking vx-priced" : "vx-ranking" }), left = note();

  function show(evaluation, opinion) {
    const { vendors, order, ranks, standings, values, weights, out, scale } = evaluation;
    for (const v of order) {
      const added = top.map((n) => (weights[n] * values[n][v]) / scale[v]), before = was.get(vendors[v]);
      const notes = [];
      if (!before) notes.push("not ranked under the rules");
      else if (before !== ranks[v]) notes.push(`${ordinal(before)} under the rules`);
      for (const label of model.vendors[vendors[v]].knocked ?? []) notes.push(`${label} counts 0`);
      if (opinion?.ranks) notes.push(`${ordinal(opinion.ranks[nameOf(evaluation, v)])} by ${opinion.method}`);
      rows[vendors[v]].show(ranks[v], standingFigure(model, standings[v]), added, labels, notes.join("; "));
    }
    const sorted = order.map((v) => rows[vendors[v]].element), shown = list.children;
    if (sorted.length !== shown.length || sorted.some((row, i) => row !== shown[i])) list.replaceChildren(...sorted);
    const others = [...out].map(([v, { status, why }]) => `${model.vendors[v].name} (${why ?? OUT[status]})`);
    say(left, others.length ? `Not ranked: ${listed(others, 12)}.` : "");
  }
  const by = model.divisor ? " The price divided by them, on the right, ranks the bids." : "";
  const legend = note(`Left to right: ${labels.join(", ")}. Points out of 100.${by}`);
  return { element: h("div", {}, list, legend, left), show };
}

function rankingRow(name, colours) {
  const parts = colours.map((colour, i) => h("i", { style: `background:${colour}`, "data-shade": String(i % 6) }));
  const bar = h("div", { class: "vx-bar", role: "img" }, ...parts), detail = h("small");
  const rankText = h("span", { class: "vx-place" }), scoreText = h("b", { class: "vx-score" });
  const element = h("li", {}, rankText, h("span", { class: "vx-name" }, name, detail), bar, scoreText);

  function show(rank, score, added, labels, notes) {
    added.forEach((share, i) => {
      place(parts[i], "width", `${(100 * share).toFixed(3)}%`);
      say(parts[i], share >= 0.04 ? String(rounded(100 * share, 0)) : "");
    });
    bar.setAttribute("aria-label", labels.map((label, i) => `${label} ${inPoints(added[i])}`).join(", "));
    say(rankText, `${rank}.`);
    say(scoreText, score);
    say(detail, notes);
  }
  return { element, show };
}

// How often the leader stays ahead of its closest rival: in words, and as a hundred dots. The checks of the
// recommendation stand with the rules alone, since they are not made anew for what is explored.
export function sureness(model) {
  const stays = h("p"), within = note(), dots = Array.from({ length: 100 }, (_, n) =>
    svg("circle", { cx: String(5 + 10 * (n % 25)), cy: String(5 + 10 * Math.floor(n / 25)), r: "3.6" }));
  const picture = svg("svg", { class: "vx-dots", viewBox: "0 0 250 40", role: "img" }, ...dots);
  const sign = (ok) => (ok ? "\u2713" : ok === null ? "\u2013" : "\u2691");
  const checks = h("ul", { class: "vx-checks" }, ...model.checks.map(({ ok, says }) => h("li", {}, `${sign(ok)} ${says}`)));

  function show(evaluation, state, near) {
    const { vendors, order, standings, top } = evaluation;
    checks.hidden = isExplored(model, state);
    picture.style.display = vendors.length > 1 ? "" : "none";
    if (vendors.length < 2) {
      say(stays, vendors.length ? "There is no rival." : "Nobody is left to rank.");
      say(within, "");
      return;
    }
    // nothing is drawn, or a vendor with open answers would be in the model as well
    if (!model.drawn) {
      picture.style.display = "none";
      return say(stays, "The rules alone decide.");
    }
    const { leader, ahead, ranges } = stability(evaluation, state.concentration);
    const share = (v) => (near ? near.ahead[nameOf(evaluation, v)] : ahead[v]);
    const rivals = order.filter((v) => v !== leader);
    const rival = rivals.reduce((a, b) => (share(b) < share(a) ? b : a)), held = share(rival);
    const shown = near?.shown ?? of100(held);
    const often = `${near ? "" : "about "}${held && !shown ? "fewer than 1" : shown} of 100 re-runs`;
    const [best, next] = order.slice(0, 2).map((v) => standings[v]);
    const margin = best > next ? `${apart(model, best, next)} ahead of` : "level with";
    const closest = rivals.length > 1 ? ", its closest rival," : "";
    say(stays, `${nameOf(evaluation, leader)} stays ahead of ${nameOf(evaluation, rival)}${closest} in ${often}; ` +
      `now ${margin} ${nameOf(evaluation, order[1])}.`);
    // where weights are not agreed, the rules' own re-runs draw from all that fit what is stated
    const asStated = model.fitting && sameShares(state.shares, model.rules);
    const ends = (i) => (asStated ? model.fitting.ranges : ranges)[i].map((end) => rounded(100 * end, 0)).join(" to ");
    const parts = top.map((n, i) => `${model.nodes[n].label} ${ends(i)} %`);
    say(within, state.concentration && top.length > 1 ? `Weights in 9 of 10 re-runs: ${listed(parts, 12)}.` : "");
    picture.setAttribute("aria-label", `${shown} of 100 re-runs keep ${nameOf(evaluation, leader)} ahead`);
    dots.forEach((dot, n) => dot.classList.toggle("vx-on", n < shown));
  }
  return { element: h("div", {}, stays, picture, within, checks), show };
}

// How far each share may move before another vendor leads, with a mark where it is.
export function intervals(model) {
  const rows = model.nodes.map(({ label }) => intervalRow(label));
  const kin = families(model.nodes), top = topOf(model.nodes);
  // an only criterion has no weight that may move
  const moves = (n) => kin.get(model.nodes[n].parent).length > 1;
  const of = (first) => rows.filter((_, n) => moves(n) && top.includes(n) === first).map((row) => row.element);
  const none = note();
  const nested = of(false).length ? h("details", {}, h("summary", {}, "within the branches"), ...of(false)) : null;
  const all = h("div", {}, ...of(true), nested);

  function show(evaluation) {
    const rounded = roundingDecides(evaluation), found = rounded ? [] : weightIntervals(evaluation);
    say(none, rounded ? ROUNDED : "With no single winner there is nothing to keep.");
    none.hidden = found.length > 0;
    all.hidden = !found.length;
    found.forEach((interval, n) => {
      const beyond = ["below", "above"].filter((side) => interval[side] !== null);
      const leaders = beyond.map((side) => `; ${side}: ${model.vendors[interval[side]].name}`);
      rows[n].show(interval, evaluation.move.shares[n], leaders.join(""));
    });
  }
  return { element: h("div", {}, none, all), show };
}

function intervalRow(label) {
  const band = h("i"), mark = h("b"), range = h("small");
  const track = h("div", { class: "vx-track", role: "img" }, band, mark);
  const element = h("div", { class: "vx-interval" }, h("span", {}, label), track, range);

  function show({ low, high }, share, leaders) {
    place(band, "left", `${100 * low}%`);
    place(band, "width", `${100 * (high - low)}%`);
    place(mark, "left", `${100 * share}%`);
    say(range, `${percentsWithin(low, high)}${leaders}`);
    track.setAttribute("aria-label", `${label}: ${range.textContent}; now ${percent(share)}`);
  }
  return { element, show };
}

// The one answer that alone would draw a vendor level with the best other.
export function conditions(model, chosen) {
  const rival = select("For", [], chosen), list = h("dl"), never = note();
  const element = h("div", {}, rival.element, list, never);

  function show(evaluation, wanted) {
    const behind = evaluation.order.filter((v) => evaluation.ranks[v] > 1);
    element.hidden = !behind.length;
    if (!behind.length) return;
    const decided = roundingDecides(evaluation);
    for (const part of [rival.element, list]) part.hidden = decided;
    if (decided) return say(never, ROUNDED);
    fill(rival.input, behind.map((v) => [String(evaluation.vendors[v]), nameOf(evaluation, v)]));
    const vendor = behind.find((v) => evaluation.vendors[v] === wanted) ?? behind[0];
    rival.input.value = String(evaluation.vendors[vendor]);
    const found = toWin(evaluation, vendor), leaves = [...found.keys()];
    const label = (m) => model.nodes[model.leaves[m].node].label;
    const priceFirst = (a, b) => (b === model.price) - (a === model.price) || found[a].points - found[b].points;
    const does = leaves.filter((m) => found[m]).sort(priceFirst), not = leaves.filter((m) => !found[m]);
    const cut = priceCut(evaluation, vendor);
    const divided = cut ? [h("dt", {}, "Price"), h("dd", {}, cut)] : [];
    list.replaceChildren(...divided,
      ...does.flatMap((m) => [h("dt", {}, label(m)), h("dd", {}, changeText(model, m, found[m]))]));
    if (!does.length && !cut) say(never, "No single answer is enough, however good it were.");
    else say(never, not.length ? `Not enough on its own: ${listed(not.map(label), 5)}.` : "");
  }
  return { element, show };
}

// The price at which a vendor ties with the best other, where points are divided by it.
function priceCut({ model, vendors, scores }, vendor) {
  if (!model.divisor || !(scores[vendor] > 0)) return "";
  const best = scores.reduce((most, score, v) => (v === vendor ? most : Math.max(most, score)), 0);
  const now = model.divisor.prices[vendors[vendor]], way = now * (1 - scores[vendor] / best);
  if (!(way >= 0)) return "";
  return `${money(way, model.currency, Math.ceil)} less (${money(now, model.currency, Math.round, model.entered)} now)`;
}

function changeText(model, m, { points: gain, from, to, open }) {
  const { unit } = model.leaves[m], more = `+${rounded(gain, 1).toFixed(1)} points`;
  if (m === model.price && from !== null && to !== null) {
    // at the edge of a step the vendor is still behind
    const way = `${open ? "more than " : ""}${money(Math.abs(from - to), model.currency, Math.ceil)}`;
    const now = money(from, model.currency, Math.round, model.entered);
    return `${way} ${to < from ? "less" : "more"} (${now} now); ${more}`;
  }
  if (to === null) return more;
  const shown = (x) => (x === null ? "no answer" : typeof x === "number" ? number(x) : x);
  const needed = typeof from === "number" && !open ? enough(to, from) : to;
  // a step falls just before its threshold; only under a relative function may more be better
  const side = !open ? "" : model.leaves[m].function?.slope === "max" ? "above " : "below ";
  const measured = [side + shown(needed), unit].filter(Boolean).join(" ");
  return `${shown(from)} \u2192 ${measured}; ${more}`;
}

// Who is first over two weights, as Python finds it with exact borders; y points upwards.
export function winnerMap(model) {
  const picture = svg("svg", { class: "vx-map", viewBox: "-12 -4 120 116", role: "img" });
  const axes = note(), element = h("div", {}, picture, axes);
  const label = (path) => model.nodes.find((node) => node.path === path).label;
  const text = (x, y, content, look = "") => svg("text", { class: look, x: String(x), y: String(y) }, content);
  const at = ([x, y]) => [100 * x, 100 - 100 * y];
  const ticks = [0, 50, 100].flatMap((per) =>
    [text(per, 107, `${per} %`, "vx-tick"), text(-6, 101.5 - per, `${per} %`, "vx-tick")]);

  function area({ vertices }, n) {
    const corners = vertices.map((corner) => at(corner).join()).join(" ");
    return svg("polygon", { points: corners, fill: model.fills[n % model.fills.length] });
  }
  function name({ vendors, vertices }) {
    const [x, y] = at([0, 1].map((i) => vertices.reduce((sum, corner) => sum + corner[i] / vertices.length, 0)));
    const names = cut(listed(vendors)), half = 1.2 * names.length; // as wide as letters are on average
    return text(Math.min(Math.max(x, half - 2), 104 - half), y, names);
  }
  function show(map) {
    element.hidden = !map;
    if (!map) return;
    const [x, y] = at(map.today);
    const cross = svg("path", { d: `M${x - 3} ${y}h6M${x} ${y - 3}v6`, class: "vx-cross" });
    const named = map.regions.filter(({ part }) => part > 0.02).map(name);
    picture.replaceChildren(...map.regions.map(area), ...ticks, ...named, cross);
    const parts = map.regions.map(({ vendors, part }) => `${listed(vendors)} ${percent(part)}`).join(", ");
    picture.setAttribute("aria-label", `Who is first for each pair of weights: ${parts} of them`);
    say(axes, `To the right: ${label(map.first)}. Upwards: ${label(map.second)}. Cross: as set now.`);
  }
  return { element, show };
}
