// The counter's box by keys: the arrows go from it through what it found and back, Escape returns to it.
// Everything works without it, by Tab and Enter.
(() => {
  "use strict";

  const box = document.getElementById("q");
  const results = document.getElementById("results");

  function step(from, by) {
    const stops = [box, ...results.querySelectorAll("[data-hit]")];
    return stops[stops.indexOf(from) + by];
  }

  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if (here !== box && !here.matches("#results [data-hit]")) return;
    if (event.key === "Escape" && here !== box) { event.preventDefault(); box.focus(); box.select(); }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = by && step(here, by);
    if (next) { event.preventDefault(); next.focus(); }
  });
})();
