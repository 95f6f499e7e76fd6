// At the desk: sends each code that is read or typed, one after the other, and says by sound how it went.
// A scanner that types finds the field in focus; on a phone the keyboard stays away until the field is touched.
const TONES = { good: [[880, 0.13]], info: [[520, 0.09], [520, 0.09]], warn: [[330, 0.3]], bad: [[196, 0.45]] };
const PAUSE = 300; // milliseconds to see what came of one code before the next
const typed = document.getElementById("card-form");
const read = document.getElementById("camera-form");
const waiting = [];
let busy = false;
let sound = null;

function next(...codes) {
  waiting.push(...codes);
  if (busy || !waiting.length) return;
  busy = true;
  read.elements.code.value = waiting.shift();
  read.requestSubmit();
}

function beep(tone) {
  if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(tone === "good" ? 80 : [80, 60, 200]);
  sound ??= new (window.AudioContext ?? window.webkitAudioContext)();
  sound.resume();
  let at = sound.currentTime;
  for (const [frequency, seconds] of TONES[tone]) {
    const voice = new OscillatorNode(sound, { frequency, type: "square" });
    voice.connect(new GainNode(sound, { gain: 0.2 })).connect(sound.destination);
    voice.start(at);
    voice.stop(at + seconds);
    at += seconds + 0.05;
  }
}

const wake = () => document.activeElement === document.body && typed.elements.code.focus({ preventScroll: true });

document.addEventListener("code-read", ({ detail }) => next(detail));
typed.addEventListener("submit", (event) => {
  event.preventDefault();
  next(typed.elements.code.value);
  typed.elements.code.value = ""; // for a scanner that types the next code before this one is answered
});
document.addEventListener("htmx:after:swap", () => {
  const reading = document.querySelector("#reading[data-sound]");
  if (!reading) return;
  beep(reading.dataset.sound);
  reading.removeAttribute("data-sound");
  wake();
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement === read) setTimeout(() => { busy = false; next(); }, PAUSE);
});
document.addEventListener("htmx:error", () => {
  typed.elements.code.value ||= read.elements.code.value; // to be sent again by hand
  waiting.length = 0;
  beep("bad");
});
if (matchMedia("(pointer: coarse)").matches) {
  typed.elements.code.inputMode = "none";
  typed.elements.code.addEventListener("pointerdown", ({ target }) => (target.inputMode = "text"));
}
wake();
