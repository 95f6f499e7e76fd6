// Opens the browser's print window: <button type="button" data-behaviour="print" hidden>.
// The button is hidden until this runs, so nobody taps one that does nothing.
document.addEventListener("click", (event) => {
  if (event.target.closest('[data-behaviour~="print"]')) window.print();
});
document.querySelectorAll('[data-behaviour~="print"]').forEach((button) => (button.hidden = false));
