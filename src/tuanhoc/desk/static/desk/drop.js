// Progress of a large drop: the card is renewed in place; when all is read, the page is.
"use strict";
(() => {
  const card = () => document.querySelector("[data-running]");
  const look = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-running]");
      if (!answer.ok || !fresh) {
        location.reload();
        return;
      }
      card().replaceWith(document.importNode(fresh, true));
    } catch {
      // The network is away for a moment: what is shown stays.
    }
    setTimeout(look, 2000);
  };
  if (card()) {
    setTimeout(look, 2000);
  }
})();
