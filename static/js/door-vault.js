// Keeps things on this phone, readable only with a key that cannot leave it and that logging out destroys:
// await door.vault.put("kept", "7", {…}), .all, .drop. Without https there is no vault: door.vault is null.
const door = (window.door ??= {});
const able = isSecureContext && window.indexedDB && window.crypto?.subtle && window.caches && navigator.serviceWorker;
const STORES = ["keys", "kept", "events"];
let opened = null;

const settled = (request) =>
  new Promise((done, fail) =>
    Object.assign(request, { onsuccess: () => done(request.result), onerror: () => fail(request.error) }));

function database() {
  const request = indexedDB.open("door", 1);
  request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
  return settled(request).then((found) => {
    found.onversionchange = () => { found.close(); opened = null; }; // it is being destroyed
    return found;
  });
}

async function inside(name, mode, work) {
  const turn = (await (opened ??= database())).transaction(name, mode, { durability: "strict" });
  const written = new Promise((done, fail) => {
    turn.oncomplete = done;
    turn.onabort = turn.onerror = () => fail(turn.error);
  });
  const result = await settled(work(turn.objectStore(name)));
  await written; // only then it survives the phone going flat
  return result;
}

async function key() {
  const found = await inside("keys", "readonly", (keys) => keys.get("key"));
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await inside("keys", "readwrite", (keys) => keys.add(made, "key")).catch(() => null); // another window was first
  return inside("keys", "readonly", (keys) => keys.get("key"));
}

async function open({ iv, sealed }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}

async function put(name, id, thing) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(thing));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
  await inside(name, "readwrite", (store) => store.put({ iv, sealed }, id));
}

const all = async (name) => Promise.all((await inside(name, "readonly", (store) => store.getAll())).map(open));
const drop = (name, id) => inside(name, "readwrite", (store) => store.delete(id));

door.vault = able ? { put, all, drop } : null;
