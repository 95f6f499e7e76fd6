// Opens what this phone keeps of the door in the address, and goes back to the live page once the site answers
// and has taken everything; without an activity in the address it lists the doors that are kept.
const door = (window.door ??= {});
const asked = new URL(location.href);
const BACK = 1500; // milliseconds to read "sent"
const CALM = 15_000; // a network that comes and goes does not turn the page each time

function goBack({ state, delivered }) {
  if (state !== "here" || document.getElementById("q").value) return;
  const last = Number(sessionStorage.getItem("door-back") ?? 0);
  if (!delivered && Math.abs(Date.now() - last) < CALM) return;
  sessionStorage.setItem("door-back", Date.now());
  const live = new URL(location.href);
  live.searchParams.delete("kept");
  if (door.direction) live.searchParams.set("direction", door.direction);
  setTimeout(() => location.replace(live), delivered ? BACK : 0);
}

async function contacted({ detail }) {
  const mine = (event) => door.outbox.waits(event) && event.owner === detail.facts?.me.id;
  if (door.activity && !(await door.outbox.all()).some(mine)) goBack(detail);
}

async function start() {
  door.away = true;
  door.activity = Number(location.pathname.match(/activities\/(\d+)/)?.[1]);
  if (!door.vault) return door.show("none");
  door.mine = door.activity && (await door.keptHere())[0];
  document.addEventListener("door-contact", contacted);
  if (!door.mine) return door.list().then(door.send);
  const { activity, offset } = door.mine;
  door.now = () => Date.now() + offset;
  await door.forgetOld(door.now());
  door.fromStart = asked.searchParams.get("since") === "start";
  document.getElementById("title").textContent = activity.title;
  document.getElementById("place").textContent = activity.place;
  document.getElementById("dock").hidden = false;
  door.show(location.pathname.endsWith("/cards") ? "card" : "list");
  door.turn(asked.searchParams.get("direction") === "out" ? "out" : "in");
  await door.outbox.told();
  await door.send();
}

start();
