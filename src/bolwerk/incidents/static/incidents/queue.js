/* What waits on this phone: closed reports only. Shared by the page, the page without network and the service worker. */
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
  const all = () => within("readonly", (store) => asked(store.getAll()));
  const put = (row) => within("readwrite", (store) => asked(store.put(row)));
  const drop = (id) => within("readwrite", (store) => asked(store.delete(id)));

  const base64 = (bytes) => {
    let text = "";
    for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    return btoa(text);
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
    if (state === "arrived") await put({ id: row.id, state, at: row.at });
    else if (state) await put({ ...row, state });
  };

  /* Send what waits and is of whoever is signed in. Returns who that is, null when nobody; throws without network. */
  const flush = async ({ standing: place, receive }) => {
    const now = await standing(place);
    if (!now) return null;
    const mine = (await all()).filter((row) => row.state === "waiting" && row.sender === now.sender);
    for (const row of mine) await send(row, { receive, token: now.token });
    return now.sender;
  };

  /* Say what waits and what arrived; what arrived is said once. */
  const show = async (part, sender) => {
    const rows = (await all()).sort((one, other) => one.at - other.at);
    part.querySelector("ul").replaceChildren(...rows.map((row) => {
      const item = document.createElement("li");
      const others = row.state === "waiting" && sender && row.sender !== sender;
      const time = new Date(row.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
      item.textContent = `${time}: ${part.dataset[`word${others ? "Other" : row.state[0].toUpperCase() + row.state.slice(1)}`]}`;
      return item;
    }));
    part.hidden = !rows.length;
    for (const row of rows) if (row.state === "arrived") await drop(row.id);
  };
  return { all, put, flush, show };
})();
