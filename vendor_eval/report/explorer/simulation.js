// How often the leader stays ahead of each rival when weights, judged points and open answers are drawn
// around those set: the model of vendor_eval/analysis/simulation, with fewer draws, and about right. Every
// leaf and every vendor has random numbers to itself, so that a small move changes the answer little.

import { clamped, functionOf, sameShares, relativeValues, valueAt, winner } from "./evaluation.js";

export const DRAWS = 2000;
const ERROR = 1e6, ANSWER = 2e6; // where the streams of vendors' errors and of open answers begin

// Uniform in (0, 1): the nth number of a stream (the finaliser of MurmurHash3, Appleby 2011, public domain).
function uniform(stream, n) {
  let mixed = (Math.imul(stream + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca77)) | 0;
  for (let round = 0; round < 2; round += 1) {
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed = (mixed ^ (mixed >>> 16) ^ stream) | 0;
  }
  return ((mixed >>> 0) + 0.5) / 4294967296;
}

// Standard normal, from two numbers of the stream (Box & Muller 1958).
const normal = (stream, n) =>
  Math.sqrt(-2 * Math.log(uniform(stream, 2 * n))) * Math.cos(2 * Math.PI * uniform(stream, 2 * n + 1));

// A stream's numbers are kept, since every move needs the same ones.
const kept = new Map();
function numbers(one, stream) {
  const name = `${one.name} ${stream}`;
  if (!kept.has(name)) kept.set(name, Float64Array.from({ length: DRAWS }, (_, n) => one(stream, n)));
  return kept.get(name);
}
const normals = (stream) => numbers(normal, stream), uniforms = (stream) => numbers(uniform, stream);

// Gamma numbers of one shape, one for each draw (Marsaglia & Tsang 2000). Most first tries are taken, and
// those are kept; their squeeze spares most of the logarithms and changes no number.
function gammas(leaf, shape) {
  const small = shape < 1, d = (small ? shape + 1 : shape) - 1 / 3, c = 1 / Math.sqrt(9 * d), stream = 3 * leaf;
  const z = normals(stream), u = uniforms(stream + 1), power = small && uniforms(stream + 2);
  return Float64Array.from({ length: DRAWS }, (_, draw) => {
    for (let n = draw; ; n += DRAWS) {
      const x = n === draw ? z[draw] : normal(stream, n), root = 1 + c * x, v = root * root * root, square = x * x;
      const under = n === draw ? u[draw] : uniform(stream + 1, n);
      const taken = under < 1 - 0.0331 * square * square || Math.log(under) < square / 2 + d - d * v + d * Math.log(v);
      if (v > 0 && taken) {
        return d * v * (small ? power[draw] ** (1 / shape) : 1);
      }
    }
  });
}

// Leaf weights of all draws, a row for each leaf: Dirichlet around the weights set. Without a concentration
// (null) they are not drawn.
export function leafWeights(agreed, concentration) {
  const varying = agreed.flatMap((weight, m) => (weight > 0 ? [m] : []));
  const rows = agreed.map((weight) => new Float64Array(DRAWS).fill(weight));
  if (concentration === null || varying.length < 2) return rows;
  for (const m of varying) rows[m] = gammas(m, concentration * agreed[m]);
  const largest = varying.reduce((a, b) => (agreed[b] > agreed[a] ? b : a));
  for (let draw = 0; draw < DRAWS; draw += 1) {
    let sum = 0;
    for (const m of varying) sum += rows[m][draw];
    if (!sum) sum = rows[largest][draw] = 1; // gammas of tiny shapes may all be 0
    for (const m of varying) rows[m][draw] /= sum;
  }
  return rows;
}

// Leaf weights of all draws, where the rules state only which top-level weights fit: Python drew these.
function fittingWeights({ model: { nodes, leaves, fitting: { draws } }, weights, top }) {
  return leaves.map(({ node }) => {
    const at = top.findIndex((n) => above(nodes, node, n)), within = weights[node] / (weights[top[at]] || 1);
    return Float64Array.from({ length: DRAWS }, (_, draw) => within * draws[draw % draws.length][at]);
  });
}

const above = (nodes, node, n) => node === n || (node >= 0 && above(nodes, nodes[node].parent, n));

// A place in a range, in [0, 1]: triangular where the likely number is known (inverse distribution).
function within(u, peak) {
  if (peak === null) return u;
  return u < peak ? Math.sqrt(u * peak) : 1 - Math.sqrt((1 - u) * (1 - peak));
}

