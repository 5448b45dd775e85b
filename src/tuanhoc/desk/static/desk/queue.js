// The queue with JavaScript: choose many at once, and see how many. Without it the boxes and the button still work.
"use strict";
(() => {
  const queue = document.getElementById("queue");
  if (!queue) return;
  document.documentElement.classList.add("js");
  const boxes = [...queue.querySelectorAll("[name=chon]")];
  const all = queue.querySelector("[data-all]");
  const accept = queue.querySelector("[data-accept]");
  const decide = [...queue.querySelectorAll("[name=do]")];
  const plain = accept.textContent;

  function count() {
    const chosen = all?.checked ? Number(all.dataset.all) : boxes.filter((box) => box.checked).length;
    accept.textContent = chosen ? accept.dataset.accept.replace("%s", chosen) : plain;
    accept.disabled = !chosen;
    for (const button of decide) button.disabled = !chosen;
  }

  queue.addEventListener("change", (event) => {
    // “All that match” ticks what is on the page too; a box taken out is a choice of its own.
    if (event.target === all) for (const box of boxes) box.checked = all.checked;
    else if (all && !event.target.checked) all.checked = false;
    count();
  });
  queue.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]")?.dataset.pick;
    if (!pick) return;
    for (const box of boxes) box.checked = pick === "clean" && "clean" in box.dataset;
    if (all) all.checked = false;
    count();
  });
  count();
})();
