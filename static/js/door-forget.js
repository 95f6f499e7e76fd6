// After logging out: nothing of the doors stays on this phone, and without its key nothing could be read.
navigator.serviceWorker?.getRegistrations().then((all) =>
  all.filter((one) => one.scope.endsWith("/desk/")).forEach((one) => one.unregister()));
window.caches?.delete("door");
window.indexedDB?.deleteDatabase("door");
document.cookie = "kept_here=; path=/; max-age=0; samesite=lax";
