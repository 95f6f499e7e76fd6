// Draws the door's rotating code from the key that this phone keeps, as attendance/codes.py makes it.
const door = (window.door ??= {});
const BYTES = 9;
const QUIET = 4;
const SVG = "http://www.w3.org/2000/svg";
const place = document.getElementById("drawing");
let drawn = "";
let key = null;

async function code(direction, step) {
  const bytes = Uint8Array.from(atob(door.mine.activity.key), (one) => one.charCodeAt(0));
  key ??= await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${direction} ${step}`));
  const text = btoa(String.fromCharCode(...new Uint8Array(digest).slice(0, BYTES)));
  return text.replaceAll("+", "-").replaceAll("/", "_");
}

function picture(text) {
  const made = qrcode(0, "M");
  made.addData(text);
  made.make();
  const size = made.getModuleCount();
  let path = "";
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (made.isDark(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  const [svg, dark] = ["svg", "path"].map((name) => document.createElementNS(SVG, name));
  const whole = size + 2 * QUIET;
  Object.entries({ viewBox: `0 0 ${whole} ${whole}`, width: 400, height: 400, "shape-rendering": "crispEdges" }).forEach(([name, value]) => svg.setAttribute(name, value));
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}

async function show() {
  if (!door.mine || document.body.dataset.view !== "code") return;
  const { id, step, opens_at: opens, code_until: ends } = door.mine.activity;
  const now = door.now();
  const open = now >= opens && now <= ends;
  document.getElementById("code-open").hidden = !open;
  document.getElementById("code-shut").hidden = open;
  if (!open) return;
  const number = Math.floor(now / 1000 / step);
  document.getElementById("left").textContent = step - (Math.floor(now / 1000) % step);
  const wanted = `${door.direction} ${number}`;
  if (wanted === drawn) return;
  drawn = wanted;
  const address = `${location.origin}/activities/${id}/check-${door.direction}?code=${await code(door.direction, number)}`;
  place.replaceChildren(picture(address));
  place.dataset.address = address;
  document.getElementById("scan-words").textContent = document.body.dataset[door.direction === "out" ? "scanOut" : "scanIn"];
}

setInterval(show, 250);
document.body.addEventListener("click", () => setTimeout(show));
