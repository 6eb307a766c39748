// The committee's page: a rejection's reasons are shown while they are typed, exactly as the person will read them,
// and a panel opened by its key takes the focus. Without this script the proposal shows them once it is put.
(() => {
  "use strict";

  for (const preview of document.querySelectorAll("[data-reads]")) {
    const field = document.getElementById(preview.dataset.of);
    const [before, after] = preview.dataset.reads.split("…");
    const show = () => {
      const reasons = field.value.trim().replace(/\.+$/, "");
      preview.hidden = !reasons;
      preview.querySelector("p").textContent = before + reasons + after;
    };
    field.addEventListener("input", show);
    show();
  }

  // A reason chosen from the list lays its words into the field below it; what was typed by hand is kept.
  for (const list of document.querySelectorAll("select[name=reason]")) {
    const field = list.form.querySelector("[name=reasons]");
    let laid = "";
    list.addEventListener("change", () => {
      if (field.value.trim() !== laid) return;
      laid = list.selectedOptions[0].dataset.text || "";
      field.value = laid;
      field.dispatchEvent(new Event("input"));
    });
  }

  document.addEventListener("toggle", (event) => {
    if (!event.target.open) return;
    const field = event.target.querySelector("input:not([type=hidden]), textarea");
    if (field) field.focus();
  }, true);
})();
