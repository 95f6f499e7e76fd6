// What was ticked without network, until the site has taken it: door.outbox.add, .all, .takeBack, .dismiss.
// Tells of changes by "door-outbox". The cookie lets logging out ask first while something is unsent.
const door = (window.door ??= {});
const WEEK = 7 * 24 * 3600;
let last = 0;

async function all() {
  const events = door.vault ? await door.vault.all("events") : [];
  return events.sort((one, other) => one.turn - other.turn);
}

const waits = (event) => !event.answer;

async function told() {
  const unsent = (await all()).filter(waits).length;
  document.cookie = `kept_here=${unsent}; path=/; max-age=${WEEK}; samesite=lax`;
  document.dispatchEvent(new CustomEvent("door-outbox"));
}

async function keep(event) {
  await door.vault.put("events", event.id, event);
  await told();
}

// `event` says who, which way, how, at which activity and by whom; the rest is added here.
async function add(event) {
  last = Math.max(last + 1, Date.now());
  const whole = { id: crypto.randomUUID(), at: Date.now(), turn: last, ...event };
  await keep(whole);
  return whole;
}

// What was never sent is simply gone; what may have arrived is taken back by an event of its own.
async function takeBack(id) {
  const event = (await all()).find((one) => one.id === id);
  if (!event) return;
  if (event.tried) return add({ ...event, id: crypto.randomUUID(), at: Date.now(), undo_of: id, tried: false });
  return dismiss(id);
}

async function dismiss(id) {
  await door.vault.drop("events", id);
  await told();
}

door.outbox = { all, waits, add, keep, takeBack, dismiss, told };
