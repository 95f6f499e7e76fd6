// Says at once that a file is too large, and does not send it: <input type="file"
// data-behaviour="too-large" data-most="12582912" data-words="The file is too large.">, in its
// .field. Without script the site says so when it was sent.
function look(event) {
  const input = event.target;
  if (!input.matches('[data-behaviour~="too-large"]')) return;
  const large = [...input.files].some((file) => file.size > Number(input.dataset.most));
  input.setAttribute("aria-invalid", large);
  input.parentElement.querySelector(".error")?.remove();
  if (!large) return;
  input.value = "";
  input.parentElement.append(refusal(input));
  event.stopImmediatePropagation(); // htmx listens further in
}

function refusal(input) {
  const error = document.createElement("p");
  error.className = "error";
  error.id = `${input.id}-error`;
  error.role = "alert";
  error.textContent = input.dataset.words;
  return error;
}

document.addEventListener("input", look, true);
