// The registration sheet with JavaScript: rows, autosave, undo, paste from Excel. Without it every button still posts.
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  const blank = document.getElementById("blank-row");
  if (!sheet || !blank) return;
  document.documentElement.classList.add("js");
  const words = sheet.dataset;
  const status = sheet.querySelector("[data-status]");
  const count = sheet.querySelector("[data-count]");
  const state = document.querySelector("[data-state]");
  const kept = `tuanhoc-sheet:${sheet.action}`;
  const WAIT_MS = 2000;
  const AGAIN_MS = 15000;
  let next = Number(words.next);
  let timer = 0;
  let busy = false;
  let dirty = false;
  let leaving = false;

  const fieldOf = (row, name) => row.querySelector(`[name="r-${row.dataset.row}-${name}"]`);
  const storage = (act) => { try { return act(window.localStorage); } catch { return null; } };

  function newRow(lines, values) {
    const key = String(next++);
    const holder = document.createElement("template");
    holder.innerHTML = blank.innerHTML.replaceAll("__KEY__", key);
    const row = holder.content.querySelector(".line");
    lines.insertBefore(row, lines.querySelector(".add"));
    const given = { held_on: lines.closest(".day")?.dataset.day ?? "", ...values };
    for (const [name, value] of Object.entries(given)) {
      const field = fieldOf(row, name);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    }
    if (given.held_on) row.querySelector("details").open = false;
    return row;
  }

  function valuesOf(row) {
    const out = {};
    for (const field of row.querySelectorAll("[name^='r-']")) {
      const name = field.name.split("-").slice(2).join("-");
      out[name] = field.type === "checkbox" ? field.checked : field.value;
    }
    return out;
  }

  function showUndo(text, undo) {
    document.querySelector(".undo")?.remove();
    const bar = document.createElement("div");
    bar.className = "undo";
    bar.setAttribute("role", "status");
    bar.append(text);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.undo;
    button.addEventListener("click", () => { undo(); bar.remove(); changed(); });
    bar.append(button);
    document.body.append(bar);
    window.setTimeout(() => bar.remove(), 10000);
  }

  function remove(row) {
    const lines = row.parentElement;
    const after = row.nextElementSibling;
    row.remove();
    showUndo(words.removed, () => lines.insertBefore(row, after));
    changed();
  }

  function changed() {
    dirty = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT_MS);
  }

  function showWords(rows) {
    for (const [key, said] of Object.entries(rows)) {
      const list = sheet.querySelector(`[data-row="${key}"] [data-words]`);
      if (!list) continue;
      list.replaceChildren(...[...said.errors.map((t) => [t, "word-error"]), ...said.warnings.map((t) => [t, ""])].map(([text, kind]) => {
        const item = document.createElement("li");
        item.textContent = text;
        item.className = kind;
        return item;
      }));
    }
  }

  function say(text, isBad) {
    status.textContent = text;
    status.classList.toggle("bad", isBad);
  }

  function failed(text, again) {
    say(text, true);
    storage((s) => s.setItem(kept, JSON.stringify([...sheet.querySelectorAll("[data-row]")].map(valuesOf))));
    if (again) timer = window.setTimeout(save, AGAIN_MS);
  }

  async function save() {
    if (busy || leaving) { if (busy) changed(); return; }
    busy = true;
    dirty = false;
    say(words.saving, false);
    try {
      const answer = await fetch(sheet.action, { method: "POST", body: new FormData(sheet), headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 409) { dirty = true; failed((await answer.json()).message, false); return; }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const said = await answer.json();
      sheet.elements.version.value = said.version;
      say(said.saved, false);
      if (state) { state.textContent = said.state.words; state.className = `badge badge-${said.state.code}`; }
      if (count) count.textContent = said.count;
      showWords(said.rows);
      storage((s) => s.removeItem(kept));
    } catch {
      dirty = true;
      failed(words.unsaved, true);
    } finally {
      busy = false;
    }
  }

  const isBlank = (row) => Object.entries(valuesOf(row)).every(([name, value]) => name === "held_on" || name.includes("public") || !value);

  function fill(row, values) {
    for (const [name, value] of Object.entries(values)) {
      const field = fieldOf(row, name);
      if (field) field.value = value;
    }
  }

  // Without a column of days the rows stand from the cell pasted into; with one, each under its own day.
  function paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const name = event.target.dataset?.cell;
    if (!name || !text.includes("\t")) return;
    event.preventDefault();
    const target = event.target.closest(".line");
    const lines = target.parentElement;
    const before = [...sheet.querySelectorAll("[data-row]")].map((row) => [row, valuesOf(row)]);
    const days = Object.fromEntries([...sheet.querySelectorAll(".day")].map((day) => [day.dataset.day, day.querySelector(".lines")]));
    let row = target;
    let free = true;
    const pasted = window.tuanhocTable.read(text, name, words.year);
    for (const values of pasted) {
      const home = values.held_on === undefined ? lines : days[values.held_on] ?? lines;
      if (free && home === lines && (values.held_on === undefined || isBlank(target))) { row = target; free = false; }
      else if (values.held_on === undefined && row.nextElementSibling?.matches(".line") && isBlank(row.nextElementSibling)) row = row.nextElementSibling;
      else row = newRow(home, {});
      fill(row, values);
      if (values.held_on && !days[values.held_on]) row.querySelector("details").open = true;
    }
    if (free && isBlank(target)) target.remove();
    showUndo(words.pasted.replace("%s", pasted.length), () => {
      const kept = new Map(before);
      sheet.querySelectorAll("[data-row]").forEach((now) => kept.has(now) || now.remove());
      before.forEach(([was, values]) => { if (!was.isConnected) lines.insertBefore(was, lines.querySelector(".add")); fill(was, values); });
    });
    changed();
  }

  sheet.addEventListener("input", changed);
  sheet.addEventListener("paste", paste);
  sheet.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest(".line");
    if (button.dataset.do === "add") newRow(button.parentElement, {}).querySelector("input").focus();
    if (button.dataset.do === "copy") { newRow(row.parentElement, valuesOf(row)); changed(); }
    if (button.dataset.do === "remove") remove(row);
  });
  let read = false;
  sheet.addEventListener("submit", (event) => {
    const again = () => sheet.requestSubmit(event.submitter);
    // An autosave on its way would make this page's version old: let it finish first.
    if (busy) { event.preventDefault(); window.setTimeout(again, 400); return; }
    const hands = event.submitter?.value === "submit";
    // What cannot be read is known once the last letter was sent: send it before anything is asked.
    if (hands && dirty && !read) { event.preventDefault(); read = true; window.clearTimeout(timer); save().then(again); return; }
    read = false;
    const wrong = sheet.querySelectorAll("[data-words] .word-error");
    if (hands && wrong.length) {
      event.preventDefault();
      const text = words.cannot.replace("%s", wrong.length);
      say(text, true);
      wrong[0].scrollIntoView({ block: "center" });
      window.alert(text);
      return;
    }
    const looks = sheet.querySelectorAll("[data-words] li:not(.word-error)").length;
    const asked = { submit: (looks ? words.confirmLook.replace("%s", looks) : "") + words.confirm, nil: words.confirmNil }[event.submitter?.value];
    if (asked && !window.confirm(asked)) { event.preventDefault(); return; }
    leaving = true;
    window.clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  window.addEventListener("online", () => { if (dirty) save(); });

  const left = storage((s) => JSON.parse(s.getItem(kept) ?? "null"));
  if (left) {
    const note = document.createElement("p");
    note.className = "notice notice-warn";
    note.append(words.restored, " ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.textContent = words.restore;
    button.addEventListener("click", () => {
      sheet.querySelectorAll("[data-row]").forEach((row) => row.remove());
      const days = Object.fromEntries([...sheet.querySelectorAll(".day")].map((d) => [d.dataset.day, d.querySelector(".lines")]));
      const first = sheet.querySelector(".lines");
      left.forEach((values) => newRow(days[values.held_on] ?? first, values));
      note.remove();
      changed();
    });
    note.append(button);
    sheet.prepend(note);
  }
})();
