// One more row for a relative, on the page itself. Without this script the button asks the server for it.
(() => {
  "use strict";

  const rows = document.querySelector("[data-rows]");
  const button = document.querySelector("[data-add-row]");

  // The last row, emptied, under the next number: «r1-name» becomes «r2-name» wherever a name or an id says it.
  const next = () => {
    const last = rows.lastElementChild;
    const from = Number(last.querySelector("input").name.match(/^r(\d+)-/)[1]);
    const row = last.cloneNode(true);
    row.id = `row-${from + 2}`;
    for (const wrong of row.querySelectorAll(".error, .invalid-feedback")) wrong.remove();
    for (const element of row.querySelectorAll("*")) {
      for (const { name, value } of [...element.attributes]) {
        if (["id", "for", "name", "aria-describedby"].includes(name)) {
          element.setAttribute(name, value.replaceAll(`r${from}-`, `r${from + 1}-`));
        }
      }
    }
    for (const field of row.querySelectorAll("input")) {
      field.value = "";
      field.removeAttribute("aria-invalid");
    }
    row.querySelector("legend").textContent = last.querySelector("legend").textContent.replace(/\d+/, from + 2);
    return row;
  };

  button.addEventListener("click", (event) => {
    if (rows.children.length >= Number(button.dataset.addRow)) return;
    event.preventDefault();
    const row = next();
    rows.append(row);
    row.querySelector("input").focus();
  });
})();
