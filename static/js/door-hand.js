// Asks the site who answers at a door, and hands it events: door.contact(activity), door.hand(activity, token, events).
// Nothing leaves the phone before the site has answered that it is written.
const door = (window.door ??= {});
const PATIENCE = 10_000;
const FIELDS = ["id", "person_id", "direction", "method", "at", "start", "undo_of"];

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

async function hand(activity, token, wanted) {
  const there = new Set((await door.outbox.all()).map((event) => event.id)); // some may have been taken back since
  const events = wanted.filter((event) => there.has(event.id));
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

door.delivered = []; // what this page has brought to the site
Object.assign(door, { contact, hand });
