/* What waits on this phone: closed reports only, and nothing that says whose they are or when they were written: that
   opens with the sender's mark, which is here only while that person is signed in (ADR 29). Shared by the page, the page
   without network and the service worker. */
self.bolwerkQueue = (() => {
  "use strict";
  const STORE = "waiting";
  const asked = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const open = () => {
    const request = indexedDB.open("bolwerk-reports", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    return asked(request);
  };
  const within = async (mode, act) => {
    const base = await open();
    try {
      const transaction = base.transaction(STORE, mode);
      const ended = new Promise((done, fail) => {
        transaction.oncomplete = done;
        transaction.onabort = transaction.onerror = () => fail(transaction.error);
      });
      const found = await act(transaction.objectStore(STORE));
      await ended;
      return found;
    } finally { base.close(); }
  };
  const rows = () => within("readonly", (store) => asked(store.getAll()));
  const keep = (row) => within("readwrite", (store) => asked(store.put(row)));
  const drop = (id) => within("readwrite", (store) => asked(store.delete(id)));

  const base64 = (bytes) => {
    let text = "";
    for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    return btoa(text);
  };

  /* Whose a row is, and when it was pressed: for each row by itself, so that two rows of one person share nothing. */
  const digest = (...parts) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("|")));
  const markOf = async (id, sender) => base64(new Uint8Array(await digest("mark", id, sender)));
  const ONCE = new Uint8Array(12); // each row has a key of its own, used once
  const momentKey = async (id, sender) =>
    crypto.subtle.importKey("raw", await digest("moment", id, sender), "AES-GCM", false, ["encrypt", "decrypt"]);
  const closed = async ({ sender, at, ...row }) => {
    const bytes = new TextEncoder().encode(String(at));
    const moment = await crypto.subtle.encrypt({ name: "AES-GCM", iv: ONCE }, await momentKey(row.id, sender), bytes);
    return { ...row, mark: await markOf(row.id, sender), moment: new Uint8Array(moment) };
  };
  const put = async (row) => keep(await closed(row));
  const closeOlder = async () => { // rows of a release that still said whose they are
    for (const row of await rows()) if (row.sender) await keep(await closed(row));
  };
  const mineOf = async (sender) => {
    if (!sender) return [];
    await closeOlder();
    const mine = [];
    for (const row of await rows()) {
      if (row.mark !== await markOf(row.id, sender)) continue;
      const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: ONCE }, await momentKey(row.id, sender), row.moment);
      mine.push({ row, at: Number(new TextDecoder().decode(bytes)) });
    }
    return mine.sort((one, other) => one.at - other.at);
  };

  const standing = async (place) => {
    const answer = await fetch(place, { redirect: "manual", cache: "no-store" });
    return answer.ok ? answer.json() : null; // null: nobody is signed in any more
  };
  const AFTER = { 200: "arrived", 422: "unreadable" };
  const send = async (row, { receive, token }) => {
    const body = new URLSearchParams({ sealed: base64(row.sealed), key: row.key, phone: new Date().toISOString() });
    const answer = await fetch(receive, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "manual" });
    const state = AFTER[answer.status];
    if (state === "arrived") await keep({ id: row.id, state, mark: row.mark, moment: row.moment });
    else if (state) await keep({ ...row, state });
  };

  /* Send what waits and is of whoever is signed in. Returns who that is, null when nobody; throws without network. */
  const flush = async ({ standing: place, receive }) => {
    const now = await standing(place);
    if (!now) return null;
    const mine = (await mineOf(now.sender)).filter(({ row }) => row.state === "waiting");
    for (const { row } of mine) await send(row, { receive, token: now.token });
    return now.sender;
  };

  /* Say what waits of this person and what arrived (once); of others nothing, not even that it is there. */
  const show = async (part, sender) => {
    const mine = await mineOf(sender);
    part.querySelector("ul").replaceChildren(...mine.map(({ row, at }) => {
      const item = document.createElement("li");
      const time = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
      item.textContent = `${time}: ${part.dataset[`word${row.state[0].toUpperCase() + row.state.slice(1)}`]}`;
      return item;
    }));
    part.hidden = !mine.length;
    for (const { row } of mine) if (row.state === "arrived") await drop(row.id);
  };
  return { rows, put, flush, show };
})();
