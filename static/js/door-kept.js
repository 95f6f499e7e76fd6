// What this phone keeps of the doors: door.keptHere() (the latest first), door.forgetOld(now), door.note(event).
const door = (window.door ??= {});

// `now` is the site's time; whatever is over for a day is not on the phone any more.
async function forgetOld(now) {
  for (const one of await door.vault.all("kept")) {
    if (now > one.activity.forget_at) await door.vault.drop("kept", one.id);
  }
}

async function keptHere() {
  const all = (await door.vault.all("kept")).filter((one) => one.activity.id === door.activity);
  return all.sort((one, other) => other.now - one.now);
}

async function keepFacts(facts) {
  await forgetOld(facts.now);
  const id = `${facts.me.id}:${door.activity}`;
  if (!facts.activity) return door.vault.drop("kept", id);
  const { token, ...rest } = facts; // a token is for now, not for keeping
  return door.vault.put("kept", id, { ...rest, id, offset: facts.now - Date.now() });
}

// Keeps that somebody was seen: { person_id, name, direction, method, start }, by whoever keeps `mine`.
function note(mine, seen) {
  const owner = { owner: mine.me.id, owner_name: mine.me.name };
  return door.outbox.add({ ...seen, ...owner, activity: mine.activity.id, offset: mine.offset });
}

// Whose personal code this is, read as attendance/cards.py reads it: small letters, blanks, O for 0 do no harm.
const plain = (text) => text.normalize("NFKC").toUpperCase().replace(/[^A-Z0-9]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
const whose = (mine, code) => mine.people.find((person) => plain(person.card) === plain(code));

Object.assign(door, { whose, keptHere, forgetOld, keepFacts, note });
