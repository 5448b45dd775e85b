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
  // What could not be saved, by window: one that saves clears its own only.
  const shelf = `tuanhoc-sheet:${sheet.action}`;
  const WAIT_MS = 2000;
  const AGAIN_MS = 15000;
  let next = Number(words.next);
  let timer = 0;
  let busy = false;
  let dirty = false;
  let leaving = false;

  const fieldOf = (row, name) => row.querySelector(`[name="r-${row.dataset.row}-${name}"]`);
  const storage = (act) => { try { return act(window.localStorage); } catch { return null; } };
  const tab = (() => {
    try {
      const own = window.sessionStorage.getItem("tuanhoc-window") ?? String(Math.random()).slice(2);
      window.sessionStorage.setItem("tuanhoc-window", own);
      return own;
    } catch { return "0"; }
  })();
  const kept = `${shelf}#${tab}`;
  const rowsNow = () => [...sheet.querySelectorAll("[data-row]")].map(valuesOf);
  const keep = (sent) => storage((s) => s.setItem(kept, JSON.stringify({
    sent, version: sheet.elements.version.value, loaded: sheet.elements.loaded.value, at: Date.now(),
    keys: [...sheet.querySelectorAll("[data-row]")].map((row) => row.dataset.row), rows: rowsNow(),
  })));

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
    // Two versions are being held against each other: nothing is written over the saved one by itself.
    if (words.compares) { keep(false); say(words.compares, true); return; }
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
    keep(false);
    if (again) timer = window.setTimeout(save, AGAIN_MS);
  }

  // The server lays both versions side by side: it is sent what stands here, with the version it was written on.
  function offerToCompare() {
    if (sheet.querySelector("[data-compare-now]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary";
    button.dataset.compareNow = "";
    button.textContent = words.compare;
    button.addEventListener("click", compare);
    status.after(" ", button);
  }

  function compare() {
    window.clearTimeout(timer);
    if (busy) { window.setTimeout(compare, 400); return; }
    leaving = true;
    sheet.requestSubmit(sheet.querySelector(".first-button"));
  }

  async function save() {
    if (busy || leaving) { if (busy) changed(); return; }
    busy = true;
    dirty = false;
    say(words.saving, false);
    try {
      const answer = await fetch(sheet.action, { method: "POST", body: new FormData(sheet), headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 409) {
        const said = await answer.json();
        dirty = true;
        failed(said.message, false);
        if (said.compares) offerToCompare();
        return;
      }
      if (answer.redirected) { dirty = true; failed(words.ended, true); return; }
      if (!answer.ok) throw new Error(String(answer.status));
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
    if (dirty) keep(true);
  });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  window.addEventListener("online", () => { if (dirty) save(); });

  for (const box of document.querySelectorAll("[data-theirs]")) {
    // Ticked, the cell shows what was saved; no longer, what was typed here. What stands in the cell is what is sent.
    const [, key, ...name] = box.name.split("-");
    const field = sheet.elements[key === "theme" ? "theme" : `r-${key}-${name.join("-")}`];
    if (!field) continue;
    box.removeAttribute("name");
    const isTick = field.type === "checkbox";
    let other = isTick ? box.value === "on" : box.value;
    box.addEventListener("change", () => {
      const was = isTick ? field.checked : field.value;
      if (isTick) field.checked = other; else field.value = other;
      other = was;
      changed();
    });
  }
  document.querySelector("[data-drop]")?.addEventListener("click", () => { leaving = true; storage((s) => s.removeItem(kept)); });
  if (words.compares) { dirty = true; keep(false); say(words.compares, true); }

  // Of this window first, else the newest of those that were closed meanwhile. What stands in the sheet already is done
  // with, and so is what this page is the answer to.
  function leftBehind() {
    const names = storage((s) => Object.keys(s).filter((name) => name === shelf || name.startsWith(`${shelf}#`))) ?? [];
    const found = names.map((name) => {
      const said = storage((s) => JSON.parse(s.getItem(name)));
      return { name, at: 0, version: "-1", ...(Array.isArray(said) ? { rows: said } : said) };
    }).filter((one) => Array.isArray(one.rows));
    const sorted = (rows) => JSON.stringify(rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort());
    const here = sorted(rowsNow());
    const saved = (one) => one.sent && Number(one.version) + 1 === Number(sheet.elements.version.value);
    const isDone = (one) => saved(one) || sorted(one.rows) === here;
    for (const one of found) if (isDone(one)) storage((s) => s.removeItem(one.name));
    return found.filter((one) => !isDone(one)).sort((a, b) => (b.name === kept) - (a.name === kept) || b.at - a.at)[0];
  }

  const left = words.compares ? undefined : leftBehind();
  if (left) {
    const note = document.createElement("p");
    note.className = "notice notice-warn";
    note.append(words.restored, " ");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    const isOlder = left.version !== sheet.elements.version.value;
    button.textContent = isOlder ? words.compare : words.restore;
    button.addEventListener("click", () => {
      sheet.querySelectorAll("[data-row]").forEach((row) => row.remove());
      const days = Object.fromEntries([...sheet.querySelectorAll(".day")].map((d) => [d.dataset.day, d.querySelector(".lines")]));
      const first = sheet.querySelector(".lines");
      left.rows.forEach((values, place) => {
        next = Number(left.keys?.[place] ?? place);
        newRow(days[values.held_on] ?? first, values);
      });
      next = 1 + Math.max(next, ...(left.keys ?? []).map(Number));
      note.remove();
      storage((s) => s.removeItem(left.name));
      if (isOlder) {
        sheet.elements.version.value = left.version;
        sheet.elements.loaded.value = left.loaded ?? "0";
        compare();
        return;
      }
      changed();
    });
    note.append(button);
    sheet.prepend(note);
  }
})();
