// The progress of the zip, asked for every second; without JavaScript the page loads itself again.
"use strict";
const shown = document.querySelector("[data-progress]");
async function look() {
  try {
    const said = await (await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } })).json();
    if (said.state !== shown.dataset.state) return location.reload();
    const bar = shown.querySelector("progress");
    bar.max = said.total || 1;
    bar.value = said.done;
    const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
    for (const name of ["done", "total"]) {
      const figure = shown.querySelector(`[data-${name}]`);
      if (figure) figure.textContent = grouped(said[name]);
    }
  } catch { /* the next look may get through */ }
  setTimeout(look, 1000);
}
if (shown) setTimeout(look, 1000);
