/* Passkeys: asks the browser for one and sends the answer with the form. Forms stay hidden where this cannot work.
   webauthnJSON, which turns the browser's objects into text, comes with django-allauth. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential || !window.webauthnJSON) { return; }

  async function options(form) {
    if (form.dataset.options) { return JSON.parse(document.getElementById(form.dataset.options).textContent); }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }

  async function credential(form) {
    const asked = await options(form);
    if (form.dataset.passkey === "first") { return window.webauthnJSON.create(asked); } // signs in alone: as the server asks
    if (form.dataset.passkey !== "add") { return window.webauthnJSON.get(asked); }
    // Kept on the device where it can be, so that it also signs in without a password.
    Object.assign(asked.publicKey.authenticatorSelection, { residentKey: "preferred", userVerification: "preferred" });
    return window.webauthnJSON.create(asked);
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const trouble = form.querySelector("[data-passkey-trouble]");
    form.hidden = false;
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      trouble.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await credential(form));
        form.submit(); // no new submit event: this listener and the guard against double clicks stay out of it
      } catch {
        trouble.hidden = false;
      }
    });
  }
})();
