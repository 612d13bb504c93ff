/* Photos are made smaller before they are sent: a phone with a bad line sends a tenth of it. The server does so anyway
   and takes out what a photo tells about its maker; without this file, or when it cannot read a photo, all is sent. */
(() => {
  "use strict";
  const PIXELS = 5000000; // as bolwerk.documents.cleaning.limits.KEPT_PIXELS
  const SMALL = 400000; // bytes: not worth the trouble
  const LARGEST = 20 * 1024 * 1024; // as MAXIMUM_BYTES there: what is larger is not even sent

  const shrink = async (file) => {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < SMALL) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const factor = Math.min(1, Math.sqrt(PIXELS / (picture.width * picture.height)));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * factor));
      canvas.height = Math.max(1, Math.round(picture.height * factor));
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
      if (!small || small.size >= file.size) return file;
      return new File([small], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  document.querySelectorAll("[data-shrink]").forEach((part) => {
    const told = part.querySelector("[data-shrink-told]");
    const inputs = [...part.querySelectorAll("input[type=file]")];
    const form = part.closest("form");
    let busy = 0;
    let left = [];
    const tell = () => {
      const count = inputs.reduce((sum, input) => sum + input.files.length, 0);
      const chosen = count === 0 ? "" : count === 1 ? part.dataset.one : part.dataset.many.replace("{n}", count);
      told.textContent = busy ? part.dataset.busy : [...left.map((name) => part.dataset.large.replace("{name}", name)), chosen].join(" ");
    };
    inputs.forEach((input) => input.addEventListener("change", async () => {
      busy += 1;
      tell();
      const small = new DataTransfer();
      left = [];
      for (const file of [...input.files]) {
        const made = await shrink(file);
        if (made.size > LARGEST) left.push(made.name);
        else small.items.add(made);
      }
      input.files = small.files;
      busy -= 1;
      tell();
      if (!busy && form.dataset.waits) form.requestSubmit();
    }));
    form.addEventListener("submit", (event) => { // sent while still at it: as soon as it is done
      if (!busy) { delete form.dataset.waits; return; }
      event.preventDefault();
      form.dataset.waits = "yes";
    });
  });
})();
