// Copies a text: <button type="button" data-behaviour="copy" data-text="…" data-done="Copied" hidden>.
// The button is hidden until this runs, so nobody taps one that does nothing.
function show(root) {
  if (!navigator.clipboard) return;
  root.querySelectorAll('[data-behaviour~="copy"]').forEach((button) => (button.hidden = false));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest('[data-behaviour~="copy"]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.text);
  button.textContent = button.dataset.done;
});
document.addEventListener("htmx:after:swap", () => show(document));
show(document);
