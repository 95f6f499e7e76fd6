// Says so in #notice when the network or the site fails while htmx is asking.
// A refusal (4xx) brings its own words and is left alone.
function say(words) {
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.textContent = words;
  document.getElementById("notice").replaceChildren(notice);
}

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx) say(document.body.dataset.offline);
});
document.addEventListener("htmx:response:error", ({ detail }) => {
  const { status, raw } = detail.ctx.response;
  if (status < 500 || raw.headers.get("HX-Reswap") === "none") return; // ours: brings its words
  detail.ctx.swap = "none";
  say(document.body.dataset.broken);
});
