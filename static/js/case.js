// The receipt, quicker: a signature is drawn. Without this file the same form works with a scan.
(() => {
  "use strict";

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
