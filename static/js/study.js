// Sections of a study in the field: the state word says where what was written is, and what came back from this device
// is shown at once where nothing new was typed. Works without it: the forms and the server's drafts remain.
(() => {
  "use strict";

  let touched = false;
  const folded = location.hash && document.getElementById(location.hash.slice(1));
  if (folded && folded.matches("details")) folded.open = true;

  document.addEventListener("input", () => { touched = true; });
  document.addEventListener("portal:sealed", (event) => {
    const state = event.target.querySelector("[data-draft-state]");
    if (state.textContent === state.dataset.lost) state.textContent = state.dataset.sealed;
  });
  // One more new line: they stand in the page already, so that no connection is needed.
  document.querySelectorAll("[data-next-line]").forEach((button) => {
    const next = () => button.closest("details").querySelector("form[data-line][hidden]");
    button.hidden = !next();
    button.addEventListener("click", () => {
      const form = next();
      form.hidden = false;
      form.querySelector("select").focus();
      button.hidden = !next();
    });
  });
  // What cannot be kept on the device (a photograph) is not sent into nothing: the form waits for the connection.
  document.addEventListener("submit", (event) => {
    const says = event.target.querySelector("[data-offline-says]");
    if (!says) return;
    says.hidden = navigator.onLine;
    if (!navigator.onLine) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);
  document.addEventListener("portal:copy-back", () => { if (!touched) location.replace(location.pathname); });
})();
