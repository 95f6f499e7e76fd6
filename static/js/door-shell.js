// The door's page without network: the roster that this phone keeps, to tick with one thumb.
const door = (window.door ??= {});
const { body } = document;
const [roster, search, counts] = ["roster", "q", "counts"].map((id) => document.getElementById(id));
const letters = (text) => text.toLowerCase().replaceAll(" ", "");
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const clock = (ms) => new Date(ms).toTimeString().slice(0, 5);
const part = (root, name) => root.querySelector(`[data-row="${name}"]`);
const put = (root, name, words) => Object.assign(part(root, name), { textContent: words, hidden: !words });
let events = [];

// How somebody stands in a direction, with what is only on this phone and what just left it.
function standing(person, direction) {
  const said = [...events.filter(door.outbox.waits), ...door.delivered];
  const gone = new Set(said.map((event) => event.undo_of));
  const mine = said.find((event) =>
    event.person_id === person.id && event.direction === direction && !event.undo_of && !gone.has(event.id));
  if (person[direction] || !mine) return person[direction];
  const kept = door.delivered.includes(mine) ? null : mine.id;
  return { at: mine.at + mine.offset, by: mine.owner_name, kept };
}

function state() {
  const { opens_at: opens, until } = door.mine.activity;
  if (door.now() < opens) return fill(body.dataset.early, { time: clock(opens) });
  return door.now() < until ? "" : body.dataset.over;
}

function row(person) {
  const line = document.getElementById("row").content.cloneNode(true).firstElementChild;
  const out = door.direction === "out";
  const mark = standing(person, door.direction);
  const absent = out && !standing(person, "in");
  line.id = `row-${person.id}`;
  line.dataset.keys = person.keys;
  part(line, "name").textContent = person.name;
  put(line, "about", [person.unit, person.shift].filter(Boolean).join(" · "));
  put(line, "mark", mark ? `${clock(mark.at)} ${mark.by || body.dataset.code}` : "");
  part(line, "kept").hidden = !mark?.kept;
  part(line, "absent").hidden = !absent || Boolean(mark);
  part(line, "ticked").hidden = !mark;
  part(line, "ticked").textContent = out ? body.dataset.left : body.dataset.came;
  const [tick, undo] = [part(line, "tick"), part(line, "undo")];
  tick.hidden = Boolean(mark) || absent || Boolean(state());
  tick.textContent = out ? body.dataset.out : body.dataset.in;
  tick.setAttribute("aria-label", `${tick.textContent} ${person.name}`);
  undo.hidden = !mark?.kept;
  [tick.dataset.tick, undo.dataset.undo] = [person.id, mark?.kept ?? ""];
  return line;
}

function draw() {
  const { people } = door.mine;
  const number = (way) => people.filter((person) => standing(person, way)).length;
  roster.replaceChildren(...people.map(row));
  narrow();
  counts.querySelector("b").textContent = fill(body.dataset.counts, { came: number("in"), all: people.length });
  counts.querySelector("span").textContent = number("out") ? fill(body.dataset.gone, { n: number("out") }) : "";
  Object.assign(counts.querySelector("meter"), { max: Math.max(people.length, 1), value: number("in") });
  const shut = document.getElementById("shut");
  shut.textContent = state();
  shut.hidden = !state();
}

function narrow() {
  for (const line of roster.children) line.hidden = !letters(line.dataset.keys).includes(letters(search.value));
}

door.see = async (person, method) => {
  await door.note(door.mine, { person_id: person.id, name: person.name, direction: door.direction, method, start: door.fromStart });
  navigator.vibrate?.(60);
};
door.standing = standing;

roster?.addEventListener("click", async ({ target }) => {
  const { tick, undo } = target.closest("button")?.dataset ?? {};
  if (undo) return door.outbox.takeBack(undo);
  if (!tick) return;
  target.disabled = true;
  await door.see(door.mine.people.find((person) => person.id === Number(tick)), "tick");
});
search?.addEventListener("input", narrow);
document.addEventListener("door-draw", draw);
document.addEventListener("door-outbox", async () => {
  events = await door.outbox.all();
  if (door.mine) draw();
});
