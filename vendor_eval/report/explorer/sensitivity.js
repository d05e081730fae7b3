// What would change the winner: weight intervals (vendor_eval/sensitivity/intervals.py) and the one
// answer that would make a vendor first (vendor_eval/negotiation), for the evaluation as it stands.

import { RELATIVE, families, functionOf, points, relativeValues, valueAt, winner } from "./evaluation.js";

const PARALLEL = 1e-12, SAME = 1e-12, NOISE = 1e-14, JUMP = 1e-9;
const STRIDE = 16, STRIDES = 30, SMALLEST = 1e-15, LARGEST = 1e15;

// Where the winner stays first while one share moves and its siblings keep their proportions; by node
// {low, high, below, above}, shares in [0, 1] and who leads beyond. Empty without a single winner.
// A score is linear in one share: against each rival the lead vanishes at one place (Mareschal 1988).
export function weightIntervals(evaluation) {
  const { model, move, vendors, values, weights, scores } = evaluation;
  const first = winner(evaluation);
  if (first === null || vendors.length < 2) return [];
  const name = (v) => model.vendors[vendors[v]].name;
  const rivals = [...vendors.keys()].filter((v) => v !== first).sort((a, b) => (name(a) < name(b) ? -1 : 1));
  const kin = families(model.nodes);
  return model.nodes.map(({ parent }, n) => {
    const share = move.shares[n];
    const siblings = kin.get(parent).filter((i) => i !== n);
    if (!siblings.length) return { low: share, high: share, below: null, above: null };
    const held = { low: 0, high: 1, below: null, above: null };
    const fastest = { below: 0, above: 0 };
    for (const rival of rivals) {
      const ahead = (i) => values[i][first] - values[i][rival];
      const lead = scores[first] - scores[rival];
      const whole = parent < 0 ? 1 : weights[parent];
      const together = parent < 0 ? lead : ahead(parent);
      const others = siblings.reduce((sum, i) => sum + ahead(i) / siblings.length, 0);
      const gain = share < 1 ? (whole * (ahead(n) - together)) / (1 - share) : whole * (ahead(n) - others);
      if (Math.abs(gain) <= PARALLEL) continue;
      const crossing = Math.round(1e12 * (share - (points(lead) ? lead : 0) / gain)) / 1e12;
      const [end, side] = gain > 0 ? ["low", "below"] : ["high", "above"];
      const within = gain > 0 ? crossing > 0 : crossing < 1;
      const nearer = gain > 0 ? crossing > held.low : crossing < held.high;
      // at one and the same crossing, the vendor that gains faster leads beyond it
      if (within && (nearer || (crossing === held[end] && Math.abs(gain) > fastest[side]))) {
        held[end] = crossing;
        held[side] = vendors[rival];
        fastest[side] = Math.abs(gain);
      }
    }
    return { ...held, low: Math.min(held.low, share), high: Math.max(held.high, share) };
  });
}

// By leaf, the smallest improvement of a vendor's one answer that draws it level with the best other:
// {points: change in value, from, to, open: `to` itself is not enough yet}, or null where none does.
export function toWin(evaluation, vendor) {
  const { model, move, vendors, values, weights, scores, scale } = evaluation;
  const others = scores.filter((_, v) => v !== vendor);
  const gap = others.reduce((a, b) => Math.max(a, b), 0) - scores[vendor];
  return model.leaves.map((leaf, m) => {
    const from = leaf.answers[vendors[vendor]], weight = weights[leaf.node];
    if (gap <= 0 || points(gap) === 0) return { points: 0, from, to: from, open: false };
    if (weight <= 0) return null;
    const relative = functionOf(model, move, m);
    if (relative) return RELATIVE[relative.name] ? relativeBid(evaluation, vendor, m, relative) : null;
    const knocked = leaf.knocked?.includes(vendors[vendor]), own = gap / scale[vendor];
    const value = knocked ? leaf.values[vendors[vendor]] : values[leaf.node][vendor] / scale[vendor];
    const target = knocked ? pastFloor(evaluation, vendor, m, own) : value + own / weight;
    if (target > 1 + SAME) return null;
    const found = leaf.levels ? levelReaching(leaf.levels, target) : answerReaching(leaf.pieces, target, from);
    return found && { points: 100 * (found.value - value), from, to: found.to, open: found.open };
  });
}

// The value that brings a knocked-out criterion back, all its leaves with it, and makes a tie with the best other.
function pastFloor({ model, vendors, weights }, vendor, m, gap) {
  const given = (at) => model.leaves[at].values[vendors[vendor]];
  const { leaves, counts, below } = model.knock_outs.find((each) => each.leaves.includes(m));
  if (!counts[m]) return Infinity;
  const whole = leaves.reduce((sum, at) => sum + weights[model.leaves[at].node] * given(at), 0);
  const reached = leaves.reduce((sum, at) => sum + counts[at] * given(at), 0);
  const level = given(m) + (gap - whole) / weights[model.leaves[m].node];
  return Math.max(level, given(m) + (below / 100 - reached) / counts[m]);
}

