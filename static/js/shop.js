// Small pictures of paper, one after the other as they come into sight: each is set in type on the
// server, and several at once would make everybody else wait.
const waiting = [];
let busy = false;

async function show() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const place = waiting.shift();
    const picture = new Image(105, 148);
    picture.alt = "";
    picture.src = place.dataset.picture;
    await picture.decode().catch(() => {});
    place.append(picture);
  }
  busy = false;
}

const sight = new IntersectionObserver(
  (places) => {
    for (const { isIntersecting, target } of places) {
      if (!isIntersecting) continue;
      sight.unobserve(target);
      waiting.push(target);
    }
    show();
  },
  { rootMargin: "200px" },
);
document.querySelectorAll("[data-picture]").forEach((place) => sight.observe(place));
