// A half-filled form is kept on the server while it is typed: <form data-draft="url">, a hidden `draft` for its number,
// and [data-draft-state] where its calm words appear. Until the connection is back the page holds what was typed and
// tries again; nothing is sent that would end on the browser's own page of errors.
(() => {
  "use strict";

  const KEEP_AFTER = 3000;
  const FIRST_AGAIN = 1000;
  const LAST_AGAIN = 60000;

  for (const form of document.querySelectorAll("form[data-draft]")) keeping(form);

  function keeping(form) {
    const state = form.querySelector("[data-draft-state]");
    const unkept = (form.dataset.unkept || "").split(" ");
    let typing = null; // the wait after a key
    let again = null; // the wait after a failure
    let pause = FIRST_AGAIN;
    let waiting = false; // something typed is not on the server
    let busy = Promise.resolve(true);
    let sending = false; // the press of a button is being looked into
    let sent = false; // the form itself is on its way
    let told = ""; // the server's own word on what it kept

    function typed() {
      const data = new FormData(form);
      unkept.forEach((name) => data.delete(name));
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      return new URLSearchParams(data);
    }

    function say(what) {
      state.textContent = (what === "kept" && told) || state.dataset[what];
      state.classList.toggle("why", what !== "kept" || Boolean(told));
    }

    // One at a time: the first answer gives the draft's number, without which a second would begin another draft.
    function keep() {
      clearTimeout(typing);
      clearTimeout(again);
      typing = again = null;
      busy = busy.then(async () => (sent ? true : settle(await offer())));
      return busy;
    }

    async function offer() {
      const body = typed();
      waiting = false;
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual", headers: { "X-Unattended": "1" } });
        if (answer.status === 423) return "locked";
        if (answer.type === "opaqueredirect" || answer.status === 403) return "ended";
        if (!answer.ok) return "lost";
        const kept = await answer.json();
        form.elements.draft.value = kept.draft;
        told = kept.sentence || "";
        return "kept";
      } catch {
        return "lost";
      }
    }

    // A locked screen tries again when it is opened; a connection or a server that is gone, by itself.
    function settle(outcome) {
      const kept = outcome === "kept";
      waiting = waiting || !kept;
      if (kept) pause = FIRST_AGAIN;
      if (outcome === "locked") document.dispatchEvent(new CustomEvent("portal:locked"));
      else say(outcome);
      if (outcome === "ended") document.dispatchEvent(new CustomEvent("portal:ended"));
      if (outcome === "lost" || outcome === "ended") {
        clearTimeout(again);
        again = setTimeout(keep, pause);
        pause = Math.min(pause * 2, LAST_AGAIN);
      }
      form.dispatchEvent(new CustomEvent(kept ? "portal:kept" : "portal:unkept", { bubbles: true, detail: { body: String(typed()) } }));
      return kept;
    }

    form.addEventListener("input", () => {
      waiting = true;
      if (!typing && !again) typing = setTimeout(keep, KEEP_AFTER);
    });

    // The form goes only where the server answered just now. Its draft is there first, so that whatever happens on the
    // way is not lost; without an answer nothing is sent, and only a new press sends it.
    form.addEventListener("submit", async (event) => {
      if (sent) return;
      event.preventDefault();
      if (sending) return;
      sending = true;
      const kept = await keep();
      sending = false;
      if (!kept) { if (state.textContent === state.dataset.lost) say("unsent"); return; }
      sent = true;
      form.requestSubmit(event.submitter);
    });

    window.addEventListener("pageshow", () => { sent = sending = false; });
    // An attempt may be under way just now that began without a connection: its next one then comes soon.
    window.addEventListener("online", () => { pause = FIRST_AGAIN; if (waiting) keep(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && waiting && !again) keep(); });
    document.addEventListener("portal:covered", (event) => { if (waiting) event.detail.waits.push(keep()); });
    document.addEventListener("portal:uncovered", () => { if (waiting) keep(); });
  }
})();
