// The name of a chosen file beside our own file control, and a question before leaving a form that was written in.
"use strict";
let written = false;
document.addEventListener("change", (event) => {
  const name = event.target.matches(".file-box input") && event.target.parentElement.querySelector(".file-name");
  if (name) name.textContent = [...event.target.files].map((file) => file.name).join("، ") || name.dataset.none;
  if (event.target.closest(".pv form[method=post]")) written = true;
});
document.addEventListener("submit", () => { written = false; });
addEventListener("beforeunload", (event) => { if (written) event.preventDefault(); });
