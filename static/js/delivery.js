// Delivery, quicker: only the questions of what was chosen are shown, and the rows of a schedule are summed as typed.
// Without this file all questions stand, and the server sums.
(() => {
  "use strict";

  const DIGITS = { "٫": ".", "٬": "", ",": "", " ": "" };

  for (const form of document.querySelectorAll("form:has([data-when])")) {
    const show = () => {
      for (const box of form.querySelectorAll("[data-when]")) {
        const [name, values] = box.dataset.when.split("=");
        const chosen = form.querySelector(`input[name="${name}"]:checked`);
        box.hidden = !chosen || !values.split(" ").includes(chosen.value);
      }
    };
    form.addEventListener("change", show);
    show();
  }

  const rows = document.querySelector("[data-rows][data-left]");
  if (!rows) return;
  const left = Math.round(Number(rows.dataset.left) * 100);

  function halalas(text) {
    const plain = [...text.trim()].map((letter) => DIGITS[letter] ?? digit(letter)).join("");
    return Math.round(Number(plain || 0) * 100);
  }

  function digit(letter) {
    const code = letter.codePointAt(0);
    if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
    if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
    return letter;
  }

  function sum() {
    const amounts = [...rows.querySelectorAll('input[name$="-amount"]')].map((field) => halalas(field.value));
    const total = amounts.reduce((before, each) => before + each, 0);
    const known = Number.isFinite(total);
    rows.querySelector("[data-sum]").textContent = known
      ? (total / 100).toLocaleString("en", { minimumFractionDigits: total % 100 ? 2 : 0, maximumFractionDigits: 2 })
      : "—";
    rows.querySelector("[data-off]").hidden = known && total === left;
  }

  rows.addEventListener("input", sum);
  sum();
})();
