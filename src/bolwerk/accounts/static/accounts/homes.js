/* Narrows a list while somebody types. Without it the search button does the same. */
(function () {
  "use strict";
  const field = document.querySelector("[data-narrows]");
  const list = field && document.getElementById(field.dataset.narrows);
  if (!list) { return; }
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").trim().toLowerCase();
  const none = document.querySelector("[data-none]");
  field.addEventListener("input", function () {
    let left = 0;
    for (const row of list.children) {
      const fits = plain(row.dataset.words).includes(plain(field.value));
      row.style.display = fits ? "" : "none";
      left += fits ? 1 : 0;
    }
    none.hidden = left > 0;
  });
})();
