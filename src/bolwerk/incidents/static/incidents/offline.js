/* The page that a phone keeps: seal at "Send", show what waits, send when the network is back. */
(() => {
  "use strict";
  const form = document.getElementById("offline-report");
  const part = document.querySelector("[data-waiting]");
  const sender = () => window.localStorage.getItem("bw-sender");
  const show = () => self.bolwerkQueue.show(part, sender());
  const nobody = document.querySelector("[data-nobody]");
  nobody.hidden = Boolean(sender());
  const send = () => self.bolwerkQueue.flush(part.dataset).catch(() => undefined).then(show);
  const later = async () => {
    const registration = await navigator.serviceWorker?.ready;
    await registration?.sync?.register("reports");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const missing = form.querySelector("[data-missing]");
    const given = new FormData(form);
    const needed = given.get("when") === "earlier" ? ["safety", "kind", "channel", "occurred_at"] : ["safety", "kind", "channel"];
    missing.hidden = needed.every((name) => given.get(name));
    nobody.hidden = Boolean(sender());
    if (!missing.hidden || !nobody.hidden) { (nobody.hidden ? missing : nobody).scrollIntoView({ block: "center" }); return; }
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await self.bolwerkQueue.put(self.bolwerkSealing.report(form, { key: form.dataset.key, sender: sender() }));
      form.reset();
      await show();
      part.scrollIntoView({ block: "center" });
      if (navigator.onLine) await send();
      // A phone that thinks it has a network (a portal, a mast without a line) may have none: ask what still waits.
      if ((await self.bolwerkQueue.rows()).some((row) => row.state === "waiting")) await later().catch(() => undefined);
    } finally { button.disabled = false; }
  });
  window.addEventListener("online", send);
  if (navigator.onLine) send(); else show();
})();
