// The verification screen, quicker: 1 to 4 judge the paper whose row has the focus, arrows go between papers, its pages
// stand beside it, larger and turned. Without this file the same forms work with their radios, and links show the pages.
(() => {
  "use strict";

  const JUDGED = { 1: "accepted", 2: "problem", 3: "does_not_exist", 4: "not_eligible" };
  const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea, select";
  const rows = [...document.querySelectorAll("[data-paper]")];
  const viewers = [...document.querySelectorAll("[data-viewer-of]")];
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;

  // --- The pages of one paper ---

  function viewerOf(viewer) {
    const box = viewer.querySelector(".viewer");
    const sheets = [...viewer.querySelectorAll("[data-sheet]")];
    const place = viewer.querySelector("[data-place]");
    const larger = viewer.querySelector("[data-zoom]");
    let at = 0;
    let turned = 0;

    function show(wanted) {
      at = Math.min(Math.max(wanted, 0), sheets.length - 1);
      sheets.forEach((sheet, index) => (sheet.hidden = index !== at));
      if (place) place.textContent = place.dataset.place.replace("#", at + 1);
      for (const button of viewer.querySelectorAll("[data-step]")) {
        const over = Number(button.dataset.step) < 0 ? at === 0 : at === sheets.length - 1;
        button.setAttribute("aria-disabled", over);
      }
      box.scrollTop = 0;
    }
    function zoom() {
      larger.setAttribute("aria-pressed", box.classList.toggle("big-view"));
    }
    function turn() {
      box.classList.remove(`turn-${turned}`);
      turned = (turned + 1) % 4;
      box.classList.add(`turn-${turned}`);
    }
    viewer.querySelector("[data-viewer-tools]").hidden = false;
    larger.addEventListener("click", zoom);
    viewer.querySelector("[data-turn]").addEventListener("click", turn);
    for (const button of viewer.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => show(at + Number(button.dataset.step)));
    }
    show(0);
    return { zoom, turn, step: (by) => show(at + by) };
  }

  const tools = new Map(viewers.map((viewer) => [viewer.dataset.viewerOf, viewerOf(viewer)]));
  let shown = viewers.find((viewer) => !viewer.hidden)?.dataset.viewerOf;

  // A paper without pages leaves the last one's away: nothing beside a row is of another paper.
  function showPagesOf(row) {
    shown = row.dataset.paper;
    for (const viewer of viewers) viewer.hidden = viewer.dataset.viewerOf !== shown;
    for (const image of document.querySelectorAll(`[data-viewer-of="${shown}"] img[data-src]`)) {
      image.src = image.dataset.src; // only now: a look at a page leaves a row
      delete image.dataset.src;
    }
  }

  // --- Keys ---

  // The key's place counts, for an Arabic keyboard sends other digits and letters.
  function digit(event) {
    const place = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
    return place ? place[1] : "";
  }

  function judge(row, state) {
    const radio = row.querySelector(`input[type=radio][value=${state}]`);
    if (!radio) return false;
    row.open = true;
    radio.checked = true;
    offerReasons(row);
    const wanted = {
      accepted: row.querySelector("input[name$=-valid_until]"),
      problem: row.querySelector("select[name$=-ready]"),
      does_not_exist: row.querySelector("select[name$=-ready]"),
      not_eligible: row.querySelector("select[name$=-ready]"),
    }[state];
    const reason = row.querySelector("input[name$=-reason]");
    const missing = wanted && !wanted.value && !(state !== "accepted" && reason.value);
    (missing ? wanted : row.querySelector("form > button")).focus();
    return true;
  }

  function goTo(row, by) {
    const next = rows[rows.indexOf(row) + by];
    if (!next) return;
    if (row.querySelector("form") && typedBeside(null, row).size === 0) row.open = false;
    next.open = true;
    next.querySelector("summary").focus();
  }

  const VIEWER_KEYS = {
    KeyR: (tool) => tool.turn(),
    KeyZ: (tool) => tool.zoom(),
    PageDown: (tool) => tool.step(1),
    PageUp: (tool) => tool.step(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.matches(TYPING)) return;
    const row = event.target.closest("[data-paper]");
    const tool = tools.get(shown);
    let done = false;
    if (row && digit(event)) done = judge(row, JUDGED[digit(event)]);
    else if (row && event.target.matches("summary, button") && /^Arrow(Up|Down)$/.test(event.key)) {
      goTo(row, event.key === "ArrowDown" ? 1 : -1);
      done = true;
    } else if (tool && VIEWER_KEYS[event.code] && (row || event.target.closest("[data-viewer-of]"))) {
      VIEWER_KEYS[event.code](tool);
      done = true;
    }
    if (done) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-paper]");
    if (row && row.dataset.paper !== shown) showPagesOf(row);
  });

  // --- The reason: chosen, then changed as one likes ---

  function offerReasons(row) {
    const chosen = row.querySelector("input[type=radio][name$=-state]:checked");
    const reasons = row.querySelector("[data-reasons]");
    if (!chosen || !reasons) return;
    reasons.hidden = !["problem", "does_not_exist", "not_eligible"].includes(chosen.value);
    const label = chosen.closest("label").textContent.trim();
    for (const group of reasons.querySelectorAll("optgroup")) group.hidden = group.disabled = group.label.trim() !== label;
  }

  document.addEventListener("change", (event) => {
    const row = event.target.closest("[data-paper]");
    if (!row) return;
    if (event.target.matches("[name$=-state]")) offerReasons(row);
    if (event.target.matches("select[name$=-ready]") && event.target.value) {
      row.querySelector("input[name$=-reason]").value = event.target.value;
    }
  });
  // In a list of ready reasons Enter saves, as it does in a text field.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("select[name$=-ready]") || !event.target.value) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  rows.forEach(offerReasons);

  // --- What is typed under the other papers goes along when one is saved, or looked at: the server keeps it ---

  function typedBeside(form, only) {
    const typed = new Map();
    for (const other of (only || document).querySelectorAll(only ? "form" : "[data-paper] form")) {
      if (other === form) continue;
      for (const field of other.elements) {
        if (!field.name || ["hidden", "file"].includes(field.type)) continue;
        const before = field.tagName === "SELECT" ? [...field.options].find((each) => each.defaultSelected)?.value || "" : field.defaultValue;
        const changed = field.type === "radio" ? field.checked && !field.defaultChecked : field.value !== before;
        if (changed) typed.set(field.name, field.value);
      }
    }
    return typed;
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.closest("[data-paper]")) return;
    for (const [name, value] of typedBeside(event.target)) {
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      event.target.append(kept);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-beside]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = link.closest("[data-paper]");
    showPagesOf(row);
    document.getElementById(`viewer-${row.dataset.paper}`).scrollIntoView({ block: "nearest" });
  });

  // Leaving by any other way keeps it too.
  window.addEventListener("pagehide", () => {
    const typed = typedBeside(null);
    if (!typed.size || document.querySelector("[data-paper] form[data-sent]")) return;
    typed.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(document.querySelector("[data-keep]").dataset.keep, new URLSearchParams([...typed]));
  });

  // All papers settled: the next step has the focus, unless something else was asked for.
  const next = document.querySelector("[data-finished] .primary");
  if (next && !document.querySelector("[data-errors]")) next.focus();
})();
