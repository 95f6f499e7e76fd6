// Sends a form with the place where this phone is: <form data-behaviour="here" data-failed="…" hidden> with the
// fields latitude and longitude and a place for words. The form shows itself where the browser knows places.
const form = document.querySelector('[data-behaviour~="here"]');

function send(event) {
  event.preventDefault();
  const say = (words) => (form.querySelector("[role=status]").textContent = words);
  say("…");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(5);
      form.elements.longitude.value = coords.longitude.toFixed(5);
      form.submit();
    },
    () => say(form.dataset.failed),
    { enableHighAccuracy: true, timeout: 10000 },
  );
}

if (form && navigator.geolocation) {
  form.hidden = false;
  form.addEventListener("submit", send);
}
