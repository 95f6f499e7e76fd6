// The lines of the kept roster: door.row(person), door.standing(person, direction), door.shut().
const door = (window.door ??= {});
const { body } = document;
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const clock = (ms) => new Date(ms).toTimeString().slice(0, 5);
const part = (root, name) => root.querySelector(`[data-row="${name}"]`);
const put = (root, name, words) => Object.assign(part(root, name), { textContent: words, hidden: !words });

// How somebody stands in a direction, with what is only on this phone and what just left it.
function standing(person, direction) {
  const said = [...door.events.filter(door.outbox.waits), ...door.delivered];
  const gone = new Set(said.map((event) => event.undo_of));
  const mine = said.find((event) =>
    event.person_id === person.id && event.direction === direction && !event.undo_of && !gone.has(event.id));
  if (person[direction] || !mine) return person[direction];
  const kept = door.delivered.includes(mine) ? null : mine.id;
  return { at: mine.at + mine.offset, by: mine.owner_name, kept };
}

function shut() {
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
  put(line, "absent", mark ? "" : person.excused ? body.dataset.excused : absent ? body.dataset.absent : "");
  part(line, "ticked").hidden = !mark;
  part(line, "ticked").textContent = out ? body.dataset.left : body.dataset.came;
  const [tick, undo] = [part(line, "tick"), part(line, "undo")];
  tick.hidden = Boolean(mark) || absent || Boolean(shut());
  tick.textContent = out ? body.dataset.out : body.dataset.in;
  tick.setAttribute("aria-label", `${tick.textContent} ${person.name}`);
  undo.hidden = !mark?.kept;
  [tick.dataset.tick, undo.dataset.undo] = [person.id, mark?.kept ?? ""];
  return line;
}

// Whom "all present" would tick: who is not in and not excused.
const missing = () => door.mine.people.filter((person) => !person.excused && !standing(person, "in"));

Object.assign(door, { missing, events: [], fill, row, standing, shut });
