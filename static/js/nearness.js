// Where this phone is, if its owner agrees, for a form: <div data-behaviour="nearness" data-waits="…" data-found="…"
// data-failed="…" hidden> with a box [name=location] (or data-agreed), hidden fields latitude, longitude, accuracy and
// a place for words. Without agreement nothing is asked and nothing sent; without a position the form goes as it is.
const PATIENCE = 3000; // milliseconds that a form waits for a position at most
const place = document.querySelector('[data-behaviour~="nearness"]');
const form = place?.closest("form");
const box = place?.querySelector("[name=location]");
const names = ["latitude", "longitude", "accuracy"];
let asked = null;

function say(words) {
  place.querySelector("[role=status]").textContent = words;
}

function fill(coords) {
  names.forEach((name) => (form.elements[name].value = coords ? coords[name].toFixed(name === "accuracy" ? 0 : 5) : ""));
}

function ask() {
  say(place.dataset.waits);
  const mine = new Promise((found, failed) =>
    navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 8000, maximumAge: 60000 }),
  ).then(
    ({ coords }) => { if (asked === mine) { fill(coords); say(place.dataset.found); } },
    () => { if (asked === mine) say(place.dataset.failed); },
  );
  asked = mine;
}

function forget() {
  asked = null;
  fill(null);
  say("");
}

async function wait(event) {
  if (!asked || form.elements.latitude.value) return;
  event.preventDefault();
  form.querySelector("button").disabled = true; // one tap is enough; not every browser names the submitter
  await Promise.race([asked, new Promise((on) => setTimeout(on, PATIENCE))]);
  form.submit();
}

if (place && navigator.geolocation) {
  place.hidden = false;
  if ("agreed" in place.dataset) ask();
  box?.addEventListener("change", () => (box.checked ? ask() : forget()));
  form.addEventListener("submit", wait);
}
