// Asks again and again for one small number, and looks anew when it changed. Without it "Look again" does the same.
const live = document.querySelector("[data-live]");
if (live) {
  const clock = live.querySelector("[data-left]");
  const began = Date.now();
  setInterval(() => {
    if (!clock) return;
    const left = Number(clock.dataset.left) - Math.floor((Date.now() - began) / 1000);
    const size = Math.abs(left);
    clock.textContent = `${left < 0 ? "-" : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    clock.classList.toggle("circle-screen__clock--over", left < 0);
  }, 1000);
  const ask = async () => {
    const answer = await fetch(live.dataset.live, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
    if (answer && answer.ok && (await answer.text()) !== live.dataset.version) location.reload();
    else setTimeout(ask, 700);
  };
  setTimeout(ask, 700);
}
