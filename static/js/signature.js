// A signature drawn with a finger, a pen or a mouse, sent as a picture in a hidden field. Without it paper remains.
(() => {
  "use strict";

  const form = document.getElementById("intake");
  const canvas = form && form.querySelector(".pad canvas");
  if (!canvas) return;
  const field = form.elements.signature_drawn;
  if (matchMedia("(max-width: 480px)").matches) canvas.height = 420; // a finger needs room
  const pen = canvas.getContext("2d");
  Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#1e2b28" });
  let last = null;

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = place(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...here);
    pen.stroke();
    last = here;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (last) field.value = canvas.toDataURL("image/png");
      last = null;
    });
  }
  form.querySelector("[data-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  });

  // A page shown again after a refusal brings the signature back with what was typed.
  if (field.value) {
    const before = new Image();
    before.onload = () => pen.drawImage(before, 0, 0);
    before.src = field.value;
  }

  function show() {
    const chosen = form.querySelector("input[name=signed]:checked");
    for (const box of form.querySelectorAll("[data-signed]")) box.hidden = !chosen || box.dataset.signed !== chosen.value;
  }
  form.addEventListener("change", (event) => { if (event.target.name === "signed") show(); });
  show();
})();
