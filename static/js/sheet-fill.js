// Fills the form of a paper sheet: sheet.enter(what) with what sheet.read gives, sheet.everybody(); both return what to
// say about it. sheet.count() says and shows how many rows are filled.
const sheet = (window.sheet ??= {});
const form = document.querySelector('[data-behaviour~="sheet"]');
const panel = document.getElementById("line-panel");
const NOTHING = { came: "", left: "", note: "", who: "", phone: "" };

function field(row, name) {
  return form.elements[`${name}-${row.dataset.number}`];
}

function fill(row, meant, there = true) {
  for (const [name, value] of Object.entries(meant)) if (field(row, name)) field(row, name).value = value;
  if (field(row, "there")) field(row, "there").checked = there;
}

function away(row) {
  fill(row, NOTHING, false);
  return `${row.dataset.number} ${row.dataset.named} ${panel.dataset.away}`;
}

function everybody() {
  for (const row of form.querySelectorAll("tr[data-number]")) {
    const there = field(row, "there");
    if (there && !there.disabled) there.checked = true;
  }
  return panel.dataset.all;
}

function enter({ all, row, meant }) {
  if (all) return everybody();
  if (!meant) return away(row);
  fill(row, meant);
  const { number, named, came, left } = row.dataset;
  const who = named || [meant.who, meant.phone].filter(Boolean).join(" ");
  return `${number} ${who} ${meant.came || came}–${meant.left || left || panel.dataset.end} ${meant.note}`;
}

function count() {
  const rows = [...form.querySelectorAll("tr[data-number]")];
  const filled = rows.filter((row) => field(row, "there")?.checked || field(row, "who")?.value || field(row, "phone")?.value);
  rows.forEach((row) => row.classList.toggle("filled", filled.includes(row)));
  document.getElementById("line-count").textContent = filled.length;
}

Object.assign(sheet, { count, enter, everybody });
