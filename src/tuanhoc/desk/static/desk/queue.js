// The queue with JavaScript: choose many at once, and see how many. Without it the boxes and the button still work.
"use strict";
(() => {
  const queue = document.getElementById("queue");
  if (!queue) return;
  document.documentElement.classList.add("js");
  const boxes = [...queue.querySelectorAll("[name=chon]")];
  const accept = queue.querySelector("[data-accept]");
  const plain = accept.textContent;

  function count() {
    const chosen = boxes.filter((box) => box.checked).length;
    accept.textContent = chosen ? accept.dataset.accept.replace("%s", chosen) : plain;
    accept.disabled = !chosen;
  }

  queue.addEventListener("change", count);
  queue.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]")?.dataset.pick;
    if (!pick) return;
    for (const box of boxes) box.checked = pick === "clean" && "clean" in box.dataset;
    count();
  });
  count();
})();
