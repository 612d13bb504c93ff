/* The shell comes alive: quick exit, shortcuts, a quiet bar without connection, a warning before the session ends.
   Every page works without this file. */
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  /* Quick exit: replace this page at once, and sign out behind it. */
  const exit = document.querySelector("[data-quick-exit]");
  const leave = () => {
    if (!exit) return;
    document.body.hidden = true;
    window.localStorage.removeItem("bw-sender");
    fetch(exit.action, { method: "POST", body: new FormData(exit), keepalive: true, redirect: "manual" })
      .catch(() => undefined)
      .finally(() => window.location.replace(exit.dataset.quickExit));
  };
  exit?.addEventListener("submit", (event) => { event.preventDefault(); leave(); });

  const TWICE = 600; // milliseconds between two presses of Escape
  let lastEscape = -TWICE;
  let lastKey = "";
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (event.timeStamp - lastEscape < TWICE) leave();
      lastEscape = event.timeStamp;
      document.querySelectorAll("details.bw-drop[open]").forEach((drop) => { drop.open = false; });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const search = document.querySelector("input[type=search]");
    if (event.key === "?") byId("shortcuts")?.showModal();
    else if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    else if (lastKey === "g" && event.key === "s") window.location.assign("/");
    lastKey = event.key;
  });

  /* In a row of tabs that is wider than a phone, the page on which one is stands in sight. */
  document.querySelectorAll(".bw-tabs [aria-current]").forEach((here) => {
    const row = here.closest("ul"), [own, around] = [here, row].map((one) => one.getBoundingClientRect());
    row.scrollLeft += own.left - around.left - (around.width - own.width) / 2;
  });

  /* No connection: say so quietly. */
  const bar = byId("network-lost");
  const show = () => { if (bar) bar.hidden = navigator.onLine; };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();

  /* The session ends by itself: warn a minute before. */
  const seconds = Number(document.body.dataset.sessionSeconds || 0);
  const dialog = byId("session-ends");
  const MINUTE = 60;
  const LONGEST = 2147483; // seconds a browser can wait for
  const wait = (left) => {
    if (dialog && left > MINUTE && left < LONGEST) window.setTimeout(() => dialog.showModal(), (left - MINUTE) * 1000);
  };
  wait(seconds);
  /* Nobody is signed in: whoever comes next does not report without network in the name of whoever was here. */
  if (!seconds && !byId("offline-report")) window.localStorage.removeItem("bw-sender");
  dialog?.querySelector("[data-stay]")?.addEventListener("click", (event) => {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
    fetch(event.currentTarget.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } })
      .then((answer) => { if (answer.ok) wait(seconds); })
      .catch(() => undefined);
  });

  /* Signing out makes the browser forget everything, but not what waits closed on this device (ADR 29): then what else is
     kept goes here, and the server is told to leave the rest. Without this script all of it goes. */
  const waits = () => new Promise((done) => {
    const opening = window.indexedDB.open("bolwerk-reports");
    opening.onupgradeneeded = () => opening.transaction.abort(); // there was nothing
    opening.onerror = () => done(false);
    opening.onsuccess = () => {
      const base = opening.result;
      const counting = base.transaction("waiting").objectStore("waiting").count();
      counting.onsuccess = () => { base.close(); done(counting.result > 0); };
      counting.onerror = () => { base.close(); done(false); };
    };
  });
  document.querySelectorAll("form[data-sign-out]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    waits().catch(() => false).then((closed) => {
      if (closed) { window.localStorage.clear(); window.sessionStorage.clear(); form.elements.keep.value = "closed"; }
      form.submit();
    });
  }));

  /* A page that comes back from the browser's memory after signing out is fetched anew. */
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
})();
