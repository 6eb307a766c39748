// The idle lock: covers the page at once, keeps what the page can keep, then locks the session. What was typed stays
// under the cover as it was. The server locks by its own clock too, so a page whose script died opens nothing.
// Other tabs hear one bare word; none of them says who or what.
(() => {
  "use strict";

  const dialog = document.getElementById("lock");
  if (!dialog) return;
  document.body.append(dialog); // beside all that it covers, wherever the page put it
  const form = dialog.querySelector("[data-unlock]");
  const said = form.querySelector("[data-lock-said]");
  const { seconds, mark, lock, alive } = dialog.dataset;
  const LIMIT = Number(seconds) * 1000;
  const TELL_EVERY = Math.min(LIMIT / 5, 30000);
  const KEEP_WITHIN = 3000;
  const OTHERS_KEEP = 1000; // the other tabs are left as long alone, and the session is theirs too
  const AGAIN = 5000;
  const SEAL_WITHIN = 300;
  const SIDE_BY_SIDE = 10000;
  const tabs = new BroadcastChannel("portal-lock");
  const title = document.title;
  const page = document.documentElement;

  let covered = false;
  let known = true; // whether the server knows of this cover
  let telling = Promise.resolve();
  let last = Date.now();
  let told = last;
  let timer = null;
  let place = null;

  function send(url, body = "") {
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" };
    return fetch(url, { method: "POST", body, headers, redirect: "manual", keepalive: true });
  }

  // --- The cover

  function cover() {
    if (covered) return;
    covered = true;
    known = false;
    place = document.activeElement;
    page.classList.add("covered");
    document.title = dialog.dataset.title;
    said.textContent = "";
    dialog.showModal();
    ask();
  }

  function ask() {
    const password = form.elements.password;
    if (password) password.value = "";
    (password || form.querySelector("button")).focus();
  }

  function uncover() {
    covered = false;
    known = true;
    last = Date.now();
    page.classList.remove("covered", "left");
    document.title = title;
    if (form.elements.password) form.elements.password.value = "";
    dialog.close();
    if (place && place.isConnected) place.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("portal:uncovered"));
  }

  // Whatever the browser itself does on Escape, a covered page is covered.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (covered) { dialog.showModal(); ask(); } });

  // --- Locking: first what people see, then what was typed, then the session

  async function locking() {
    if (covered) return;
    cover();
    tabs.postMessage("cover");
    await Promise.all([keep(), new Promise((done) => setTimeout(done, OTHERS_KEEP))]);
    telling = tellLocked();
  }

  function keep() {
    const waits = [];
    document.dispatchEvent(new CustomEvent("portal:covered", { detail: { waits } }));
    return Promise.race([Promise.allSettled(waits), new Promise((done) => setTimeout(done, KEEP_WITHIN))]);
  }

  async function tellLocked() {
    if (!covered || known) return;
    try {
      const answer = await send(lock);
      if (isStranger(answer)) await recheck(); // and again, with the token of today
      if (!answer.ok) throw new Error(answer.status);
      known = true;
      tabs.postMessage("locked");
    } catch {
      setTimeout(() => { telling = tellLocked(); }, AGAIN);
    }
  }

  // The server locked it by itself, or another tab did.
  function lockedAlready() {
    cover();
    known = true;
  }

  // --- Unlocking

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    said.textContent = "";
    try {
      await telling;
      await answered(await send(form.action, new URLSearchParams(new FormData(form))));
    } catch {
      said.textContent = dialog.dataset.offline;
    } finally {
      delete form.dataset.busy;
    }
  });

  async function answered(answer) {
    if (answer.status === 204) {
      uncover();
      tabs.postMessage("open");
    } else if (answer.status === 422) {
      ask();
      said.textContent = await answer.text();
    } else if (answer.status === 429) said.textContent = dialog.dataset.paused;
    else if (isStranger(answer)) await recheck();
    else said.textContent = dialog.dataset.offline;
  }

  // Led to the sign-in page, or sent with a token of before the last signing in.
  function isStranger(answer) {
    return answer.type === "opaqueredirect" || answer.status === 403;
  }

  // Whose session is it now? The same person's: go on, with the token of today. Anybody else's: this page is not theirs.
  async function recheck() {
    const now = await whose();
    if (!now) return;
    if (now.mark !== mark) { leave(); return; }
    renew(now.token);
    if (covered && known) uncover(); // what the server was not told of yet, its answer does not open
    page.classList.remove("left");
  }

  async function whose() {
    const answer = await fetch(alive, { headers: { "X-Unattended": "1" }, redirect: "manual", cache: "no-store" });
    if (answer.status === 423) lockedAlready();
    else return answer.ok ? answer.json() : { mark: "" };
  }

  function renew(token) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    if (document.body.hasAttribute("hx-headers")) document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  // What the page still holds is sealed by its own script (copies.js); the server takes nothing with the old token.
  async function leave() {
    page.classList.add("left");
    await keep();
    setTimeout(() => location.replace(location.pathname + location.search), SEAL_WITHIN);
  }

  // A page kept its words and was told that nobody is signed in: perhaps the same person is again, in another tab.
  document.addEventListener("portal:ended", () => {
    whose().then((now) => { if (now && now.mark === mark) renew(now.token); }).catch(() => {});
  });

  tabs.addEventListener("message", ({ data }) => {
    if (data === "cover" && !covered) { cover(); keep(); }
    if (data === "locked") known = true;
    if (data === "open" && covered && known) recheck().catch(() => {});
    if (data === "active") last = Date.now();
  });

  // --- Somebody is there: told to the server and to the other tabs, seldom

  function active() {
    if (covered) return;
    if (Date.now() - last >= LIMIT) { locking(); return; }
    last = Date.now();
    if (last - told >= TELL_EVERY) tell();
    else if (!timer) timer = setTimeout(tell, told + TELL_EVERY - last);
  }

  function tell() {
    clearTimeout(timer);
    timer = null;
    told = Date.now();
    tabs.postMessage("active");
    send(alive).then((answer) => {
      if (answer.status === 423) lockedAlready();
      if (isStranger(answer)) return recheck();
    }).catch(() => {});
  }

  function look() {
    if (!covered && Date.now() - last >= LIMIT) locking();
    else if (covered && known && document.visibilityState === "visible") recheck().catch(() => {});
  }

  setInterval(() => { if (!covered) look(); }, 1000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", () => { if (covered && !known) telling = tellLocked(); });
  for (const kind of ["pointerdown", "pointermove", "wheel"]) window.addEventListener(kind, active, { capture: true, passive: true });

  // F9 locks. No key reaches the page under the cover, nor does the one that found it left too long.
  window.addEventListener("keydown", (event) => {
    const open = !covered;
    const locks = event.key === "F9" && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (open) active();
    if (open && locks) locking();
    if (!covered) return;
    event.stopImmediatePropagation();
    if (open || locks || event.key === "Escape") event.preventDefault();
  }, true);

  window.addEventListener("submit", (event) => {
    const locks = event.target.matches("[data-lock-now]");
    if (!locks && !(covered && !dialog.contains(event.target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (locks) locking();
  }, true);

  // --- What else asks the server

  document.addEventListener("htmx:configRequest", (event) => {
    if (covered) event.preventDefault();
    else if (Date.now() - last >= SIDE_BY_SIDE) event.detail.headers["X-Unattended"] = "1"; // nobody touched anything: a poll
  });
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status === 423) lockedAlready(); });
  document.addEventListener("portal:locked", lockedAlready);

  // Gone from the page and back by the browser's own button: nothing is shown before the server says whose it is.
  window.addEventListener("pagehide", () => page.classList.add("left"));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) recheck().catch(() => { cover(); });
    else page.classList.remove("left");
  });

  tabs.postMessage("open");
})();
