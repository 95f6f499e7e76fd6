// Enters a paper sheet with the keyboard: a row and its times on one line, Enter, the next one. sheet-read.js reads the
// line and sheet-fill.js fills the form below, which does the same without script.
const sheet = (window.sheet ??= {});
const form = document.querySelector('[data-behaviour~="sheet"]');
const panel = document.getElementById("line-panel");
const line = document.getElementById("line");
let changed = false;

function say(words) {
  const item = document.createElement("li");
  item.textContent = words;
  document.getElementById("line-said").prepend(item);
}

function complain(words) {
  const error = document.getElementById("line-error");
  error.textContent = words;
  error.hidden = words === "";
  line.toggleAttribute("aria-invalid", words !== "");
  if (words) line.setAttribute("aria-invalid", "true");
}

function typed(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  complain("");
  if (line.value.trim() === "") return document.getElementById("sheet-save").focus();
  try {
    say(sheet.enter(sheet.read(line.value)));
    line.value = "";
    changed = true;
  } catch (error) {
    complain(error.message);
    line.select();
  }
  sheet.count();
}

if (form && panel) {
  panel.hidden = false;
  line.addEventListener("keydown", typed);
  form.addEventListener("input", () => { changed = true; sheet.count(); });
  form.addEventListener("submit", () => (changed = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // only the button saves
  });
  document.getElementById("all-came").addEventListener("click", (event) => {
    event.preventDefault();
    say(sheet.everybody());
    changed = true;
    sheet.count();
    line.focus();
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  sheet.count();
  (form.querySelector('[aria-invalid="true"]') ?? line).focus();
}
