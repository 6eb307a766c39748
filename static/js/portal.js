// Makes pages quicker that already work without it: keys, one submit only, focus, printing.
// Every hook is a data attribute; docs/design.md lists them.
(() => {
  "use strict";

  const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), textarea, select, [contenteditable]";

  // An Arabic keyboard sends ح for the P key and ١ for 1, so the key's place counts as well as its character.
  function pressed(event, wanted) {
    const place = { "/": "Slash", " ": "Space" }[wanted] || (/^[0-9]$/.test(wanted) ? "Digit" + wanted : "Key" + wanted.toUpperCase());
    return event.key === wanted || (wanted.length === 1 && (event.code === place || event.code === "Numpad" + wanted));
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches && event.target.matches(TYPING);
    // A search field empties itself on Escape: nothing typed is ever lost by it.
    if (event.key === "Escape" && typing) event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (typing && !/^F\d+$/.test(event.key)) return;
    const target = [...document.querySelectorAll("[data-key]")].find(
      (node) => pressed(event, node.dataset.key) && node.getClientRects().length,
    );
    if (!target) return;
    event.preventDefault();
    if (target.matches(TYPING)) return target.select();
    target.click();
    // What a key has unfolded is typed into at once; folded again, the key's own place keeps the focus.
    if (target.matches("summary")) {
      const fields = [...target.parentElement.querySelectorAll(TYPING)];
      (fields.find((field) => field.getClientRects().length) || target).focus();
    }
  });

  // A second press of the same button sends nothing; the server has its own guard, this one saves the wait.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "many" in form.dataset || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  });

  // What `copies.js` sealed here goes after a day wherever a page is opened, and with its owner at signing out.
  const DAY = 24 * 60 * 60 * 1000;
  function forget(goes) {
    for (const place of Object.keys(localStorage)) if (/^portal\.(copy|study-\d+)\./.test(place) && goes(place)) localStorage.removeItem(place);
  }
  function stale(place) {
    try { return !(Date.now() - JSON.parse(localStorage.getItem(place)).at < DAY); } catch { return true; }
  }
  forget(stale);
  document.addEventListener("submit", (event) => {
    const lock = document.getElementById("lock");
    if (lock && event.target.matches("[data-sign-out]")) forget((place) => place.split(".")[2] === lock.dataset.mark);
  });

  // Coming back with the browser's own button finds the form ready again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("change", (event) => {
    const name = event.target.matches(".file-box input") && event.target.parentElement.querySelector(".file-name");
    if (name) name.textContent = [...event.target.files].map((file) => file.name).join("، ") || name.dataset.none;
  });

  function focusFirst() {
    const first =
      document.querySelector("main [aria-invalid=true], main .is-invalid") ||
      document.querySelector("[data-errors]") ||
      document.querySelector("[data-focus]") ||
      document.querySelector("main [data-said]");
    // A link to a place in the page has taken the focus there already.
    if (!first || (location.hash && document.activeElement !== document.body && !first.matches("[aria-invalid=true]"))) return;
    first.focus();
    // Where the address names a place of the page, a browser that goes there late lets the focus go again.
    const again = () => document.activeElement === document.body && first.focus();
    if (location.hash && document.readyState !== "complete") window.addEventListener("load", again, { once: true });
    // What stands in a search box is selected, so that the next scan replaces it.
    if (first.type === "search") first.select();
  }

  // On a phone the tabs run beyond the edge: the one that is open is brought into sight.
  function showTab() {
    document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function begin() {
    showTab();
    focusFirst();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
