// Numbers in words, rounded as vendor_eval/wording.py rounds them: never in a direction that flatters.

const nbsp = "\u00a0";
const exact = (number) => Math.round(1e9 * number) / 1e9; // float noise below a tie moves no digit

export const percent = (share) => `${Math.round(exact(1000 * share)) / 10}${nbsp}%`;
export const inPoints = (share) => (100 * share).toFixed(1);
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
  return `${n}${(!teen && { 1: "st", 2: "nd", 3: "rd" }[n % 10]) || "th"}`;
}

// An amount, rounded up to whole units from 1,000 on and else to cents where `round` is Math.ceil.
export function money(amount, currency, round = Math.round) {
  const step = Math.abs(amount) >= 1000 ? 1 : 100;
  const shown = round(exact(step * amount)) / step;
  const digits = { minimumFractionDigits: Number.isInteger(shown) ? 0 : 2, maximumFractionDigits: 2 };
  if (currency === "XXX") return shown.toLocaleString("en", digits);
  return shown.toLocaleString("en", { style: "currency", currency, ...digits });
}

export function listed(names, most = 3) {
  if (names.length > most) return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
