// Enters a paper sheet with the keyboard: a row and its times on one line, Enter, the next one.
// It fills the form below, which does the same without script.
const form = document.querySelector('[data-behaviour~="sheet"]');
const panel = document.getElementById("line-panel");
const line = document.getElementById("line");
const TIME = /^(?:(\d{1,2})[:.点时](\d{2})分?|(\d{1,2})(\d{2})|(\d{1,2})[点时]?)$/;
let changed = false;

function wrong(kind, row, more = {}) {
  const words = Object.entries({ row, ...more });
  return new Error(words.reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), panel.dataset[kind]));
}

function field(row, name) {
  return form.elements[`${name}-${row.dataset.number}`];
}

function rowOf(word) {
  const by = /^\d+$/.test(word) ? "number" : "code";
  const row = [...form.querySelectorAll("tr[data-number]")].find((one) => one.dataset[by] === word.toUpperCase());
  if (!row) throw wrong(by === "number" ? "row" : "code", word);
  return row;
}

function clock(row, word) {
  const found = TIME.exec(word);
  const [hour, minute] = found ? [found[1] ?? found[3] ?? found[5], found[2] ?? found[4] ?? "00"] : [99, 0];
  if (hour > 23 || minute > 59) throw wrong("time", word);
  const time = `${hour.padStart(2, "0")}:${minute}`;
  const { opens, closes } = row.dataset;
  const inside = opens <= closes ? opens <= time && time <= closes : time >= opens || time <= closes;
  if (!inside) throw wrong("outside", time, { from: opens, to: closes });
  return time;
}

// What stands behind the row: one or two times; in a row without a name also the name and the phone.
function understand(row, words) {
  const meant = { came: "", left: "", note: "", who: "", phone: "" };
  const named = row.dataset.named !== "";
  for (const word of words) {
    if (!named && /^\+?\d{11,13}$/.test(word)) meant.phone = word;
    else if (/^\d/.test(word)) {
      if (meant.came && meant.left) throw wrong("time", word);
      meant[meant.came ? "left" : "came"] = clock(row, word);
    } else {
      const place = named ? "note" : "who";
      meant[place] = meant[place] ? `${meant[place]} ${word}` : word;
    }
  }
  if (meant.left && meant.left < meant.came && row.dataset.opens <= row.dataset.closes) throw wrong("order", "");
  if (!named && !meant.who && !meant.phone) throw wrong("who", row.dataset.number);
  return meant;
}

function fill(row, meant, there = true) {
  for (const [name, value] of Object.entries(meant)) if (field(row, name)) field(row, name).value = value;
  if (field(row, "there")) field(row, "there").checked = there;
}

function away(row) {
  fill(row, { came: "", left: "", note: "", who: "", phone: "" }, false);
  return `${row.dataset.number} ${row.dataset.named} ${panel.dataset.away}`;
}

function everybody() {
  for (const row of form.querySelectorAll("tr[data-number]")) {
    const there = field(row, "there");
    if (there && !there.disabled) there.checked = true;
  }
  return panel.dataset.all;
}

function enter(typed) {
  const [first, ...words] = typed.normalize("NFKC").trim().split(/[\s,，、;；]+/);
  if (["*", "全", "全部"].includes(first)) return everybody();
  const row = rowOf(first.replace(/^[-−–]/, ""));
  row.scrollIntoView({ block: "nearest" });
  if (/^[-−–]/.test(first)) return away(row);
  const meant = understand(row, words);
  fill(row, meant);
  const { number, named, came, left } = row.dataset;
  const who = named || [meant.who, meant.phone].filter(Boolean).join(" ");
  return `${number} ${who} ${meant.came || came}–${meant.left || left || panel.dataset.end} ${meant.note}`;
}

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

function count() {
  const rows = [...form.querySelectorAll("tr[data-number]")];
  const filled = rows.filter((row) => field(row, "there")?.checked || field(row, "who")?.value || field(row, "phone")?.value);
  rows.forEach((row) => row.classList.toggle("filled", filled.includes(row)));
  document.getElementById("line-count").textContent = filled.length;
}

function typed(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  complain("");
  if (line.value.trim() === "") return document.getElementById("sheet-save").focus();
  try {
    say(enter(line.value));
    line.value = "";
    changed = true;
  } catch (error) {
    complain(error.message);
    line.select();
  }
  count();
}

if (form && panel) {
  panel.hidden = false;
  line.addEventListener("keydown", typed);
  form.addEventListener("input", () => { changed = true; count(); });
  form.addEventListener("submit", () => (changed = false));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // only the button saves
  });
  document.getElementById("all-came").addEventListener("click", (event) => {
    event.preventDefault();
    say(everybody());
    changed = true;
    count();
    line.focus();
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  count();
  (form.querySelector('[aria-invalid="true"]') ?? line).focus();
}
