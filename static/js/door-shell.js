// The door's page without network: the roster that this phone keeps, to tick with one thumb.
const door = (window.door ??= {});
const { body } = document;
const [roster, search, counts, all] = ["roster", "q", "counts", "all"].map((id) => document.getElementById(id));
const letters = (text) => text.toLowerCase().replace(/[\s'’]/g, ""); // a phone writes sxl as s'x'l while one types

let sure = false; // "all present" asks for a second tap

function draw() {
  const { people } = door.mine;
  const number = (way) => people.filter((person) => door.standing(person, way)).length;
  roster.replaceChildren(...people.map(door.row));
  narrow();
  counts.querySelector("b").textContent = door.fill(body.dataset.counts, { came: number("in"), all: people.length });
  counts.querySelector("span").textContent = number("out") ? door.fill(body.dataset.gone, { n: number("out") }) : "";
  Object.assign(counts.querySelector("meter"), { max: Math.max(people.length, 1), value: number("in") });
  all.hidden = door.direction === "out" || Boolean(door.shut()) || door.missing().length < 2;
  all.textContent = door.fill(body.dataset[sure ? "allSure" : "all"], { n: door.missing().length });
  all.classList.toggle("primary", sure);
  const shut = document.getElementById("shut");
  shut.textContent = door.shut();
  shut.hidden = !door.shut();
}

function narrow() {
  for (const line of roster.children) line.hidden = !letters(line.dataset.keys).includes(letters(search.value));
}

door.see = async (person, method) => {
  await door.note(door.mine, { person_id: person.id, name: person.name, direction: door.direction, method, start: door.fromStart });
  navigator.vibrate?.(60);
};

roster?.addEventListener("click", async ({ target }) => {
  const { tick, undo } = target.closest("button")?.dataset ?? {};
  if (undo) return door.outbox.takeBack(undo);
  if (!tick) return;
  target.disabled = true;
  await door.see(door.mine.people.find((person) => person.id === Number(tick)), "tick");
});
all?.addEventListener("click", async () => {
  const people = sure ? door.missing() : [];
  sure = !sure;
  for (const person of people) await door.see(person, "tick");
  draw();
});
search?.addEventListener("input", narrow);
document.addEventListener("door-draw", draw);
document.addEventListener("door-outbox", async () => {
  door.events = await door.outbox.all();
  if (door.mine) draw();
});
