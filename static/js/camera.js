// Reads codes: <section data-behaviour="camera" data-jsqr="…" data-denied="…" data-missing="…" hidden> with a
// <video>, [data-camera="words"], a button [data-camera="start"] and a label [data-camera="photo"] around a file field.
// Each code is told by an event `code-read` (detail: its text) that bubbles from the section; one that stays before
// the camera is told once. Where there is no BarcodeDetector, jsQR is fetched. The section shows itself.
const AGAIN = 4000; // milliseconds that a code has to be away before it counts again
const EVERY = 120;
const WIDEST = 640;
const part = (camera, name) => camera.querySelector(`[data-camera="${name}"]`);
let library = null;
let stream = null;
let last = { text: "", at: -AGAIN };

function jsqr(address) {
  library ??= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.onload = () => done(window.jsQR);
    script.onerror = () => { library = null; fail(new Error("the reader of codes did not arrive")); };
    script.src = address;
    document.head.append(script);
  });
  return library;
}

async function reader(address) {
  const formats = await window.BarcodeDetector?.getSupportedFormats().catch(() => []);
  if (formats?.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  }
  const decode = await jsqr(address);
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return async (source) => {
    const [wide, high] = [source.videoWidth || source.width, source.videoHeight || source.height];
    const scale = Math.min(1, WIDEST / Math.max(wide, high));
    const [width, height] = [Math.round(wide * scale), Math.round(high * scale)];
    Object.assign(context.canvas, { width, height });
    context.drawImage(source, 0, 0, width, height);
    return decode(context.getImageData(0, 0, width, height).data, width, height)?.data;
  };
}

function tell(camera, text) {
  const now = performance.now();
  const before = last;
  last = { text, at: now };
  if (text === before.text && now - before.at < AGAIN) return;
  camera.dispatchEvent(new CustomEvent("code-read", { detail: text, bubbles: true }));
}

async function start(camera) {
  const video = camera.querySelector("video");
  if (!navigator.mediaDevices?.getUserMedia) return without(camera, camera.dataset.missing);
  part(camera, "start").hidden = true; // one tap is enough
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    video.srcObject = stream;
    await video.play();
  } catch {
    return without(camera, camera.dataset.denied);
  }
  video.hidden = false;
  part(camera, "words").textContent = "";
  navigator.wakeLock?.request("screen").catch(() => {}); // a phone short of power may refuse
  await watch(camera, video, stream).catch(() => without(camera, camera.dataset.missing));
}

async function watch(camera, video, mine) {
  const read = await reader(camera.dataset.jsqr);
  while (mine.active && camera.isConnected) {
    const text = video.readyState > 1 ? await read(video).catch(() => "") : "";
    if (text) tell(camera, text);
    await new Promise((on) => setTimeout(on, EVERY));
  }
  stop();
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}

function without(camera, words) {
  stop();
  camera.querySelector("video").hidden = true;
  part(camera, "words").textContent = words;
  part(camera, "photo").hidden = part(camera, "start").hidden = false;
}

async function fromPhoto(camera, field) {
  const photo = field.files[0] && (await createImageBitmap(field.files[0]).catch(() => null));
  field.value = "";
  if (!photo) return;
  const read = await reader(camera.dataset.jsqr).catch(() => null);
  const text = read && (await read(photo).catch(() => ""));
  last = { text: "", at: -AGAIN };
  tell(camera, text || "?"); // what is no code is said like a wrong code
}

async function prepare() {
  const camera = document.querySelector('[data-behaviour~="camera"][hidden]:not([data-met])');
  if (!camera) return;
  camera.dataset.met = "";
  const asked = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
  const lends = Boolean(navigator.mediaDevices?.getUserMedia);
  if (!lends) without(camera, camera.dataset.missing);
  else if (asked?.state === "granted") start(camera);
  camera.hidden = false;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest('[data-camera="start"]');
  if (button) start(button.closest('[data-behaviour~="camera"]'));
});
document.addEventListener("change", ({ target }) => {
  const camera = target.closest('[data-camera="photo"]')?.closest('[data-behaviour~="camera"]');
  if (camera) fromPhoto(camera, target);
});
document.addEventListener("visibilitychange", () => {
  const camera = document.querySelector('[data-behaviour~="camera"]');
  if (document.hidden) stop();
  else if (camera && !camera.querySelector("video").hidden && !stream) start(camera);
});
document.addEventListener("htmx:after:swap", prepare);
prepare();
