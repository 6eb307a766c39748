// The counter: shows the papers of the chosen service, Enter sends from the need too, and the arrow goes from the
// search box to what it found. Everything works without it; the draft is kept by drafts.js.
(() => {
  "use strict";

  const form = document.getElementById("intake");

  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && event.target.id === "q") {
      const first = document.querySelector("#results [data-hit]");
      if (first) { event.preventDefault(); first.focus(); }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("[data-enter-submits]")) {
      event.preventDefault();
      const register = form.querySelector("[data-register]");
      if (!register.disabled) form.requestSubmit(register);
    }
  });

  if (!form) return;

  const service = form.elements.service;
  document.getElementById("papers").classList.add("one");
  function showPapers() {
    for (const box of form.querySelectorAll("[data-papers]")) {
      box.hidden = box.dataset.papers !== service.value;
    }
  }
  service.addEventListener("change", showPapers);
  showPapers();

  function showSigning() {
    const chosen = form.querySelector("input[name=signed]:checked");
    for (const box of form.querySelectorAll("[data-signed]")) box.hidden = !chosen || box.dataset.signed !== chosen.value;
  }
  form.addEventListener("change", (event) => { if (event.target.name === "signed") showSigning(); });
  showSigning();
})();
