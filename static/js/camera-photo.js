// Where no camera is lent to the page: a photo of the code does, taken with [data-camera="photo"] of a section (camera.js).
const codes = (window.codes ??= {});

async function fromPhoto(camera, field) {
  const photo = field.files[0] && (await createImageBitmap(field.files[0]).catch(() => null));
  field.value = "";
  if (!photo) return;
  const read = await codes.reader(camera.dataset.jsqr).catch(() => null);
  const text = read && (await read(photo).catch(() => ""));
  codes.tellAnew(camera, text || "?"); // what is no code is said like a wrong code
}

document.addEventListener("change", ({ target }) => {
  const camera = target.closest('[data-camera="photo"]')?.closest('[data-behaviour~="camera"]');
  if (camera) fromPhoto(camera, target);
});
