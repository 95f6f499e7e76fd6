// At the desk: sends each code that is read or typed, one after the other; cards-sound.js says how it went.
// Without network none is lost: all wait in #cards-waiting, in their order, and are sent again until the site answers.
// A scanner that types finds the field in focus; on a phone the keyboard stays away until the field is touched.
const PAUSE = 300; // milliseconds to see what came of one code before the next
const LONGER = 4000; // before another try, and to act on an answer while others wait
const typed = document.getElementById("card-form");
const read = document.getElementById("camera-form");
const words = document.getElementById("cards-waiting");
const waiting = []; // the first is on its way; door-keep.js takes out whom this phone can keep itself
let busy = false;

function next(...codes) {
  waiting.push(...codes.filter((code) => !waiting.includes(code)));
  tell();
  if (busy || !waiting.length) return;
  busy = true;
  read.elements.code.value = waiting[0];
  read.requestSubmit();
}

// What waits is told from the first failure until all are sent.
function tell() {
  if (!waiting.length) words.hidden = true;
  words.textContent = words.dataset.words.replace("{n}", waiting.length);
}

function answered(ctx) {
  if (ctx.response?.status < 500) return waiting.shift();
  if (words.hidden) document.dispatchEvent(new CustomEvent("card-sound", { detail: "bad" }));
  words.hidden = false;
  return null;
}

const looked = () => words.hidden || document.querySelector("#reading.good, #reading.info");
const wake = () => document.activeElement === document.body && typed.elements.code.focus({ preventScroll: true });

document.addEventListener("code-read", ({ detail }) => next(detail));
typed.addEventListener("submit", (event) => {
  event.preventDefault();
  next(typed.elements.code.value);
  typed.elements.code.value = ""; // for a scanner that types the next code before this one is answered
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement !== read) return;
  const pause = answered(ctx) && looked() ? PAUSE : LONGER;
  tell();
  setTimeout(() => { busy = false; next(); }, pause);
});
document.addEventListener("htmx:after:swap", wake);
addEventListener("beforeunload", (event) => !words.hidden && waiting.length && event.preventDefault());
(window.door ??= {}).codes = waiting;
if (matchMedia("(pointer: coarse)").matches) {
  typed.elements.code.inputMode = "none";
  typed.elements.code.addEventListener("pointerdown", ({ target }) => (target.inputMode = "text"));
}
wake();
