// The door's page with network: lets this phone keep what it needs without, and hands over to what is kept
// when a tick or the code fails for want of network, so that no tick is lost.
const door = (window.door ??= {});
const place = document.querySelector("[data-keep]");
const FAILURES = 2; // of the code in a row, so that one hiccup changes nothing
const AGAIN = 45_000; // what is kept follows the roster
let failed = 0;

async function keep() {
  await navigator.serviceWorker.register("/door-worker.js", { scope: "/desk/" });
  await door.keepPage();
  await navigator.serviceWorker.ready;
  await door.send();
  await door.outbox.told();
  if ((await door.keptHere()).length) place.hidden = false;
}

async function handOver(form) {
  const [mine] = await door.keptHere();
  if (!mine || !navigator.serviceWorker.controller) return; // trouble.js has said that there is no network
  const address = new URL(location.href);
  for (const somebody of form ? seen(form, address.searchParams, mine) : []) await door.note(mine, somebody);
  if (door.codes?.length) return; // whom the list does not know can be added with network only: cards.js keeps their codes
  address.searchParams.set("kept", "1");
  location.replace(address);
}

function seen(form, asked, mine) {
  if (form.id === "camera-form") return read(form.elements.direction.value, mine);
  return [{
    person_id: Number(form.elements.person_id.value),
    name: form.closest("li").querySelector("b").textContent,
    direction: form.action.includes("/check-outs") ? "out" : "in",
    method: "tick", start: asked.get("since") === "start",
  }];
}

// Takes from the codes that wait, in their order, those of people on the list.
function read(direction, mine) {
  const people = door.codes.map((code) => door.whose(mine, code));
  door.codes.splice(0, people.length, ...door.codes.filter((_code, at) => !people[at]));
  return people.filter(Boolean).map(({ id, name }) => ({ person_id: id, name, direction, method: "card" }));
}

if (place && door.vault) {
  door.activity = Number(place.dataset.keep);
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    const from = ctx?.sourceElement;
    if (from?.matches('.roster form[action*="/check-"]') && from.elements.person_id) handOver(from);
    else if (from?.id === "camera-form") handOver(from);
    else if (from?.id === "code" && ++failed >= FAILURES) handOver();
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement.id === "code") failed = 0;
  });
  keep().catch(() => null);
  setInterval(() => document.hidden || door.send(), AGAIN);
} else if (place) {
  document.querySelector("[data-keep-not]").hidden = false; // no https, or too old a browser
}
