// Answers for the door's page, and for nothing else of the site, when the network does not.
// The page itself fills the cache (door-keep.js); a newer version of this file takes over at once.
const SHELL = "/desk/door";
const DOOR = /^\/desk\/(activities\/\d+\/)?(door|cards)$/;
const PATIENCE = 4000; // milliseconds; then people at the door have waited long enough
const UNREACHABLE = 502; // says what stands before the site; an error of its own is shown

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate" && DOOR.test(address.pathname)) event.respondWith(page(request, address));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request, address) {
  const shell = await caches.match(SHELL);
  if (!shell) return fetch(request);
  if (address.searchParams.has("kept")) return shell;
  const late = new Promise((on) => setTimeout(on, PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  return answer && answer.status < UNREACHABLE ? answer : shell;
}
