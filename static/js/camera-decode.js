// Reads codes off pictures: `await codes.reader(address)` gives a function from a video or picture to the text of its
// code; where there is no BarcodeDetector, jsQR is fetched from the address. codes.tell(section, text) says by an event
// `code-read` what was read; a code that stays before the camera is told once.
const codes = (window.codes ??= {});
const AGAIN = 4000; // milliseconds that a code has to be away before it counts again
const WIDEST = 640;
const nothing = { text: "", at: -AGAIN };
let library = null;
let last = nothing;

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

// What was asked for by hand counts, even if the same code was read a moment ago.
function tellAnew(camera, text) {
  last = nothing;
  tell(camera, text);
}

Object.assign(codes, { reader, tell, tellAnew });
