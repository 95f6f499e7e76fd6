// At the desk: sends each code that a camera reads, one after the other, and says by sound how it went.
// A scanner that types finds the field in focus; on a phone the keyboard stays away until the field is touched.
const TONES = { good: [[880, 0.13]], info: [[520, 0.09], [520, 0.09]], warn: [[330, 0.3]], bad: [[196, 0.45]] };
const PAUSE = 300; // milliseconds to see what came of one code before the next
const typed = document.getElementById("card-form");
const read = document.getElementById("camera-form");
const waiting = [];
let busy = false;
let sound = null;

function next() {
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

function wake() {
  if (document.activeElement === document.body) typed.elements.code.focus({ preventScroll: true });
}

document.addEventListener("code-read", ({ detail }) => {
  waiting.push(detail);
  next();
});
document.addEventListener("htmx:after:swap", () => {
  const reading = document.querySelector("#reading[data-sound]");
  if (!reading) return;
  beep(reading.dataset.sound);
  reading.removeAttribute("data-sound");
  wake();
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement === typed && ctx.response) typed.elements.code.value = "";
  if (ctx.sourceElement === read) setTimeout(() => { busy = false; next(); }, PAUSE);
});
document.addEventListener("htmx:error", () => { waiting.length = 0; beep("bad"); });
if (matchMedia("(pointer: coarse)").matches) {
  typed.elements.code.inputMode = "none";
  typed.elements.code.addEventListener("pointerdown", ({ target }) => (target.inputMode = "text"));
}
wake();
