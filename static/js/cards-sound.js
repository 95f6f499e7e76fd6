// Says by sound and by shaking how a code went: what #reading[data-sound] names, or an event `card-sound` (detail: a tone).
const TONES = { good: [[880, 0.13]], info: [[520, 0.09], [520, 0.09]], warn: [[330, 0.3]], bad: [[196, 0.45]] };
let sound = null;

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

document.addEventListener("card-sound", ({ detail }) => beep(detail));
document.addEventListener("htmx:after:swap", () => {
  const reading = document.querySelector("#reading[data-sound]");
  if (!reading) return;
  beep(reading.dataset.sound);
  reading.removeAttribute("data-sound");
});
