// The counter: keeps the draft while it is typed, shows the papers of the chosen service, Enter sends from the
// need too, and the arrow goes from the search box to what it found. Everything works without it.
(() => {
  "use strict";

  const KEEP_AFTER = 3000;
  const form = document.getElementById("intake");

  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && event.target.id === "q") {
      const first = document.querySelector("#results [data-hit]");
      if (first) { event.preventDefault(); first.focus(); }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("[data-enter-submits]")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-register]"));
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

  const saved = document.getElementById("saved");
  const UNKEPT = ["signature_drawn", "signature_scan", "form_key"];
  let timer = null;
  let sent = false;
  let busy = false;
  let keeping = Promise.resolve();

  function typed() {
    const data = new FormData(form);
    UNKEPT.forEach((name) => data.delete(name));
    return new URLSearchParams(data);
  }

  // One at a time: the first answer gives the draft's number, without which a second would begin another draft.
  function keep() {
    timer = null;
    busy = true;
    keeping = keeping.then(() => (sent ? null : fetch(form.dataset.draft, { method: "POST", body: typed() })))
      .then((answer) => {
        if (answer && !answer.ok) throw new Error(answer.status);
        return answer && answer.json();
      })
      .then((answer) => {
        if (!answer) return;
        form.elements.draft.value = answer.draft;
        saved.textContent = saved.dataset.kept;
      })
      .catch(() => { saved.textContent = saved.dataset.lost; })
      .finally(() => { busy = false; });
  }

  form.addEventListener("input", () => { if (!timer) timer = setTimeout(keep, KEEP_AFTER); });
  // A draft on its way is waited for: arriving after the registration it would be kept beside it.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = null;
    sent = true;
    if (!busy) return;
    event.preventDefault();
    keeping.then(() => form.requestSubmit(event.submitter));
  });
  window.addEventListener("pageshow", () => { sent = false; });
  // A locked screen or another tab: what is typed goes now.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) { clearTimeout(timer); keep(); }
  });
})();
