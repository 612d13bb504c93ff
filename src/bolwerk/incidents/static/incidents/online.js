/* On the report page: keep the page for when there is no network, send what waits, and seal when the network just went. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-offline]");
  const part = document.querySelector("[data-waiting]");
  if (!form || !part || !("serviceWorker" in navigator) || !("indexedDB" in window)) return;
  const send = () => self.bolwerkQueue.flush(part.dataset)
    .then((sender) => { if (sender) window.localStorage.setItem("bw-sender", sender); return sender; })
    .catch(() => window.localStorage.getItem("bw-sender"))
    .then((sender) => self.bolwerkQueue.show(part, sender));
  window.addEventListener("load", () => {
    navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.scope }).catch(() => undefined);
    send();
  });
  window.addEventListener("online", send);

  const load = (from) => new Promise((done, fail) => {
    const script = document.createElement("script");
    Object.assign(script, { src: from, async: false, onload: done, onerror: fail });
    document.head.append(script);
  });
  const seal = async () => {
    const kept = new DOMParser().parseFromString(await (await fetch(form.dataset.offline)).text(), "text/html");
    const files = Array.from(kept.querySelectorAll("script[data-seal]"), (script) => script.getAttribute("src"));
    await Promise.all(files.map(load));
    const key = kept.querySelector("[data-key]").dataset.key;
    await self.bolwerkQueue.put(self.bolwerkSealing.report(form, { key, sender: window.localStorage.getItem("bw-sender") }));
    window.location.assign(form.dataset.offline);
  };
  form.addEventListener("submit", (event) => {
    const complete = ["safety", "kind", "channel"].every((name) => new FormData(form).get(name));
    if (navigator.onLine || !complete || !window.localStorage.getItem("bw-sender")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    seal().catch(() => form.submit());
  }, { capture: true });
})();
