// Opens what this phone keeps of the door in the address, and goes back to the live page once the site answers
// and has taken everything; without an activity in the address it lists the doors that are kept.
const door = (window.door ??= {});
const { body } = document;
const asked = new URL(location.href);
const BACK = 1500; // milliseconds to read "sent"

function show(view) {
  body.dataset.view = view;
  document.querySelectorAll("[data-view-of]").forEach((one) => one.toggleAttribute("hidden", one.dataset.viewOf !== view));
  document.querySelectorAll("button[data-show]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.show === view));
}

function turn(direction) {
  door.direction = direction;
  document.querySelectorAll("button[data-way]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.way === direction));
  document.dispatchEvent(new CustomEvent("door-draw"));
}

async function list() {
  const doors = await door.vault.all("kept");
  document.getElementById("doors").append(...doors.map(({ activity }) => {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    Object.assign(link, { href: `/desk/activities/${activity.id}/door`, textContent: activity.title, className: "button wide" });
    item.append(link);
    return item;
  }));
  show(doors.length ? "doors" : "none");
}

function goBack({ state, delivered }) {
  if (state !== "here" || document.getElementById("q").value) return;
  const live = new URL(location.href);
  live.searchParams.delete("kept");
  live.searchParams.set("direction", door.direction);
  setTimeout(() => location.replace(live), delivered ? BACK : 0);
}

async function start() {
  door.away = true;
  door.activity = Number(location.pathname.match(/activities\/(\d+)/)?.[1]);
  if (!door.vault) return show("none");
  door.mine = door.activity && (await door.keptHere())[0];
  if (!door.mine) return list();
  const { activity, offset } = door.mine;
  door.now = () => Date.now() + offset;
  await door.forgetOld(door.now());
  door.fromStart = asked.searchParams.get("since") === "start";
  document.getElementById("title").textContent = activity.title;
  document.getElementById("place").textContent = activity.place;
  document.getElementById("dock").hidden = false;
  show("list");
  turn(asked.searchParams.get("direction") === "out" ? "out" : "in");
  await door.outbox.told();
  document.addEventListener("door-contact", async ({ detail }) => {
    const waiting = (await door.outbox.all()).some((event) => door.outbox.waits(event) && event.owner === detail.facts?.me.id);
    if (!waiting) goBack(detail);
  });
  await navigator.wakeLock?.request("screen").catch(() => {});
  await door.send();
}

body.addEventListener("click", ({ target }) => {
  const { show: view, way } = target.closest("button")?.dataset ?? {};
  if (view) show(view);
  if (way) turn(way);
});
start();
