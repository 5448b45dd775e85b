// Copies a message's text; loads a page again while letters are on their way. Without it text is selected by hand.
"use strict";
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}
const waiting = document.querySelector("[data-reload]");
for (const words of waiting?.querySelectorAll("[hidden]") ?? []) words.hidden = false;
// Never under the reader's hands: an open letter stays open.
if (waiting) setInterval(() => document.querySelector("details[open]") || location.reload(), 1000 * waiting.dataset.reload);
