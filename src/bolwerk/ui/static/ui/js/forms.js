/* Forms: the error summary takes focus, sending happens once, drafts are kept while typing.
   Without this file a form still sends, and "Keep as draft" still keeps. */
(() => {
  "use strict";
  document.querySelector("[data-error-summary]")?.focus();

  /* Sent once, however often one presses. A file that comes leaves the page as it is: that can be sent again, and what was
     wrong with it before is over. When something still is, a new page says so. */
  const nothingWrong = (form) => {
    form.querySelectorAll("[data-error-summary], .utrecht-form-field-error-message").forEach((told) => told.remove());
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    form.querySelectorAll("[class*='--invalid']").forEach((part) => {
      part.classList.remove(...[...part.classList].filter((name) => name.endsWith("--invalid")));
    });
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
    if ("download" in form.dataset) { nothingWrong(form); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  /* Drafts: two seconds after the last key, and when the page is left. */
  const QUIET = 2000;
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const told = form.querySelector("[data-draft-told]");
    let timer = 0;
    let changed = false;
    const keep = () => {
      if (!changed || form.dataset.sent) return;
      changed = false;
      const body = new FormData(form);
      body.set("quietly", "yes");
      form.querySelectorAll("input[type=file]").forEach((input) => body.delete(input.name)); // a draft is words
      fetch(form.dataset.draft, { method: "POST", body, keepalive: true, headers: { "X-Requested-With": "fetch" } })
        .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); })
        .then(() => { if (told) told.textContent = told.dataset.draftTold; })
        .catch(() => { changed = true; });
    };
    form.addEventListener("input", () => {
      changed = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, QUIET);
    });
    window.addEventListener("online", keep);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  });
})();
