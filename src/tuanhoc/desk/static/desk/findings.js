// Findings with JavaScript: keys go from pair to pair and press buttons; the bulk button counts what is chosen.
"use strict";
(() => {
  const cards = [...document.querySelectorAll(".likeness")];
  if (!cards.length) return;
  document.documentElement.classList.add("js");
  const many = document.querySelector("#nhieu button");
  const boxes = [...document.querySelectorAll("[name=chon]")];
  const plain = many?.textContent;

  function count() {
    if (!many) return;
    const chosen = boxes.filter((box) => box.checked).length;
    many.textContent = chosen ? many.dataset.many.replace("%s", chosen) : plain;
    many.disabled = !chosen;
  }

  function go(step) {
    const at = cards.indexOf(document.activeElement?.closest(".likeness"));
    const to = cards[at < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, at + step))];
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("change", count);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
    if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
    const card = document.activeElement?.closest(".likeness");
    const key = event.key.toLowerCase();
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (card && key === "x") card.querySelector("[name=chon]")?.click();
    else if (card && (key === "1" || key === "2")) card.querySelector(`[data-key="${key}"]`)?.click();
    else return;
    event.preventDefault();
  });
  count();
})();
