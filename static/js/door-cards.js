// Without network: finds on the kept roster whose personal code the camera or a scanner has read, and keeps that
// they were seen.
const door = (window.door ??= {});
const { body } = document;
const answer = document.getElementById("read");
const field = document.getElementById("card");

function say(tone, title, words) {
  answer.className = `reading ${tone}`;
  Object.assign(answer.querySelector("h2"), { textContent: title, hidden: false });
  answer.querySelector("p").textContent = words;
  navigator.vibrate?.(tone === "good" ? 80 : [80, 60, 200]);
}

async function read(text) {
  const out = door.direction === "out";
  const person = door.whose(door.mine, text);
  if (!person) return say("bad", body.dataset.unknown, body.dataset.unknownNext);
  const mark = door.standing(person, door.direction);
  if (mark) return say("info", person.name, out ? body.dataset.left : body.dataset.came);
  if (out && !door.standing(person, "in")) return say("warn", person.name, body.dataset.absent);
  if (!document.getElementById("shut").hidden) return say("bad", person.name, document.getElementById("shut").textContent);
  await door.see(person, "card");
  return say("good", person.name, out ? body.dataset.leftHere : body.dataset.cameHere);
}

document.addEventListener("code-read", ({ detail }) => door.mine && read(detail));
document.getElementById("card-form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (field.value.trim()) read(field.value);
  field.value = "";
});