// What is not known of the answers: for each leaf in doubt, a function that sets the leaf's values in one
// draw. An answer that several leaves read is drawn once; an error under a relative function for itself.
function doubts({ model, move, vendors, values, scale }) {
  const cells = new Map();
  const cell = (name) => {
    if (!cells.has(name)) cells.set(name, ANSWER + cells.size);
    return cells.get(name);
  };
  return model.leaves.flatMap((leaf, m) => {
    const of = functionOf(model, move, m), ranges = new Map();
    const sure = (v) => leaf.knocked?.includes(v);
    const blank = vendors.flatMap((v, i) =>
      (leaf.answers[v] === null && !sure(v) ? [[i, uniforms(cell(`${m} ${v}`))]] : []));
    for (const [i, v] of vendors.entries()) {
      const range = leaf.ranges?.[v];
      if (range && !sure(v)) ranges.set(i, { ...range, drawn: uniforms(cell(`${leaf.reads} ${v}`)) });
    }
    const off = of && leaf.error ? vendors.map((v) => normals(cell(`error ${m} ${v}`))) : null;
    const answer = (i, draw) => {
      const range = ranges.get(i), entered = leaf.answers[vendors[i]];
      const t = range && within(range.drawn[draw], range.peak);
      const x = range ? range.low * (1 - t) + range.high * t : entered;
      if (!off) return x;
      const moved = x + leaf.error * off[i][draw];
      return of.positive ? Math.max(moved, entered / 1000) : moved;
    };
    const known = of ? ranges.size > 0 || off : leaf.pieces && ranges.size > 0;
    if (!known && !blank.length) return [];
    const given = [...vendors.keys()].filter((i) => leaf.answers[vendors[i]] !== null);
    return [(draw, drawn) => {
      const row = drawn[m];
      row.set(values[leaf.node]);
      if (known && of) {
        const found = relativeValues(of, given.map((i) => answer(i, draw)));
        for (const [at, i] of given.entries()) row[i] = scale[i] * found[at];
      } else if (known) for (const i of ranges.keys()) row[i] = scale[i] * valueAt(leaf.pieces, answer(i, draw));
      for (const [i, u] of blank) row[i] = scale[i] * clamped(u[draw]);
    }];
  });
}

// How far each vendor's score is off in one draw, in [0, 1], by errors of judgement and stated errors: each
// source adds in points what it is worth times the weight of the leaves it concerns, blank and knocked-out ones left out.
function errors({ model, vendors, scale }) {
  const sources = model.errors.map((points) => points.flatMap((worth, m) => (worth ? [[m, worth / 100]] : [])));
  const blank = vendors.map((v) =>
    model.leaves.map(({ answers, knocked }) => answers[v] === null || knocked?.includes(v)));
  const drawn = vendors.map((v) => normals(ERROR + v));
  return sources.some((source) => source.length) ? (i, draw, rows) => {
    let square = 0;
    for (const source of sources) {
      let sum = 0;
      for (const [m, worth] of source) if (!blank[i][m]) sum += worth * rows[m][draw];
      square += sum * sum;
    }
    return scale[i] * Math.sqrt(square) * drawn[i][draw];
  } : null;
}

// The leader, the share of draws in which it is ahead of each vendor alone, and where nine in ten drawn
// weights of each top-level criterion lie.
export function stability(evaluation, concentration) {
  const { model, vendors, values, weights, order, top } = evaluation;
  const { nodes, leaves } = model, k = vendors.length, leader = winner(evaluation) ?? order[0];
  const asStated = model.fitting && sameShares(evaluation.move.shares, model.rules);
  const rows = asStated ? fittingWeights(evaluation) : leafWeights(leaves.map(({ node }) => weights[node]), concentration);
  const open = doubts(evaluation), off = errors(evaluation);
  const drawn = leaves.map(({ node }) => Float64Array.from(values[node]));
  const scores = new Float64Array(k), ahead = new Float64Array(k);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (const set of open) set(draw, drawn);
    scores.fill(0);
    for (let m = 0; m < leaves.length; m += 1) {
      const weight = rows[m][draw], row = drawn[m];
      for (let v = 0; v < k; v += 1) scores[v] += weight * row[v];
    }
    if (off) for (let v = 0; v < k; v += 1) scores[v] += off(v, draw, rows);
    for (let v = 0; v < k; v += 1) ahead[v] += scores[leader] > scores[v] + 5e-12;
  }
  const ranges = top.map((n) => {
    const of = rows.filter((_, m) => above(nodes, leaves[m].node, n));
    const sums = rows[0].map((_, draw) => of.reduce((sum, row) => sum + row[draw], 0)).sort();
    return [sums[Math.floor(0.05 * DRAWS)], sums[Math.ceil(0.95 * DRAWS) - 1]];
  });
  return { leader, ahead: [...ahead].map((count) => count / DRAWS), ranges };
}
