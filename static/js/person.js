// The parts of a file: Enter saves from a list too, as it does from a field, and the building number follows the short
// address while it is typed or pasted. Works without it: the server fills in and compares the same two.
(() => {
  "use strict";

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("form.part select")) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector(".btn.primary"));
  });

  const code = document.querySelector("[data-short-code]");
  const building = document.querySelector("[data-building-number]");
  if (!code || !building) return;

  let filled = building.value && code.value.endsWith(building.value) ? building.value : "";
  code.addEventListener("input", () => {
    const digits = /^\s*[a-z]{4}[\s-]*([0-9]{4})\s*$/i.exec(code.value);
    // What an officer typed by hand stays; a difference between the two is the server's to say.
    if (!digits || (building.value && building.value !== filled)) return;
    building.value = filled = digits[1];
  });
})();
