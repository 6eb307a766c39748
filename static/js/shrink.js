// A phone's photograph is made smaller on the device before it is sent, which leaves its position and camera behind.
// Without this file it goes as it is, and the server does the same.
(() => {
  "use strict";

  const LONGEST = 2400;
  const LIGHT = 1500000;
  const working = new WeakMap();

  async function smaller(file) {
    if (file.type !== "image/jpeg" && !(file.type === "image/png" && file.size > LIGHT)) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch {
      return file; // not a picture this browser opens: the server says what to do
    }
  }

  async function shrink(field) {
    const chosen = [...field.files];
    const made = [];
    for (const file of chosen) made.push(await smaller(file)); // one after the other: a phone has little memory
    const box = new DataTransfer();
    for (const file of made) box.items.add(file);
    field.files = box.files;
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches("input[type=file][data-shrink]") || !field.files.length) return;
    const work = shrink(field).finally(() => working.delete(field));
    working.set(field, work);
  });

  // Sent while it is still at work: the form waits for it.
  document.addEventListener("submit", (event) => {
    const busy = [...event.target.elements].map((field) => working.get(field)).filter(Boolean);
    if (!busy.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    Promise.all(busy).then(() => event.target.requestSubmit(submitter));
  }, true);
})();
