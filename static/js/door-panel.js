// Shows in #kept what is on this phone only and what the site answered: never "done" before the site has taken it.
const door = (window.door ??= {});
const panel = document.getElementById("kept");
const part = (name, root = panel) => root.querySelector(`[data-kept="${name}"]`);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
let contact = { state: "", delivered: 0 };

function line(event) {
  const row = part("line").content.cloneNode(true).firstElementChild;
  const { answer } = event;
  const way = event.undo_of ? "undo" : event.direction;
  part("who", row).textContent = event.name;
  part("what", row).textContent = `${panel.dataset[way]} ${new Date(event.at + (event.offset ?? 0)).toTimeString().slice(0, 5)}`;
  const tag = part("tag", row);
  tag.textContent = answer ? (answer.refused ? panel.dataset.refused : panel.dataset.sentTag) : panel.dataset.here;
  tag.classList.add(answer ? (answer.refused ? "bad" : "good") : "warn");
  part("words", row).textContent = answer?.words ?? "";
  const link = part("link", row);
  link.hidden = !answer?.address;
  if (answer?.address) Object.assign(link, { href: answer.address, textContent: answer.link });
  const button = part("dismiss", row);
  button.hidden = !answer;
  button.dataset.id = event.id;
  return row;
}

function sentence(waiting) {
  const { login, other, away, waits, sent } = panel.dataset;
  const number = fill(waits, { n: waiting.length });
  if (waiting.length && contact.state === "login") return `${number} ${login}`;
  const owner = waiting.find((event) => event.owner !== contact.facts?.me.id);
  if (owner && ["other", "here"].includes(contact.state)) return `${number} ${fill(other, { name: owner.owner_name })}`;
  if (waiting.length) return number;
  if (contact.delivered) return fill(sent, { n: contact.delivered });
  return door.away && contact.state !== "here" ? away : "";
}

async function show() {
  const events = await door.outbox.all();
  const waiting = events.filter(door.outbox.waits);
  const words = sentence(waiting);
  panel.hidden = !words && !events.length;
  const cut = door.away && contact.state !== "here";
  panel.className = `notice ${waiting.length || cut ? "warn" : events.some((event) => event.answer?.refused) ? "bad" : "good"}`;
  part("words").textContent = events.length ? "" : words;
  part("number").textContent = words || panel.dataset.answered;
  part("login").firstElementChild.href = `/login?next=${encodeURIComponent(location.pathname)}`;
  part("login").hidden = !waiting.length || contact.state !== "login";
  part("lines").replaceChildren(...events.map(line));
  part("all").hidden = !events.length;
  if (events.some((event) => event.answer)) part("all").open = true;
}

if (panel && door.vault) {
  document.addEventListener("door-outbox", show);
  document.addEventListener("door-contact", ({ detail }) => { contact = detail; show(); });
  panel.addEventListener("click", ({ target }) => target.dataset.id && door.outbox.dismiss(target.dataset.id));
  show();
}
