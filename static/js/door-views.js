// What of the kept page is shown: the roster, the code, the camera, or the doors that this phone keeps.
const door = (window.door ??= {});
const { body } = document;

function show(view) {
  body.dataset.view = view;
  document.querySelectorAll("[data-view-of]").forEach((one) => one.toggleAttribute("hidden", one.dataset.viewOf !== view));
  document.querySelectorAll("button[data-show]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.show === view));
}

function turn(direction) {
  door.direction = direction;
  document.querySelectorAll("button[data-way]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.way === direction));
  document.dispatchEvent(new CustomEvent("door-draw"));
}

async function list() {
  const doors = await door.vault.all("kept");
  document.getElementById("doors").append(...doors.map(({ activity }) => {
    const [item, link] = [document.createElement("li"), document.createElement("a")];
    Object.assign(link, { href: `/desk/activities/${activity.id}/door`, textContent: activity.title, className: "button wide" });
    item.append(link);
    return item;
  }));
  show(doors.length ? "doors" : "none");
}

body.addEventListener("click", ({ target }) => {
  const { show: view, way } = target.closest("button")?.dataset ?? {};
  if (view) show(view);
  if (way) turn(way);
});
Object.assign(door, { show, turn, list });
