// How often each vendor is first when weights are near the ones set and open answers are drawn, from a
// fixed sequence of random numbers: the same each time, and about right. vendor_eval/robustness draws
// the numbers that reports tell, 10,000 at a time.

import { clamped, families, functionOf, relativeValues, valueAt } from "./evaluation.js";

export const DRAWS = 1000;

// mulberry32 (Tommy Ettinger 2017, public domain): uniform in [0, 1).
function* uniforms(seed) {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

// The numbers of all draws, one row of `width` for each; kept, since every move needs the same ones.
const kept = new Map();
function numbers(width) {
  if (!kept.has(width)) {
    const source = uniforms(width);
    kept.set(width, Float64Array.from({ length: DRAWS * width }, () => source.next().value));
  }
  return kept.get(width);
}

// A place in a range, in [0, 1]: triangular where the likely number is known (inverse distribution).
function within(u, peak) {
  if (peak === null) return u;
  return u < peak ? Math.sqrt(u * peak) : 1 - Math.sqrt((1 - u) * (1 - peak));
}

// What is not known of the answers: for each leaf in doubt, a function from a draw's uniform numbers
// that sets the leaf's values. An answer that several leaves read is drawn once.
function doubts({ model, move, vendors, values }, cell) {
  return model.leaves.flatMap((leaf, m) => {
    const told = functionOf(model, move, m), ranges = new Map();
    const blank = vendors.flatMap((v, i) => (leaf.answers[v] === null ? [[i, cell(`${m} ${v}`)]] : []));
    for (const [i, v] of vendors.entries()) {
      const range = leaf.ranges[v];
      if (range) ranges.set(i, { ...range, at: cell(`${leaf.reads} ${v}`) });
    }
    const answer = (i, u) => {
      const range = ranges.get(i);
      if (!range) return leaf.answers[vendors[i]];
      const t = within(u[range.at], range.peak);
      return range.low * (1 - t) + range.high * t;
    };
    const known = told ? ranges.size > 0 : leaf.pieces && ranges.size > 0;
    if (!known && !blank.length) return [];
    const given = [...vendors.keys()].filter((i) => leaf.answers[vendors[i]] !== null);
    return [(u, drawn) => {
      const row = drawn[m];
      row.set(values[leaf.node]);
      if (known && told) {
        const found = relativeValues(told, given.map((i) => answer(i, u)));
        for (const [at, i] of given.entries()) row[i] = found[at];
      } else if (known) for (const i of ranges.keys()) row[i] = valueAt(leaf.pieces, answer(i, u));
      for (const [i, at] of blank) row[i] = clamped(u[at]);
    }];
  });
}

// Shares of the draws, in [0, 1], in which each vendor is first; a tie is shared. At every node each
// share is multiplied by its own draw from [1 - spread, 1 + spread] and scaled back among siblings.
export function firstShares(evaluation, spread) {
  const { model, move, vendors, values } = evaluation;
  const { nodes, leaves } = model, k = vendors.length;
  const cells = new Map();
  const open = doubts(evaluation, (name) => {
    if (!cells.has(name)) cells.set(name, nodes.length + cells.size);
    return cells.get(name);
  });
  const width = nodes.length + cells.size, drawn = leaves.map(({ node }) => Float64Array.from(values[node]));
  const all = numbers(width), kin = [...families(nodes)].sort(([a], [b]) => a - b);
  const weights = new Float64Array(nodes.length), scores = new Float64Array(k), first = new Float64Array(k);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const u = all.subarray(draw * width, (draw + 1) * width);
    for (const [parent, family] of kin) {
      let sum = 0;
      for (const n of family) sum += weights[n] = move.shares[n] * (1 - spread + 2 * spread * u[n]);
      const whole = (parent < 0 ? 1 : weights[parent]) / sum;
      for (const n of family) weights[n] *= whole;
    }
    for (const set of open) set(u, drawn);
    scores.fill(0);
    for (let m = 0; m < leaves.length; m += 1) {
      const weight = weights[leaves[m].node], row = drawn[m];
      for (let v = 0; v < k; v += 1) scores[v] += weight * row[v];
    }
    let best = 0;
    for (let v = 0; v < k; v += 1) best = Math.max(best, scores[v]);
    let level = 0;
    for (let v = 0; v < k; v += 1) level += scores[v] > best - 5e-12;
    for (let v = 0; v < k; v += 1) if (scores[v] > best - 5e-12) first[v] += 1 / level;
  }
  return [...first].map((count) => count / DRAWS);
}
