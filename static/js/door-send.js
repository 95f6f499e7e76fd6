// Brings what is kept on this phone to the site: at once, when the network is back, and again ever more patiently.
// Tells by "door-contact" (detail: { state, delivered, facts, activity }); state is away, login, other or here.
const door = (window.door ??= {});
const [SOON, LATER] = [3000, 60_000];
const AT_ONCE = 50;
let pause = SOON;
let timer = null;

async function sendAll(activity) {
  const unsent = (await door.outbox.all()).filter(door.outbox.waits);
  const here = [...new Set([activity, ...unsent.map((event) => event.activity)])].filter(Boolean);
  let outcome = { state: "here", delivered: 0 };
  for (const one of here) {
    const found = await door.contact(one);
    if (one === activity) outcome = { ...found, delivered: outcome.delivered };
    const mine = unsent.filter((event) => event.activity === one && event.owner === found.facts?.me.id);
    for (let at = 0; at < mine.length; at += AT_ONCE) {
      outcome.delivered += await door.hand(one, found.facts.token, mine.slice(at, at + AT_ONCE));
    }
  }
  return outcome;
}

async function send() {
  clearTimeout(timer);
  const outcome = await navigator.locks
    .request("door-outbox", { ifAvailable: true }, (mine) => mine && sendAll(door.activity))
    .catch(() => ({ state: "away" }));
  if (outcome?.facts) await door.keepFacts(outcome.facts);
  if (outcome) document.dispatchEvent(new CustomEvent("door-contact", { detail: outcome }));
  const left = (await door.outbox.all()).some(door.outbox.waits);
  pause = outcome?.delivered ? SOON : Math.min(pause * 2, LATER);
  if (left || door.away) timer = setTimeout(send, pause);
}

function now() {
  pause = SOON;
  return send();
}

if (door.vault) {
  addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  door.send = now;
}
