// One section of a study in the field: the state word says where what was written is, and what came back from this
// device is shown at once where nothing new was typed. Works without it: the form and the server's drafts remain.
(() => {
  "use strict";

  const form = document.getElementById("section");
  if (!form) return;
  const state = form.querySelector("[data-draft-state]");
  let touched = false;

  form.addEventListener("input", () => { touched = true; });
  document.addEventListener("portal:sealed", () => {
    if (state.textContent === state.dataset.lost) state.textContent = state.dataset.sealed;
  });
  document.addEventListener("portal:copy-back", () => { if (!touched) location.replace(location.pathname); });
})();
