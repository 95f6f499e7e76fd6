// Opens the camera for a section (camera.js) at its event `camera-open`, and has what it sees read until the section is
// gone or the page is out of sight. Tells the section `camera-opening`, `camera-runs`, or `camera-fails` (denied, missing).
const codes = (window.codes ??= {});
const EVERY = 120;
let stream = null;

function tell(camera, name, detail) {
  camera.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}

function fail(camera, why) {
  stop();
  tell(camera, "camera-fails", why);
}

async function start(camera) {
  const video = camera.querySelector("video");
  if (!navigator.mediaDevices?.getUserMedia) return fail(camera, "missing");
  tell(camera, "camera-opening");
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    video.srcObject = stream;
    await video.play();
  } catch {
    return fail(camera, "denied");
  }
  tell(camera, "camera-runs");
  navigator.wakeLock?.request("screen").catch(() => {}); // a phone short of power may refuse
  await watch(camera, video, stream).catch(() => fail(camera, "missing"));
}

async function watch(camera, video, mine) {
  const read = await codes.reader(camera.dataset.jsqr);
  while (mine.active && camera.isConnected) {
    const text = video.readyState > 1 ? await read(video).catch(() => "") : "";
    if (text) codes.tell(camera, text);
    await new Promise((on) => setTimeout(on, EVERY));
  }
  stop();
}

document.addEventListener("camera-open", ({ target }) => start(target));
document.addEventListener("visibilitychange", () => {
  const camera = document.querySelector('[data-behaviour~="camera"]');
  if (document.hidden) stop();
  else if (camera && !camera.querySelector("video").hidden && !stream) start(camera);
});
