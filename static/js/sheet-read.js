// What a line typed for a paper sheet means: sheet.read(line) gives { all: true }, { row } (not there) or { row, meant };
// what makes no sense is thrown, in the words of the panel.
const sheet = (window.sheet ??= {});
const form = document.querySelector('[data-behaviour~="sheet"]');
const panel = document.getElementById("line-panel");
const TIME = /^(?:(\d{1,2})[:.点时](\d{2})分?|(\d{1,2})(\d{2})|(\d{1,2})[点时]?)$/;

function wrong(kind, row, more = {}) {
  const words = Object.entries({ row, ...more });
  return new Error(words.reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), panel.dataset[kind]));
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

sheet.read = (typed) => {
  const [first, ...words] = typed.normalize("NFKC").trim().split(/[\s,，、;；]+/);
  if (["*", "全", "全部"].includes(first)) return { all: true };
  const row = rowOf(first.replace(/^[-−–]/, ""));
  row.scrollIntoView({ block: "nearest" });
  return /^[-−–]/.test(first) ? { row } : { row, meant: understand(row, words) };
};
