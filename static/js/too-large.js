// Says at once that a file is too large, and does not send it: <input type="file"
// data-behaviour="too-large" data-most="12582912" data-words="The file is too large.">, with a
// <p class="error" role="alert"> beside it. Without script the site says so when it was sent.
function look(event) {
  const input = event.target;
  if (!input.matches('[data-behaviour~="too-large"]')) return;
  const error = input.parentElement.querySelector(".error");
  const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
  input.setAttribute("aria-invalid", large);
  error.textContent = large ? input.dataset.words : "";
  if (!large) return;
  input.value = "";
  event.stopImmediatePropagation(); // htmx listens further in
}

document.addEventListener("input", look, true);
