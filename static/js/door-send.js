// Brings what is kept on this phone to the site: at once, when the network is back, and again ever more patiently.
// Tells by "door-contact" (detail: { state, delivered, facts, activity }); state is away, login, other or here.
// Nothing leaves the phone before the site has answered that it is written.
const door = (window.door ??= {});
const PATIENCE = 10_000;
const [SOON, LATER] = [3000, 60_000];
const AT_ONCE = 50;
const FIELDS = ["id", "person_id", "direction", "method", "at", "start", "undo_of"];
door.delivered = []; // what this page has brought to the site
let pause = SOON;
let timer = null;

const desk = (activity) => `/desk/activities/${activity}/door`;
const ask = (address, more) =>
  fetch(address, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...more });

// Who answers, and what the phone may keep; or why nobody does.
async function contact(activity) {
  const answer = await ask(`${desk(activity)}/kept`).catch(() => null);
  if (!answer || answer.status >= 500) return { state: "away" };
  if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "login" };
  if (!answer.ok) return { state: "other" }; // somebody else has logged in, who has no business at this door
  return { state: "here", facts: await answer.json() };
}

async function hand(activity, token, events) {
  for (const event of events) await door.outbox.keep({ ...event, tried: true });
  const said = events.map((event) => Object.fromEntries(FIELDS.map((name) => [name, event[name]])));
  const answer = await ask(`${desk(activity)}/events`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ sent_at: Date.now(), events: said }),
  }).catch(() => null);
  if (!answer?.ok) throw new Error("not taken");
  const { answers } = await answer.json();
  const by = new Map(answers.map((one) => [one.id, one]));
  for (const event of events) await close(event, by.get(event.id));
  return events.length;
}

async function close(event, answer) {
  if (answer && !answer.refused) door.delivered.push(event);
  if (answer?.words) await door.outbox.keep({ ...event, answer }); // shown until it is dismissed
  else if (answer) await door.outbox.dismiss(event.id);
}

async function sendAll(activity) {
  const unsent = (await door.outbox.all()).filter(door.outbox.waits);
  const here = [...new Set([activity, ...unsent.map((event) => event.activity)])].filter(Boolean);
  let outcome = { state: "here", delivered: 0 };
  for (const one of here) {
    const found = await contact(one);
    if (one === activity) outcome = { ...found, delivered: outcome.delivered };
    const mine = unsent.filter((event) => event.activity === one && event.owner === found.facts?.me.id);
    for (let at = 0; at < mine.length; at += AT_ONCE) {
      outcome.delivered += await hand(one, found.facts.token, mine.slice(at, at + AT_ONCE));
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
