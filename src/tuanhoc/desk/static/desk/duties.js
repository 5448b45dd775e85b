// Duties with JavaScript: choose many at once, and see how many. Without it the boxes and the button still work.
"use strict";
(() => {
  const form = document.getElementById("duties");
  const send = form?.querySelector("[data-count]");
  if (!send) return;
  document.documentElement.classList.add("js");
  const boxes = [...form.querySelectorAll("[name=chon]")];
  const plain = send.textContent;

  function count() {
    const chosen = boxes.filter((box) => box.checked).length;
    send.textContent = chosen ? send.dataset.count.replace("%s", chosen) : plain;
    send.disabled = !chosen;
  }

  form.addEventListener("change", count);
  form.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]")?.dataset.pick;
    if (!pick) return;
    for (const box of boxes) box.checked = pick === "all" || (pick === "pressing" && "pressing" in box.dataset);
    count();
  });
  count();
})();
