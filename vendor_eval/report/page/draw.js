"use strict";
(() => {
  const paper = "(210mm - 30mm)"; // A4 less the margins of the style sheet's @page
  const drawn = [];

  async function plotly() {
    const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (c) => c.charCodeAt(0));
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(plain).text(); // its hash stands in the page's policy
    document.head.append(script);
    return window.Plotly;
  }

  async function draw() {
    const Plotly = await plotly();
    const config = { displayModeBar: false, showSendToCloud: false, displaylogo: false, responsive: true };
    for (const json of document.querySelectorAll("script[data-for]")) {
      const place = document.getElementById(json.dataset.for);
      const { data, layout } = JSON.parse(json.textContent);
      const alternative = place.firstElementChild;
      alternative.remove();
      try {
        await Plotly.newPlot(place, data, layout, config);
        place.firstElementChild.setAttribute("aria-hidden", "true"); // the place itself has the words
        drawn.push(place);
      } catch (error) {
        place.replaceChildren(alternative); // the words stay where the picture fails
        console.error(error);
      }
    }
    document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true"); // plotly's own
    document.documentElement.dataset.drawn = drawn.length;
  }

  // A page is laid out for paper before anyone asks the charts: they get its width first.
  function onPaper() {
    const ruler = document.createElement("div");
    ruler.style.width = `calc${paper}`;
    document.body.append(ruler);
    const width = ruler.getBoundingClientRect().width;
    ruler.remove();
    for (const place of drawn) window.Plotly.relayout(place, { width, autosize: false });
  }
  function onScreen() {
    for (const place of drawn) window.Plotly.relayout(place, { width: null, autosize: true });
  }
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", onScreen);
  window.matchMedia("print").addEventListener("change", (print) => (print.matches ? onPaper() : onScreen()));

  // a picture in a folded section has no width until it is opened
  for (const folded of document.querySelectorAll("details")) {
    folded.addEventListener("toggle", () => {
      for (const place of drawn) if (folded.open && folded.contains(place)) window.Plotly.Plots.resize(place);
    });
  }

  // the first screen is painted before two megabytes are unpacked
  requestAnimationFrame(() => setTimeout(draw, 0));
})();
