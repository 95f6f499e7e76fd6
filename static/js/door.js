// At the door: counts down to the next code, narrows the roster to what is typed, keeps the screen on.
// Without script the page says the same, and a link shows the next code.
const letters = (text) => text.toLowerCase().replace(/[\s'’]/g, ""); // a phone writes sxl as s'x'l while one types

function narrow() {
  const field = document.querySelector('[data-behaviour="narrow"]');
  const list = field && document.getElementById(field.dataset.list);
  list?.querySelectorAll("[data-keys]").forEach((row) => {
    row.hidden = !letters(row.dataset.keys).includes(letters(field.value));
  });
}

let step = null;
let ends = 0;

function countDown() {
  const place = document.querySelector('[data-behaviour="countdown"]');
  if (!place) return;
  if (place.dataset.step !== step) {
    step = place.dataset.step;
    ends = performance.now() + place.dataset.left * 1000;
  }
  const left = Math.ceil((ends - performance.now()) / 1000);
  if (left === 0 && place.textContent !== "0") document.getElementById("code").dispatchEvent(new Event("renew"));
  place.textContent = Math.max(0, left);
}

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => {}); // a phone short of power may refuse
}

document.addEventListener("input", narrow);
document.addEventListener("htmx:after:swap", () => { narrow(); countDown(); });
document.addEventListener("visibilitychange", stayAwake);
setInterval(countDown, 250);
countDown();
stayAwake();
