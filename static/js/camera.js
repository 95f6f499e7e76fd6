// Shows a section that reads codes: <section data-behaviour="camera" data-jsqr="…" data-denied="…" data-missing="…" hidden>
// with a <video>, [data-camera="words"], a button [data-camera="start"] and a label [data-camera="photo"] around a file
// field. camera-stream.js opens the camera at an event `camera-open`, camera-photo.js takes photos, camera-decode.js
// reads both. Each code is told by an event `code-read` (detail: its text) that bubbles from the section.
const part = (camera, name) => camera.querySelector(`[data-camera="${name}"]`);

function open(camera) {
  camera.dispatchEvent(new CustomEvent("camera-open", { bubbles: true }));
}

// `why` is denied or missing; then a photo does, and the button tries again.
function without(camera, why) {
  camera.querySelector("video").hidden = true;
  part(camera, "words").textContent = camera.dataset[why];
  part(camera, "photo").hidden = part(camera, "start").hidden = false;
}

async function prepare() {
  const camera = document.querySelector('[data-behaviour~="camera"][hidden]:not([data-met])');
  if (!camera) return;
  camera.dataset.met = "";
  const asked = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
  const lends = Boolean(navigator.mediaDevices?.getUserMedia);
  if (!lends) without(camera, "missing");
  else if (asked?.state === "granted") open(camera);
  camera.hidden = false;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest('[data-camera="start"]');
  if (button) open(button.closest('[data-behaviour~="camera"]'));
});
document.addEventListener("camera-opening", ({ target }) => (part(target, "start").hidden = true)); // one tap is enough
document.addEventListener("camera-runs", ({ target }) => {
  target.querySelector("video").hidden = false;
  part(target, "words").textContent = "";
});
document.addEventListener("camera-fails", ({ target, detail }) => without(target, detail));
document.addEventListener("htmx:after:swap", prepare);
prepare();
