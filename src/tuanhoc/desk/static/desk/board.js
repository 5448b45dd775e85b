// The board by keyboard: "/" searches, j k or arrows move, Enter opens, right goes inside, left goes out.
// Single keys can be switched off (WCAG 2.1.4); without JavaScript the links do all of it.
"use strict";
(() => {
  const table = document.querySelector("[data-board]");
  const keys = document.querySelector("[data-keys]");
  document.documentElement.classList.add("js");
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  if (!keys) return;
  const toggle = keys.querySelector("[data-toggle]");
  const help = keys.querySelector("[data-help]");
  const kept = "board-keys-off";
  let off = localStorage.getItem(kept) === "1";

  function say() {
    toggle.textContent = off ? keys.dataset.on : keys.dataset.off;
    help.hidden = off;
  }
  toggle.addEventListener("click", () => {
    off = !off;
    localStorage.setItem(kept, off ? "1" : "0");
    say();
  });
  say();

  const rows = () => [...(table?.tBodies[0]?.rows ?? [])];
  const row = () => document.activeElement?.closest?.("[data-board] tbody tr");

  function move(by) {
    const list = document.querySelector("[data-list]");
    // Folded away on a narrow screen: its own address unfolds it.
    if (list && !list.getClientRects().length) location.hash = list.id;
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(row());
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    all[to].querySelector("[data-open]")?.focus();
    all[to].scrollIntoView({ block: "nearest" });
  }

  const does = {
    "/": () => document.querySelector("[data-search]")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    ArrowRight: () => row()?.querySelector("[data-into]")?.click(),
    ArrowLeft: () => [...document.querySelectorAll("[data-up]")].pop()?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (off || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    // Arrows scroll the page unless a row was chosen.
    const inside = row();
    const act = inside && event.key === "ArrowDown" ? does.j : inside && event.key === "ArrowUp" ? does.k : does[event.key];
    if (!act || (event.key === "ArrowRight" && !inside)) return;
    event.preventDefault();
    act();
  });
})();
