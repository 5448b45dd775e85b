// Buttons that cannot be taken back ask once more. Without JavaScript they act at once, as forms do.
"use strict";
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (button instanceof HTMLButtonElement && !window.confirm(button.dataset.confirm)) event.preventDefault();
});
