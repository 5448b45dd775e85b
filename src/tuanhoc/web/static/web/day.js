// A calendar beside every field of a day. The field itself stays text: 01/10/2022, whatever the browser speaks.
"use strict";
(() => {
  const asIso = (text) => {
    const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
    return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
  };
  for (const field of document.querySelectorAll("input[data-day]")) {
    const picker = document.createElement("input");
    if (typeof picker.showPicker !== "function") return;
    picker.type = "date";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "day-open";
    button.setAttribute("aria-label", field.dataset.day);
    button.title = field.dataset.day;
    const around = document.createElement("span");
    around.className = "day-field";
    field.replaceWith(around);
    around.append(field, button, picker);
    // A label around the field would hand the button's click to the field.
    button.addEventListener("click", (event) => {
      event.preventDefault();
      picker.value = asIso(field.value);
      picker.showPicker();
    });
    picker.addEventListener("change", () => {
      if (!picker.value) return;
      field.value = picker.value.split("-").reverse().join("/");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
  }
})();
