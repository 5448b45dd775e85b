// Keys on pages that go through a list: j and k move, x ticks, Enter opens, a and r press their buttons.
// Everything they do can be done without them; they are off while somebody types.
"use strict";
(() => {
  const list = document.querySelector("[data-keys]");
  if (!list) return;
  document.documentElement.classList.add("js");
  const stops = [...list.querySelectorAll("[data-stop]")];
  let here = -1;

  function go(to) {
    if (!stops.length) return;
    stops[here]?.classList.remove("here");
    here = Math.max(0, Math.min(stops.length - 1, to));
    const stop = stops[here];
    stop.classList.add("here");
    stop.tabIndex = -1;
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const box = stops[here]?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.click();
    stops[here].focus({ preventScroll: true });
  }

  function giveBack() {
    const button = list.querySelector('[data-key="r"]');
    if (button) return button.click();
    const field = stops[here]?.querySelector("[name^='d-']") ?? list.querySelector("[name=reason]");
    if (!field) return;
    const fold = field.closest("details");
    if (fold) fold.open = true;
    field.focus();
  }

  const does = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    x: tick,
    a: () => list.querySelector('[data-key="a"]:not(:disabled)')?.click(),
    r: giveBack,
    Enter: () => stops[here] === document.activeElement && stops[here].querySelector("td a")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
    const act = does[event.key];
    if (!act || (event.key === "Enter" && stops[here] !== document.activeElement)) return;
    event.preventDefault();
    act();
  });
})();
