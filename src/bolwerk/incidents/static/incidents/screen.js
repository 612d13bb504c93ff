// Keeps the number of answers on the screen fresh. Without it "Look again" does the same.
const counted = document.querySelector("[data-count]");
if (counted) {
  setInterval(async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-count]");
    if (now && now.textContent !== counted.textContent) counted.textContent = now.textContent;
  }, 4000);
}
