// Keeps the door's page itself on this phone, with the files it is made of and no others: await door.keepPage().
const door = (window.door ??= {});
const SHELL = "/desk/door";

async function keepPage() {
  const answer = await fetch(SHELL, { redirect: "error" });
  if (!answer.ok) throw new Error("no page to keep");
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  const parts = [...page.querySelectorAll("script[src], link[href], [data-jsqr]")];
  const files = parts.map((one) => one.getAttribute("src") ?? one.getAttribute("href") ?? one.dataset.jsqr);
  const wanted = new Set(files.filter((file) => file.startsWith("/static/")));
  const cache = await caches.open("door");
  await Promise.all([...wanted].map(async (file) => (await cache.match(file)) ?? cache.add(file)));
  await cache.put(SHELL, answer);
  const old = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(old.filter((path) => path !== SHELL && !wanted.has(path)).map((path) => cache.delete(path)));
}

door.keepPage = keepPage;
