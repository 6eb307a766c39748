// The papers and the receipt, quicker: 1, 2, 3 judge the paper whose row has the focus, a picture is enlarged
// and turned, a signature is drawn. Without this file the same forms work with their radios and a scan.
(() => {
  "use strict";

  const JUDGED = { 1: "accepted", 2: "problem", 3: "does_not_exist" };
  const TYPING = "input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea, select";

  // The key's place counts, for an Arabic keyboard sends other digits.
  function digit(event) {
    const place = /^(?:Digit|Numpad)([1-3])$/.exec(event.code);
    return place ? place[1] : "";
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-paper]");
    const state = JUDGED[digit(event)];
    if (!row || !state || event.ctrlKey || event.altKey || event.metaKey || event.target.matches(TYPING)) return;
    const radio = row.querySelector(`input[type=radio][value=${state}]`);
    if (!radio) return;
    event.preventDefault();
    row.open = true;
    radio.checked = true;
    const wanted = row.querySelector(state === "accepted" ? "[data-dual-date]" : "input[name$=-reason]");
    (wanted && !wanted.value ? wanted : row.querySelector("button:not([type=button])")).focus();
  });

  // What is typed under the other papers goes along when one is saved, or looked at: the server keeps it.
  function typedBeside(form) {
    const typed = new Map();
    for (const other of document.querySelectorAll("[data-paper] form")) {
      if (other === form) continue;
      for (const field of other.elements) {
        if (!field.name || field.type === "hidden" || field.type === "file") continue;
        const changed = field.type === "radio" ? field.checked && !field.defaultChecked : field.value !== field.defaultValue;
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
    const typed = link && typedBeside(null);
    if (!link || !typed.size || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    typed.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const kept = fetch(document.querySelector("[data-keep]").dataset.keep, { method: "POST", body: new URLSearchParams([...typed]) });
    kept.catch(() => {}).finally(() => location.assign(link.href));
  });

  const viewer = document.querySelector("[data-viewer]");
  if (viewer) {
    let turned = 0;
    document.querySelector("[data-viewer-tools]").hidden = false;
    document.querySelector("[data-zoom]").addEventListener("click", () => viewer.classList.toggle("big-view"));
    document.querySelector("[data-turn]").addEventListener("click", () => {
      viewer.classList.remove(`turn-${turned}`);
      turned = (turned + 1) % 4;
      viewer.classList.add(`turn-${turned}`);
    });
  }

  const pad = document.querySelector("[data-pad-of]");
  if (!pad) return;
  const canvas = pad.querySelector("canvas");
  const kept = document.getElementById(pad.dataset.padOf);
  const choices = document.querySelectorAll("[data-receipt] input[name=how]");
  const pen = canvas.getContext("2d");

  function blank() {
    canvas.width = canvas.clientWidth;
    canvas.height = canvas.clientHeight;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 2.5, lineCap: "round", lineJoin: "round", strokeStyle: "#1e2b28" });
    kept.value = "";
  }

  function chosen() {
    pad.hidden = ![...choices].some((choice) => choice.checked && choice.value === "drawn");
    if (!pad.hidden && !kept.value) blank();
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(event.offsetX, event.offsetY);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    pen.lineTo(event.offsetX, event.offsetY);
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => (kept.value = canvas.toDataURL("image/png")));
  pad.querySelector("[data-clear]").addEventListener("click", blank);
  for (const choice of choices) choice.addEventListener("change", chosen);
  chosen();
})();
