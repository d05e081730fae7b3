// The additive evaluation as vendor_eval/evaluation/evaluation.py counts it, to 1e-9: values, weights, scores, ranks.
// `model` is what vendor_eval/report/explorer/model.py gives: n nodes (parents first), m leaves, all vendors.
// `move` is what somebody explores: {shares: by node, without and ungated: sets of positions, formula}.

export const clamped = (value) => Math.min(1, Math.max(0, value));
export const points = (share) => Math.round(1e11 * share) / 1e9; // ties are decided at nine decimals

// Points of nine decimals to fewer, exact in whole units of the ninth decimal.
export function roundedPoints(shown, decimals, how) {
  if (decimals === null || decimals === undefined) return shown;
  const units = Math.round(1e9 * shown), step = 10 ** (9 - decimals);
  const whole = Math.floor(units / step), rest = units - whole * step;
  const up = how === "half_up" ? 2 * rest >= step
    : how === "half_even" && (2 * rest > step || (2 * rest === step && whole % 2 === 1));
  return ((whole + (up ? 1 : 0)) * step) / 1e9;
}

export const sameShares = (one, other) => one.every((share, n) => Math.abs(share - other[n]) < 1e-12);

// Positions of the nodes of each group of siblings, by their parent's position; -1 at the top.
export function families(nodes) {
  const kin = new Map();
  for (const [n, { parent }] of nodes.entries()) kin.set(parent, [...(kin.get(parent) ?? []), n]);
  return kin;
}

// Positions of the criteria that share the whole weight, as `Tree.top`: an only one stands for those under it.
export function topOf(nodes) {
  const kin = families(nodes);
  let top = kin.get(-1);
  while (top.length === 1 && kin.has(top[0])) top = kin.get(top[0]);
  return top;
}

// Value functions that look at all bids; low, high and mean are over the eligible vendors (tests hold
// them to vendor_eval/rules/values/relative.py). Only a vendor outside the ranking can have x <= 0.
export const RELATIVE = {
  lowest_over_this: (x, { low }) => (x > 0 ? low / x : 1),
  this_over_highest: (x, { high }) => x / high,
  linear_range: (x, { low, high }, { direction }) =>
    low === high ? 1 : (direction === "max" ? x - low : high - x) / (high - low),
  above_lowest: (x, { low }) => 1 - (x - low) / low,
  mean_based: (x, { mean }, { direction, points_per_percent }) =>
    0.5 + points_per_percent * ((direction === "max" ? x - mean : mean - x) / mean),
};

export function relativeValues({ name, parameters }, bids) {
  const among = {
    low: bids.reduce((a, b) => Math.min(a, b), Infinity),
    high: bids.reduce((a, b) => Math.max(a, b), -Infinity),
    mean: bids.reduce((sum, x) => sum + x / bids.length, 0),
  };
  return bids.map((x) => clamped(RELATIVE[name](x, among, parameters)));
}

// A straight piece is [x0, y0, x1, y1]; the ends of a graph lie at infinity, which JSON calls null.
export function valueAt(pieces, x) {
  const [x0, y0, x1, y1] = pieces.findLast(([from]) => from === null || x >= from) ?? pieces[0];
  return y0 === y1 ? y0 : clamped(y0 + ((x - x0) / (x1 - x0)) * (y1 - y0));
}

export function weightsOf(nodes, shares) {
  const weights = [];
  for (const [n, { parent }] of nodes.entries()) weights[n] = shares[n] * (parent < 0 ? 1 : weights[parent]);
  return weights;
}

// A failed gate excludes; otherwise an unknown one leaves the vendor undecided. The shortlist is decided later.
export function status(model, move, v) {
  if (move.without.has(v)) return "out";
  if (model.vendors[v].closed) return "closed";
  const states = model.vendors[v].gates.filter((_, g) => !move.ungated.has(g) && g !== model.shortlist?.gate);
  return states.includes("fail") ? "excluded" : states.includes("unknown") ? "undecided" : "eligible";
}

export function functionOf(model, move, m) {
  const chosen = m === model.price && model.formulas[move.formula];
  return chosen || model.leaves[m].function;
}

// What a vendor's points are multiplied by before they are compared: under a price per point the lowest price
// over its own, so that the model is the additive one on values divided by price.
export const scaleOf = ({ divisor }, v) => (divisor && divisor.prices[v] !== null ? divisor.lowest / divisor.prices[v] : 1);

// Why a vendor that passes the gates cannot be scored; such an answer is a fault under the rules.
function obstacle(model, move, v) {
  const { faults } = model.vendors[v];
  if (faults) return faults === 1 ? "1 fault in its bid" : `${faults} faults in its bid`;
  if (model.divisor?.prices[v] === null) return "no price";
  for (const [m, leaf] of model.leaves.entries()) {
    const { label } = model.nodes[leaf.node];
    if (leaf.answers[v] === null) {
      if (!leaf.blank) return `no answer on ${label}`;
    } else if (functionOf(model, move, m)?.positive && (leaf.ranges?.[v]?.low ?? leaf.answers[v]) <= 0) {
      return `${label} must be above 0 to be compared`;
    }
  }
  return null;
}

