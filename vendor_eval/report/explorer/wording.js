// Numbers in words, rounded as vendor_eval/wording rounds them: every sentence is true of the exact number.

const nbsp = "\u00a0";
const exact = (number) => Math.round(1e9 * number) / 1e9; // float noise below a tie moves no digit

// A number to some decimals, halves away from 0: the same digits as Python's on every page.
export function rounded(number, decimals) {
  const times = 10 ** decimals;
  return (Math.sign(number) * Math.round(exact(times * exact(Math.abs(number))))) / times + 0;
}

export const percent = (share) => `${rounded(100 * share, 1)}${nbsp}%`;
export const inPoints = (share) => rounded(100 * share, 1).toFixed(1);
// An interval of shares, rounded inwards, in as many digits as keep its ends off 0 and 100.
export function percentsWithin(low, high) {
  const tried = [0, 1, 2].map((digits) => [bound(low, Math.ceil, digits), bound(high, Math.floor, digits)]);
  return (tried.find(([first, last]) => first <= last) ?? tried.at(-1)).map((per) => `${per}${nbsp}%`).join(" to ");
}

function bound(share, round, digits) {
  const whole = exact(100 * share);
  const shown = [10, 1e3, 1e6].slice(digits).map((times) => round(exact(times * whole)) / times);
  return shown.find((per) => (per !== 0 && per !== 100) || per === whole) ?? shown.at(-1);
}

// How far a score is ahead of another: the difference of the scores as shown, or one digit more.
export function lead(first, second) {
  const margin = exact(100 * (first - second)), coarse = rounded(margin, 1);
  const same = coarse === exact(rounded(100 * first, 1) - rounded(100 * second, 1));
  const digits = !margin || (coarse && same) ? 1 : 2, shown = rounded(margin, digits);
  return margin && !shown ? "less than 0.01 points" : `${shown.toFixed(digits)} points`;
}
// What ranks a vendor: its points, or the price of one of them; and how far one is ahead of another.
const pricePerPoint = ({ lowest }, score) => lowest / (100 * score);
export function standingFigure({ divisor, currency }, score) {
  if (!divisor) return inPoints(score);
  return score > 0 ? money(pricePerPoint(divisor, score), currency) : "no points";
}
export function standingText(model, score) {
  return standingFigure(model, score) + (model.divisor && score > 0 ? " a point" : "");
}
export function apart({ divisor, currency }, first, second) {
  if (!divisor) return lead(first, second);
  if (!(second > 0)) return "all";
  return `${money(pricePerPoint(divisor, second) - pricePerPoint(divisor, first), currency)} a point`;
}
export const of100 = (share) => Math.floor(exact(100 * share));
export const number = (x) =>
  x.toLocaleString("en", Math.abs(x) < 1e5 ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: 0 });
export const cut = (text, most = 22) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}\u2026` : text);
export const spelled = (name) => name.replaceAll("_", " ");

// A needed number in as many digits as its way from `from` deserves, rounded so that it is still enough.
export function enough(to, from) {
  const way = Math.abs(to - from), step = 10 ** Math.floor(Math.log10(way) - 1);
  return way > 0 ? exact((to > from ? Math.ceil : Math.floor)(exact(to / step)) * step) : to;
}

export function ordinal(n) {
  const teen = n % 100 > 10 && n % 100 < 14;
  return n + ((!teen && { 1: "st", 2: "nd", 3: "rd" }[n % 10]) || "th");
}

// An amount, rounded up to whole units from 1,000 on and else to cents where `round` is Math.ceil;
// a price that was entered keeps its cents.
export function money(amount, currency, round = Math.round, entered = false) {
  const step = Math.abs(amount) >= 1000 && !entered ? 1 : 100;
  // what is less than a thousandth of what is shown is float noise, which is not rounded up
  const steps = round === Math.round ? exact(step * amount) : Math.round(1e3 * step * amount) / 1e3;
  const shown = round(steps) / step;
  const digits = { minimumFractionDigits: Number.isInteger(shown) ? 0 : 2, maximumFractionDigits: 2 };
  if (currency === "XXX") return shown.toLocaleString("en", digits);
  return shown.toLocaleString("en", { style: "currency", currency, ...digits });
}

export function listed(names, most = 3) {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
