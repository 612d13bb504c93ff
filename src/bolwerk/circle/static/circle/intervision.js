/* An intervision on a phone or a wall: asks for the state again and again, keeps what is being typed, sends it later when
   there is no connection. Words stay in this page's memory and nowhere else. Without this file the page works by hand. */
(() => {
  "use strict";
  const live = document.querySelector("[data-run]");
  if (!live) return;
  const EVERY = 400, SPREAD = 100, LIGHT = 1500, TURN = 250, SLOWEST = 3000, PATIENCE = 8000; // milliseconds
  const part = (name) => live.querySelector(`[data-${name}]`);
  const stage = part("stage"), kept = part("kept"), lost = part("lost"), told = part("told"), say = part("say");
  part("again").hidden = true;
  document.getElementById("network-lost")?.remove(); // this page says it itself, and keeps no draft
  let version = live.dataset.version, sent = live.dataset.sent, waitFor = EVERY, timer = 0, asking = false, ended = false, follow = 0, anew = false;
  const outbox = []; // what was not sent yet, in the order it was written: {form, key, text}

  /* The clock. */
  let shownAt = performance.now();
  const tick = () => live.querySelectorAll("[data-left]").forEach((clock) => {
    const passed = "still" in clock.dataset ? 0 : Math.floor((performance.now() - shownAt) / 1000);
    const left = Number(clock.dataset.left) - passed, size = Math.abs(left);
    clock.textContent = `${left < 0 ? "-" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    clock.classList.toggle("iv-clock--over", left < 0);
  });
  window.setInterval(tick, 1000);
  tick();

  const tell = (box, text) => { if (box.textContent !== text) box.textContent = text; };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, place) => (
    (place === 6 ? (byte & 15) | 64 : place === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")
  )).join("").replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");

  const markOf = (input) => [input.form.action, input.form.elements.phase?.value, input.name, input.value].join("|");
  /* Nothing changes under a finger or a key that is down: a button that is replaced between down and up is never pressed. */
  let down = false, waiting = null;
  const release = () => { // after the click that follows the up
    if (down) window.setTimeout(() => { down = false; if (waiting) { const state = waiting; waiting = null; show(state); } });
  };
  stage.addEventListener("pointerdown", () => { down = true; });
  stage.addEventListener("keydown", (event) => { if (event.key === " " && event.target.matches("button, summary")) down = true; });
  for (const up of ["pointerup", "pointercancel", "keyup", "blur"]) window.addEventListener(up, release);

  /* A new state: the form in which somebody types is carried over, or kept aside when the group went on. */
  const show = (state) => {
    if (down) { waiting = state; return; }
    const next = document.createElement("template");
    next.innerHTML = state.html;
    const old = stage.querySelector("form[data-words]"), twin = next.content.querySelector("form[data-words]");
    const focused = document.activeElement, inside = stage.contains(focused);
    const range = inside && focused.matches("textarea") ? [focused.selectionStart, focused.selectionEnd] : null;
    const open = [...stage.querySelectorAll("details[open]")].map((fold, place) => fold.dataset.key || place);
    const marked = [...stage.querySelectorAll("input:checked")].map(markOf);
    const mark = inside && focused.matches("input[type=radio]") ? markOf(focused) : null;
    if (old && twin && old.dataset.words === twin.dataset.words) twin.replaceWith(old);
    else if (old && old.elements.text.value.trim()) keep(old);
    const mine = stage.querySelector("[data-mine]"), theirs = next.content.querySelector("[data-mine]");
    if (mine && theirs && !theirs.children.length && old && twin && old.dataset.words === twin.dataset.words) theirs.replaceWith(mine);
    const folds = stage.querySelector("[data-folds]"), empty = next.content.querySelector("[data-folds]");
    if (state.light && folds && empty) empty.replaceWith(folds); // the case stays; what is new of it follows
    stage.replaceChildren(next.content);
    if (state.left !== undefined) stage.querySelectorAll("[data-left]").forEach((clock) => { clock.dataset.left = state.left; });
    stage.querySelectorAll("details[data-key]").forEach((fold) => { fold.open = open.includes(fold.dataset.key); });
    stage.querySelectorAll("input[type=radio]").forEach((input) => {
      if (marked.includes(markOf(input))) input.checked = true;
      if (mark === markOf(input)) input.focus({ preventScroll: true });
    });
    shownAt = performance.now();
    tick();
    if (inside && focused.isConnected) {
      focused.focus({ preventScroll: true });
      if (range) focused.setSelectionRange(...range);
    } else if (inside && !stage.contains(document.activeElement) && !kept.contains(document.activeElement)) {
      const again = focused.dataset.key && stage.querySelector(`[data-key="${focused.dataset.key}"]`);
      (again || document.getElementById("main")).focus({ preventScroll: true });
    }
    tell(say, state.say);
  };
  const keep = (form) => {
    const focused = form.contains(document.activeElement) ? document.activeElement : null;
    const range = focused?.matches("textarea") ? [focused.selectionStart, focused.selectionEnd] : null;
    form.elements.text.id = `kept-${fresh()}`;
    form.querySelector("label").htmlFor = form.elements.text.id;
    const words = document.createElement("p");
    words.textContent = `${kept.dataset.keptText} ${form.dataset.title}`;
    const box = document.createElement("div");
    box.className = "iv-kept";
    box.append(words, form);
    kept.append(box);
    if (focused) { focused.focus({ preventScroll: true }); if (range) focused.setSelectionRange(...range); }
  };

  /* Asking. */
  const stop = (text) => { ended = true; tell(lost, text); };
  const stay = document.querySelector("#session-ends [data-stay]");
  const ask = async () => {
    window.clearTimeout(timer);
    if (asking || ended) return;
    asking = true;
    const full = anew, query = new URLSearchParams({ voor: live.dataset.part, versie: full ? "" : version, binnen: sent });
    try {
      const answer = await fetch(`${live.dataset.run}?${query}`, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 404) { stop(lost.dataset.gone); return; }
      if (answer.type === "opaqueredirect") { stop(lost.dataset.out); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      tell(lost, "");
      waitFor = EVERY;
      [version, sent] = [String(state.version), String(state.sent)];
      if (state.html !== undefined) show(state);
      if (state.over) ended = true;
      if (full) anew = false;
      if (state.light && !follow) follow = window.setTimeout(() => { follow = 0; askAnew(); }, LIGHT + Math.random() * 3 * LIGHT);
      if (stay && document.getElementById("session-ends").open) stay.click(); // whoever is at it stays signed in
      flush();
    } catch {
      tell(lost, lost.dataset.text);
      waitFor = Math.min(waitFor * 1.5, SLOWEST);
    } finally {
      asking = false;
      if (!ended) timer = window.setTimeout(ask, waitFor + Math.random() * SPREAD);
    }
  };
  const askAnew = () => { anew = true; return ask(); };
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

  /* Sending: with a key of its own, so that trying again never sends twice. */
  const pause = (time) => new Promise((done) => { window.setTimeout(done, time); });
  const post = async (form, body) => {
    for (let tries = 0; ; tries += 1) { // 202: many send in this moment, it is not our turn yet
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "fetch" }, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status !== 202 || tries > 60) return answer;
      await pause(TURN + Math.random() * TURN);
    }
  };
  /* Somebody seems to be named: nothing was sent. Whoever wrote it changes it, or says that it is nobody. */
  const button = (label, primary, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `utrecht-button utrecht-button--${primary ? "secondary" : "primary"}-action`;
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };
  const asksAbout = (words, names) => {
    const { form, text } = words, box = document.createElement("div"), field = form.elements.text;
    form.querySelector(".iv-named")?.remove();
    if (!form.isConnected) keep(form); // the group went on while this waited for a connection
    box.className = "iv-note iv-named";
    const line = document.createElement("p"), hint = document.createElement("p"), buttons = document.createElement("p");
    line.append(`${kept.dataset.namedText} `, ...names.flatMap((name, place) => {
      const strong = document.createElement("strong");
      strong.textContent = name;
      return place ? [", ", strong] : [strong];
    }));
    hint.textContent = kept.dataset.namedHint;
    buttons.className = "bw-buttons";
    const back = () => { box.remove(); field.value = field.value.trim() ? `${text}\n${field.value}` : text; field.focus(); };
    buttons.append(button(kept.dataset.backText, false, back), button(kept.dataset.sureText, true, () => { box.remove(); outbox.push({ ...words, note: null, sure: true }); flush(); }));
    if (field.value.trim()) { const quote = document.createElement("p"); quote.textContent = `“${text}”`; box.append(quote); }
    box.append(line, hint, buttons);
    form.append(box);
    tell(say, line.textContent);
    buttons.firstChild.focus({ preventScroll: false });
  };
  const reasonOf = async (answer) => (answer.headers.get("Content-Type") || "").includes("json") ? (await answer.json()).text : lost.dataset.gone;
  /* Words leave one by one, in the order in which they were written; without a line everything behind them waits too. */
  const waits = (words) => {
    if (!words.note) { words.note = document.createElement("p"); words.note.className = "iv-waits"; kept.append(words.note); } // stays when the group goes on
    words.note.textContent = `“${words.text}” ${kept.dataset.waitsText}`;
  };
  let leaving = null;
  const flush = () => {
    leaving ||= (async () => {
      for (let at = 0; at < outbox.length;) {
        let answer = null;
        try { answer = await postWords(outbox[at]); } catch { outbox.slice(at).forEach(waits); break; }
        if (answer.status >= 500 || answer.status === 202) { waits(outbox[at]); at += 1; } // the next may well be let in
        else await arrived(...outbox.splice(at, 1), answer);
      }
    })().finally(() => { leaving = null; });
    return leaving;
  };
  const postWords = ({ form, key, text, sure }) => {
    const body = new FormData(form);
    body.set("key", key);
    body.set("text", text);
    if (sure) body.set("sure", "yes");
    return post(form, body);
  };
  const arrived = async (words, answer) => {
    const { form, text } = words;
    words.note?.remove();
    const named = answer.status === 422 ? (await answer.clone().json()).names : null;
    if (named) { asksAbout(words, named); return; }
    if (!answer.ok) { tell(told, await reasonOf(answer)); if (!form.elements.text.value) form.elements.text.value = text; return; }
    tell(told, "");
    const box = form.closest(".iv-kept"), done = document.createElement("li");
    done.textContent = text;
    live.querySelector("[data-mine]")?.append(done);
    tell(say, kept.dataset.sentText);
    if (box && !form.elements.text.value.trim()) box.remove();
  };
  live.addEventListener("submit", async (event) => {
    const form = event.target;
    if ("words" in form.dataset) {
      event.preventDefault();
      const field = form.elements.text, text = field.value.trim();
      if (!text) { field.focus(); return; }
      field.value = "";
      const words = { form, key: fresh(), text };
      if (outbox.some((before) => before.note)) waits(words);
      outbox.push(words);
      await flush();
    } else if ("press" in form.dataset) {
      event.preventDefault();
      if (form.dataset.busy) return;
      form.dataset.busy = "yes";
      try {
        const answer = await post(form, new FormData(form));
        tell(told, answer.ok || answer.type === "opaqueredirect" ? "" : await reasonOf(answer));
        await askAnew(); // until the new state stands here, the same button does nothing
      } catch { tell(told, lost.dataset.text); } finally { delete form.dataset.busy; }
    }
  });
  window.addEventListener("beforeunload", (event) => { if (outbox.length) event.preventDefault(); });

  /* Keys for who leads, with Alt so that no letter alone does anything; and the whole screen. */
  const KEYS = { KeyN: "next", KeyB: "back", KeyP: "pause", KeyM: "more" };
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat || !KEYS[event.code]) return;
    const button = stage.querySelector(`.iv-buttons [data-key="${KEYS[event.code]}"]`);
    if (button) { event.preventDefault(); button.form.requestSubmit(); }
  });
  const full = document.querySelector("[data-full]");
  if (full && document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", () => document.fullscreenElement ? document.exitFullscreen() : live.requestFullscreen());
  }
  timer = window.setTimeout(ask, EVERY);
})();
