/* Seal a report to the installation's public key: crypto_box_seal of libsodium, padded so that its length tells nothing.
   What is sealed here cannot be opened here: the private half never was on this phone. */
self.bolwerkSealing = (() => {
  "use strict";
  const { blake2b } = self.module.exports;
  const SMALLEST = 4096; // bytes, as bolwerk.vault.rules.padding
  const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

  const padded = (bytes) => {
    let length = SMALLEST;
    while (length < bytes.length + 1) length *= 2;
    const filled = new Uint8Array(length);
    filled.set(bytes);
    filled[bytes.length] = 0x80;
    return filled;
  };

  const seal = (plain, to) => {
    const pair = self.nacl.box.keyPair();
    const both = new Uint8Array(64);
    both.set(pair.publicKey);
    both.set(to, 32);
    const box = self.nacl.box(plain, blake2b(both, undefined, 24), to, pair.secretKey);
    const sealed = new Uint8Array(32 + box.length);
    sealed.set(pair.publicKey);
    sealed.set(box, 32);
    pair.secretKey.fill(0);
    return sealed;
  };

  /* A filled-in form → what goes into the queue. `zone` is minutes east of UTC. */
  const report = (form, { key, sender }) => {
    const asked = ["safety", "kind", "channel", "place", "when", "occurred_at", "uncertain", "words", "colleague", "receiver"];
    const given = new FormData(form);
    const answers = { submission_key: crypto.randomUUID() };
    asked.forEach((name) => { if (given.get(name)) answers[name] = given.get(name); });
    if (answers.when !== "earlier") delete answers.occurred_at;
    const inside = { sender, pressed_at: new Date().toISOString(), answers };
    const sealed = seal(padded(new TextEncoder().encode(JSON.stringify(inside))), fromHex(key));
    return { id: crypto.randomUUID(), key, sender, sealed, state: "waiting", at: Date.now() };
  };
  return { report };
})();
