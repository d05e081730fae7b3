import { explorer } from "./explorer.js";

// In a report: every place that was left for an explorer gets one, with the data next to it.
for (const data of document.querySelectorAll("script[data-explorer]")) {
  explorer(document.getElementById(data.dataset.explorer), JSON.parse(data.textContent));
}
