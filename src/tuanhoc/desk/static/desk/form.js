// One form beside its file, with JavaScript: the row in hand lights up its cells, a cell leads to its rows, and the
// keyboard goes from one row to look at to the next. Without it the same ways are plain links.
"use strict";
(() => {
  const beside = document.getElementById("form-beside");
  if (!beside) return;
  document.documentElement.classList.add("js");
  const form = document.getElementById("form-rows");
  const pane = beside.querySelector(".form-paper-sheet, .scan-sheet");
  const confirmButton = form?.querySelector("[data-go]");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const lines = [...beside.querySelectorAll("[data-cells]")];
  const cellsOf = (line) => line.dataset.cells.split(" ").filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean);
  const lineOf = (key) => document.getElementById(`d-${key}`);
  const isWide = () => pane && pane.getBoundingClientRect().left > 1 && getComputedStyle(pane.parentElement).position === "sticky";

  function light(line, field) {
    beside.querySelectorAll(".lit, .lit-cell").forEach((one) => one.classList.remove("lit", "lit-cell"));
    if (!line) return;
    line.classList.add("lit");
    for (const cell of cellsOf(line)) cell.classList.add("lit");
    const cell = field && line.dataset[field] && document.getElementById(line.dataset[field]);
    if (cell) cell.classList.add("lit-cell");
  }

  // Only the pane is moved, never the page under the writer's hands.
  function show(line, field) {
    const cells = cellsOf(line);
    const cell = (field && document.getElementById(line.dataset[field] || "")) || document.getElementById(line.dataset.content || "") || cells[0];
    if (!cell || !isWide()) return;
    const box = pane.getBoundingClientRect();
    const at = cell.getBoundingClientRect();
    if (at.top >= box.top + 8 && at.bottom <= box.bottom - 8) return;
    pane.scrollTo({ top: pane.scrollTop + at.top - box.top - box.height / 3, behavior: calm ? "auto" : "smooth" });
  }

  function open(line) {
    if (line instanceof HTMLDetailsElement) line.open = true;
  }

  function goTo(line) {
    open(line);
    light(line);
    show(line);
    line.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    (toMend(line) ?? line.querySelector("summary, a") ?? line).focus({ preventScroll: true });
  }

  // The cell that lacks something, else the first one.
  function toMend(line) {
    const cells = ["held_on", "place", "content"].map((name) => line.querySelector(`[data-cell=${name}]`)).filter(Boolean);
    return cells.find((cell) => !cell.value.trim()) ?? line.querySelector("input:not([type=hidden]), select, textarea");
  }

  const toLook = () => [...beside.querySelectorAll("[data-look], .piece[id]")];
  function next(from, step) {
    const all = toLook();
    const here = all.findIndex((line) => line === from || line.contains(from));
    const found = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
    if (found) goTo(found);
    else if (step > 0 && confirmButton) { confirmButton.focus(); light(null); }
  }

  const fieldIn = (target) => target.name?.startsWith("r-") ? target.name.split("-").slice(2).join("-") : "";
  beside.addEventListener("focusin", (event) => {
    const line = event.target.closest("[data-cells]");
    if (!line) return;
    light(line, fieldIn(event.target));
    show(line, fieldIn(event.target));
  });
  for (const line of lines) {
    line.addEventListener("pointerenter", () => { if (!line.contains(document.activeElement)) light(line); });
    line.addEventListener("pointerleave", () => light(document.activeElement?.closest("[data-cells]"), fieldIn(document.activeElement)));
  }

  pane?.addEventListener("pointerover", (event) => {
    const cell = event.target.closest("[data-rows]");
    if (!cell) return;
    beside.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    cell.classList.add("lit");
    cell.dataset.rows.split(" ").forEach((key) => lineOf(key)?.classList.add("lit"));
  });
  pane?.addEventListener("click", (event) => {
    const link = event.target.closest("a.spot-go");
    const cell = event.target.closest("[data-rows]");
    if (!link && window.getSelection()?.toString()) return;
    const line = link ? document.getElementById(link.hash.slice(1)) : cell && lineOf(cell.dataset.rows.split(" ")[0]);
    if (!line) return;
    event.preventDefault();
    goTo(line);
  });
  beside.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-show]");
    if (link && isWide()) {
      event.preventDefault();
      const line = link.closest("[data-cells]");
      if (line) { light(line); show(line); }
    }
    if (event.target.closest("[data-next]")) next(document.activeElement?.closest("[data-look], .piece[id]"), 1);
  });

  // One day unread in the file leaves every row of its cell without one: typed once, offered to the others.
  form?.addEventListener("change", (event) => {
    const line = event.target.closest(".proposed");
    if (!line || event.target.dataset.cell !== "held_on") return;
    line.querySelector(".same-day")?.remove();
    const empty = lines.filter((other) => other !== line && other.dataset.cells && other.dataset.cells === line.dataset.cells)
      .map((other) => other.querySelector("[data-cell=held_on]")).filter((field) => field && !field.value.trim());
    if (!empty.length || !event.target.value.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet same-day";
    button.textContent = form.dataset.sameDay.replace("%s", empty.length);
    button.addEventListener("click", () => {
      empty.forEach((field) => { field.value = event.target.value; });
      button.remove();
      next(lines.filter((other) => other.dataset.cells === line.dataset.cells).at(-1), 1);
    });
    line.querySelector(".line-cells").after(button);
  });

  document.addEventListener("keydown", (event) => {
    if (!form) return;
    const inRow = event.target.closest?.(".proposed");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (confirmButton) { event.preventDefault(); form.requestSubmit(confirmButton); }
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      next(event.target, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.shiftKey && inRow && event.target.matches("input:not([type=checkbox]), [data-cell=place]")) {
      event.preventDefault();
      // What was typed is looked at first: it may bring an offer.
      if (event.target.dataset.cell === "held_on") event.target.dispatchEvent(new Event("change", { bubbles: true }));
      const offer = inRow.querySelector(".same-day");
      if (offer) offer.focus();
      else next(event.target, 1);
    }
  });

  // A jump to a row that is shut opens it. In the round, and after a refusal, the hands stand where work goes on.
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const wrong = document.querySelector(".proposed:has(.word-error)");
  const first = toLook()[0];
  if (target?.matches?.(".proposed")) open(target);
  else if (wrong) goTo(wrong);
  else if (form && location.hash === "#doan") {
    // The browser goes to the place itself once the page has loaded, and takes the hands away: after that.
    window.addEventListener("load", () => window.setTimeout(() => start(beside.querySelector(".piece[id]") ?? first), 50));
  } else if (form && !location.hash && new URLSearchParams(location.search).has("tiep")) start(first);
  else if (form && first && !location.hash) { light(first); show(first); }

  function start(line) {
    const unit = form.querySelector(".form-unit[open] input:not([type=radio])");
    if (unit && !form.querySelector("[name=don_vi]:checked")) unit.focus();
    else if (line) goTo(line);
    else confirmButton?.focus();
  }
})();
