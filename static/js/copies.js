// A power cut while the connection is down: what the server could not be given lies in this browser, sealed with a key
// that the server gives to its owner's pages alone and that is never stored. It goes as soon as the server has the
// draft, at signing out, and after a day (portal.js). What lies there when its owner is back becomes an ordinary draft.
(() => {
  "use strict";

  const bearer = document.querySelector("[data-copy-keys]");
  if (!bearer || !window.crypto || !crypto.subtle || !navigator.locks) return;
  const mine = `portal.${bearer.dataset.copyUnder || "copy"}.${document.getElementById("lock").dataset.mark}.`;
  const places = new WeakMap(); // of each form of this page
  const keys = bearer.dataset.copyKeys.split(" ").map((key) =>
    crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]));
  let sealing = Promise.resolve();

  // While this page is open its own copies are nobody else's to give back.
  function placeOf(form) {
    if (!places.has(form)) {
      const place = mine + crypto.randomUUID();
      places.set(form, place);
      navigator.locks.request(place, () => new Promise(() => {}));
    }
    return places.get(form);
  }

  function bytes(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  function text(buffer) {
    return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  }

  async function seal(form, body) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keys[0], new TextEncoder().encode(body));
    localStorage.setItem(placeOf(form), JSON.stringify({ at: Date.now(), iv: text(iv), sealed: text(sealed) }));
    form.dispatchEvent(new CustomEvent("portal:sealed", { bubbles: true }));
  }

  async function unseal(copy) {
    for (const key of keys) {
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(copy.iv) }, await key, bytes(copy.sealed));
        return new TextDecoder().decode(plain);
      } catch { /* of another day */ }
    }
    return null;
  }

  function each(prefix, act) {
    for (const place of Object.keys(localStorage)) if (place.startsWith(prefix)) act(place);
  }

  function read(place) {
    try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
  }

  // A draft of its own: the one it was part of may have gone on elsewhere since. Where the server tells such from one
  // that only goes on (`data-copy-continues`), it is told which.
  async function giveBack(place) {
    const copy = read(place);
    const body = copy && await unseal(copy);
    if (!body) { localStorage.removeItem(place); return false; }
    const form = new URLSearchParams(body);
    if (!("copyContinues" in bearer.dataset)) form.delete("draft");
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(bearer.dataset.copyTo, { method: "POST", body: form, redirect: "manual", headers: { "X-Unattended": "1" } });
    if (!answer.ok) return false;
    localStorage.removeItem(place);
    const said = document.querySelector("[data-copy-back]");
    if (said) said.hidden = false;
    const sentence = document.querySelector("[data-copy-sentence]");
    if (sentence) sentence.textContent = (await answer.json()).sentence || "";
    return true;
  }

  // Said once all are there: a page drawn anew at the first would cut the others off on their way, and send them twice.
  const returning = [];
  each(mine, (place) => {
    returning.push(navigator.locks.request(place, { ifAvailable: true }, (free) => (free ? giveBack(place) : null)).catch(() => {}));
  });
  Promise.all(returning).then((given) => { if (given.some(Boolean)) document.dispatchEvent(new CustomEvent("portal:copy-back")); });

  document.addEventListener("portal:unkept", (event) => { sealing = sealing.then(() => seal(event.target, event.detail.body)).catch(() => {}); });
  document.addEventListener("portal:kept", (event) => { sealing = sealing.then(() => localStorage.removeItem(placeOf(event.target))); });
})();
