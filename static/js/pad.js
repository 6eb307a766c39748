// A signature drawn with a finger, a pen or a mouse, sent as a picture in a hidden field: the one pad of every page.
// `data-pad-of` names the field, `data-pad-when="how=drawn"` the choice that shows it. Without this file, or without a
// pointer, the other ways to sign stand beside it.
(() => {
  "use strict";

  for (const pad of document.querySelectorAll("[data-pad-of]")) begin(pad);

  function begin(pad) {
    const canvas = pad.querySelector("canvas");
    const field = document.getElementById(pad.dataset.padOf);
    const [name, value] = pad.dataset.padWhen.split("=");
    const choices = [...field.form.querySelectorAll(`input[name="${name}"]`)];
    const pen = canvas.getContext("2d");
    let last = null;

    function clear() {
      canvas.width = canvas.clientWidth;
      canvas.height = canvas.clientHeight;
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      Object.assign(pen, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#1e2b28" });
    }

    // What was drawn comes back when the page is shown again after a refusal.
    function bring() {
      clear();
      if (!field.value) return;
      const before = new Image();
      before.onload = () => pen.drawImage(before, 0, 0, canvas.width, canvas.height);
      before.src = field.value;
    }

    function show() {
      const was = pad.hidden;
      pad.hidden = !choices.some((choice) => choice.checked && choice.value === value);
      if (was && !pad.hidden) bring();
    }

    // The box may be shown smaller or larger than it was when drawing began.
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
      field.dataset.drawn = "";
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (last && "drawn" in field.dataset) field.value = canvas.toDataURL("image/png");
        last = null;
      });
    }
    pad.querySelector("[data-clear]").addEventListener("click", () => {
      clear();
      field.value = "";
      delete field.dataset.drawn;
    });
    for (const choice of choices) choice.addEventListener("change", show);
    show();
  }
})();
