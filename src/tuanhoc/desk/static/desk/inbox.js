// The inbox with JavaScript: a table pasted from Word keeps its columns, and the keyboard walks the list.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const box = document.querySelector("[data-paste]");

  // A document that is not on screen has no lines of its own: paragraphs and breaks make them.
  function cellText(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("*").forEach((one) => one.childElementCount || (one.textContent = one.textContent.replace(/\s+/g, " ")));
    copy.querySelectorAll("p, li, div, br").forEach((one) => one.after("\n"));
    return copy.textContent.split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
  }
  const quoted = (text) => /["\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  // Word gives a table as lines without its columns; its HTML has them. Cells beside words of a letter stay on one line.
  function asText(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const tables = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
    if (!tables.length) return null;
    page.querySelectorAll("style, script, title").forEach((one) => one.remove());
    const around = page.body.cloneNode(true);
    around.querySelectorAll("table").forEach((one) => one.remove());
    const alone = !around.textContent.trim();
    for (const table of tables) {
      const rows = [...table.rows].map((row) => [...row.cells].flatMap((cell) => {
        const text = cellText(cell);
        const blanks = Array(Math.max(0, cell.colSpan - 1)).fill("");
        return [alone ? quoted(text) : text.replaceAll("\n", "; "), ...blanks];
      }).join("\t"));
      const lines = page.createElement("pre");
      lines.textContent = rows.join("\n");
      table.replaceWith(lines);
    }
    if (alone) return tables.length === 1 ? page.querySelector("pre").textContent : [...page.querySelectorAll("pre")].map((one) => one.textContent).join("\n");
    page.body.querySelectorAll("p, div, br, li, pre, h1, h2, h3").forEach((one) => one.after("\n"));
    return page.body.textContent.replace(/\n{3,}/g, "\n\n").trim();
  }

  box?.addEventListener("paste", (event) => {
    const text = asText(event.clipboardData?.getData("text/html") ?? "");
    if (text === null) return;
    event.preventDefault();
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  });

  // Up and down walk from form to form, as in a list of mail; space ticks, Enter opens.
  const list = document.querySelector(".forms-table");
  list?.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey) return;
    const where = event.target.matches("[name=chon]") ? "[name=chon]" : "td.name a";
    const all = [...list.querySelectorAll(where)];
    const found = all[all.indexOf(event.target) + step];
    if (found) { event.preventDefault(); found.focus(); }
  });
})();
