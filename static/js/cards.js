// At the desk: sends each code that a camera reads, one after the other, and says by sound how it went.
// A scanner that types finds the field in focus; on a phone the keyboard stays away until the field is touched.
const waiting = [];
const TONES = { good: [[880, 0.13]], info: [[520, 0.09], [520, 0.09]], warn: [[330, 0.3]], bad: [[196, 0.45]] };
let busy = false;
let sound = null;

const form = () => document.querySelector('[data-behaviour~="cards"]');
const field = () => form().elements.code;

function next() {
  if (busy || !waiting.length) return;
  busy = true;
  field().value = waiting.shift();
  form().requestSubmit();
}

function beep(tone) {
  if (!TONES[tone]) return;
  navigator.vibrate?.(tone === "good" ? 80 : [80, 60, 200]);
  sound ??= new (window.AudioContext ?? window.webkitAudioContext)();
  sound.resume();
  let at = sound.currentTime;
  for (const [frequency, seconds] of TONES[tone]) {
    const voice = new OscillatorNode(sound, { frequency, type: "square" });
    const volume = new GainNode(sound, { gain: 0.2 });
    voice.connect(volume).connect(sound.destination);
    voice.start(at);
    voice.stop((at += seconds));
    at += 0.05;
  }
}

function wake() {
  if (document.activeElement === document.body) field().focus({ preventScroll: true });
}

document.addEventListener("code-read", ({ detail }) => {
  waiting.push(detail);
  next();
});
document.addEventListener("htmx:before:request", ({ target }) => { if (target === form()) busy = true; });
document.addEventListener("htmx:after:swap", () => {
  const reading = document.querySelector("#reading[data-sound]");
  if (!reading) return;
  beep(reading.dataset.sound);
  reading.removeAttribute("data-sound");
  field().value = "";
  wake();
});
document.addEventListener("htmx:finally:request", () => { busy = false; setTimeout(next, 300); });
document.addEventListener("htmx:error", () => { busy = false; waiting.length = 0; beep("bad"); });
if (matchMedia("(pointer: coarse)").matches) {
  field().inputMode = "none";
  field().addEventListener("pointerdown", () => (field().inputMode = "text"));
}
wake();
