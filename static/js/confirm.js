// Asks before a form is sent: <button data-behaviour="confirm" data-words="Cancel this activity?">.
// Without script, or without <dialog>, the form is sent at once and the page after it says so.
const dialog = document.getElementById("ask");
let agreed = null;

async function ask(event) {
  const button = event.submitter;
  if (!button?.matches('[data-behaviour~="confirm"]') || button === agreed || !dialog?.showModal) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // htmx listens further in
  if (!(await answer(button.dataset.words))) return;
  agreed = button;
  button.form.requestSubmit(button);
  agreed = null;
}

function answer(words) {
  dialog.querySelector("#ask-words").textContent = words;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((tell) =>
    dialog.addEventListener("close", () => tell(dialog.returnValue === "yes"), { once: true }),
  );
}

document.addEventListener("submit", ask, true);