// Values of the leaves in [0, 1] for the vendors in `among`, not yet scaled; a blank answer has value 0, and a
// knocked-out one.
export function leafValues(model, move, m, among) {
  const leaf = model.leaves[m], relative = functionOf(model, move, m);
  if (!relative) return among.map((v) => (leaf.knocked?.includes(v) ? 0 : leaf.values[v]));
  const given = among.filter((v) => leaf.answers[v] !== null);
  const found = relativeValues(relative, given.map((v) => leaf.answers[v]));
  return among.map((v) => (leaf.answers[v] === null ? 0 : found[given.indexOf(v)]));
}

// Values of all nodes for k vendors, node by node: a branch is the share-weighted mean of its children.
function nodeValues({ nodes, leaves }, shares, ofLeaves, k) {
  const values = nodes.map(() => new Float64Array(k));
  for (const [m, { node }] of leaves.entries()) values[node].set(ofLeaves[m]);
  for (const [n, { parent }] of [...nodes.entries()].reverse()) {
    if (parent >= 0) for (let v = 0; v < k; v += 1) values[parent][v] += shares[n] * values[n][v];
  }
  return values;
}

// A vendor's points as they rank: rounded where the rules say.
function countedPoints({ rounding, leaves }, weights, ofLeaves, scores, v, scale) {
  if (!rounding) return points(scores[v]);
  const { values, score, how } = rounding;
  const sum = leaves.reduce((total, { node }, m) =>
    total + weights[node] * roundedPoints(points(ofLeaves[m][v]), values[m], how), 0);
  return points((scale * roundedPoints(points(sum / 100), score, how)) / 100);
}

// The vendors that go on: the best on the criterion of the shortlist, ties included; all where it is off.
function shortlisted({ shortlist }, { ungated }, vendors) {
  if (!shortlist || ungated.has(shortlist.gate)) return vendors;
  const { points: of, best } = shortlist;
  return vendors.filter((v) => vendors.filter((w) => of[w] > of[v]).length < best);
}

// Who is eligible and how they stand; everything by position among `vendors`, best first in `order`. Values and
// scores are as they are compared; `scale` says by what they were multiplied; `standings` are the scores that
// rank, rounded where the rules say.
export function evaluation(model, move) {
  const { nodes } = model;
  const out = new Map(), passing = [];
  for (const v of model.vendors.keys()) {
    const found = status(model, move, v);
    const why = found === "excluded" || found === "closed" || found === "out" ? null : obstacle(model, move, v);
    if (found === "eligible" && !why) passing.push(v);
    else out.set(v, { status: found, why });
  }
  const vendors = shortlisted(model, move, passing);
  for (const v of passing) if (!vendors.includes(v)) out.set(v, { status: "shortlist", why: null });
  const ofLeaves = model.leaves.map((_, m) => leafValues(model, move, m, vendors));
  const scale = vendors.map((v) => scaleOf(model, v));
  const scaled = ofLeaves.map((row) => row.map((value, v) => scale[v] * value));
  const values = nodeValues(model, move.shares, scaled, vendors.length);
  const top = topOf(nodes), weights = weightsOf(nodes, move.shares);
  const scores = vendors.map((_, v) => top.reduce((sum, n) => sum + weights[n] * values[n][v], 0));
  const counted = vendors.map((_, v) => countedPoints(model, weights, ofLeaves, scores, v, scale[v]));
  const keys = vendors.map((_, v) => [counted[v], ...model.tie_break.map((n) => points(values[n][v] / scale[v]))]);
  const ahead = (a, b) => {
    const at = keys[a].findIndex((key, i) => key !== keys[b][i]);
    return at < 0 ? 0 : keys[b][at] - keys[a][at];
  };
  const name = (v) => model.vendors[vendors[v]].name;
  const order = [...vendors.keys()].sort((a, b) => ahead(a, b) || (name(a) < name(b) ? -1 : 1));
  const ranks = [];
  for (const [place, v] of order.entries()) {
    ranks[v] = place && !ahead(order[place - 1], v) ? ranks[order[place - 1]] : place + 1;
  }
  const standings = counted.map((shown) => shown / 100);
  return { model, move, vendors, out, values, weights, scores, standings, ranks, order, top, scale };
}

// Whether rounding alone keeps a vendor from the first place: then no change that would win is stated.
export function roundingDecides({ scores, ranks }) {
  const leads = scores.filter((_, v) => ranks[v] === 1).map(points);
  return scores.some((score) => leads.some((lead) => points(score) > lead));
}

// The one vendor that is first, by its position; null where nobody is, or several tie.
export function winner({ ranks }) {
  const first = ranks.flatMap((rank, v) => (rank === 1 ? [v] : []));
  return first.length === 1 ? first[0] : null;
}

// Shares of a family once node n has share t: the locked ones stay, the others keep their proportions,
// which `before` remembers where all of them have come to 0; without any they share equally.
export function shareMoved(nodes, shares, n, t, locked = new Set(), before = shares) {
  const family = families(nodes).get(nodes[n].parent).filter((i) => i !== n);
  const free = family.filter((i) => !locked.has(i));
  const held = family.reduce((sum, i) => (locked.has(i) ? sum + shares[i] : sum), 0);
  const moved = [...shares];
  if (!free.length) return moved;
  moved[n] = Math.min(Math.max(t, 0), Math.max(0, 1 - held));
  const rest = Math.max(0, 1 - held - moved[n]);
  const total = (of) => free.reduce((sum, i) => sum + of[i], 0);
  const parts = [shares, before].find((of) => total(of) > 0) ?? shares.map(() => 1);
  for (const i of free) moved[i] = (rest * parts[i]) / total(parts);
  return moved;
}
