// Says so in #notice when the network or the site fails while htmx is asking, and takes it back
// when the same element gets an answer. A refusal brings its own words and is left alone.
let troubled = null;

function say(words, element) {
  const place = document.getElementById("notice");
  troubled = element;
  if (place.textContent === words) return; // a poll need not announce it every time
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.id = "trouble";
  notice.textContent = words;
  place.replaceChildren(notice);
}

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx) say(document.body.dataset.offline, detail.ctx.sourceElement);
});
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response.status >= 500 || ctx.sourceElement !== troubled) return;
  document.getElementById("trouble")?.remove();
});
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.status < 500 || ctx.response.headers.get("HX-Reswap") === "none") return;
  ctx.swap = "none";
  say(document.body.dataset.broken, ctx.sourceElement);
});