// The level with the smallest value that is enough; [answer, points] in the order of the rules.
function levelReaching(levels, target) {
  const enough = levels.filter(([, level]) => level / 100 >= target - SAME);
  if (!enough.length) return null;
  const [to, level] = enough.reduce((least, other) => (other[1] < least[1] ? other : least));
  return { to, value: level / 100, open: false };
}

// The number nearest to `start` with a value of at least `target`; a blank starts at the worst knot. A
// level piece is open where it ends before a drop: what is reported is then that end.
function answerReaching(pieces, target, start) {
  if (!pieces) return { to: null, value: target, open: false }; // a function without a graph
  const knots = pieces.filter(([x0]) => x0 !== null);
  const begin = start ?? knots.reduce((a, b) => (b[1] < a[1] ? b : a))[0];
  let nearest = null;
  for (const [i, [x0, y0, x1, y1]] of pieces.entries()) {
    const lowEnd = y0 >= target - SAME, highEnd = y1 >= target - SAME;
    if (!lowEnd && !highEnd) continue;
    let low = x0 ?? -Infinity, high = x1 ?? Infinity;
    if (y0 !== y1 && lowEnd !== highEnd) {
      const crossing = low + Math.min(Math.max((target - y0) / (y1 - y0), 0), 1) * (high - low);
      if (lowEnd) high = crossing;
      else low = crossing;
    }
    const to = Math.min(Math.max(begin, low), high);
    const open = y0 === y1 && to === high && i + 1 < pieces.length && pieces[i + 1][1] !== y1;
    const value = y0 === y1 ? y0 : valueAt([[x0, y0, x1, y1]], to);
    if (!nearest || Math.abs(to - begin) < Math.abs(nearest.to - begin)) nearest = { to, value, open };
  }
  return nearest;
}

// Under a relative function a changed bid moves the others' values too. The better the bid, the longer
// the lead, so it is bracketed by growing steps and then halved down to neighbouring numbers.
function relativeBid(evaluation, vendor, m, relative) {
  const { model, vendors, values, weights, scores, scale } = evaluation;
  const { answers, node } = model.leaves[m], weight = weights[node], own = vendors[vendor];
  const bidders = vendors.filter((v) => answers[v] !== null && v !== own).map((v) => vendors.indexOf(v));
  const bids = bidders.map((v) => answers[vendors[v]]);
  const rest = scores.map((score, v) => score - weight * values[node][v]);
  const upwards = relative.slope === "max", shrinking = relative.positive && !upwards;
  const known = answers[own] === null ? bids : [...bids, answers[own]];
  const start = answers[own] ?? farBid(bids, upwards, relative.positive);

  function lead(x) {
    const [mine, ...theirs] = relativeValues(relative, [x, ...bids]);
    let best = -Infinity;
    for (const v of vendors.keys()) {
      const at = bidders.indexOf(v);
      if (v !== vendor) best = Math.max(best, rest[v] + (at < 0 ? 0 : weight * scale[v] * theirs[at]));
    }
    return { by: rest[vendor] + weight * scale[vendor] * mine - best, value: mine };
  }

  const size = sizeOf(known);
  const trail = Array.from({ length: STRIDES }, (_, n) =>
    shrinking ? start / STRIDE ** (n + 1) : start + (upwards ? size : -size) * STRIDE ** n);
  let short = start, enough = start;
  for (const bid of trail) {
    if (lead(enough).by >= -NOISE) break;
    short = enough;
    enough = bid;
  }
  if (lead(enough).by < -NOISE) return null;
  for (;;) {
    const middle = short + (enough - short) / 2;
    if (middle === short || middle === enough) break;
    if (lead(middle).by >= -NOISE) enough = middle;
    else short = middle;
  }
  const open = lead(short).by < -JUMP && known.includes(short);
  const to = open ? short : enough;
  // an answer of another size would be refused, and a price below nothing is no offer
  if (!bounded(to) || (m === model.price && to < 0)) return null;
  return { points: 100 * (lead(enough).value - values[node][vendor] / scale[vendor]), from: answers[own], to, open };
}

function bounded(number) {
  return number === 0 || (Math.abs(number) >= SMALLEST && Math.abs(number) <= LARGEST);
}

function sizeOf(bids) {
  const low = Math.min(...bids), high = Math.max(...bids);
  return bids.length ? Math.max(high - low, Math.abs(low), Math.abs(high)) || 1 : 1;
}

// A bid so much worse than the others that it has no value among them.
function farBid(bids, upwards, positive) {
  if (!bids.length) return 1;
  const reach = STRIDE ** (STRIDES / 2), far = sizeOf(bids) * reach;
  if (upwards && positive) return Math.min(...bids) / reach;
  return upwards ? Math.min(...bids) - far : Math.max(...bids) + far;
}
