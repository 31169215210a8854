// Makes pages quicker; every page works without it.
import { initAll } from "../nhsuk/nhsuk-frontend.min.js";

initAll();

// After htmx has put new content in a page: start the components in it, and move the focus to the part that
// says `data-focus`, so that people who cannot see the change are taken to it.
document.addEventListener("htmx:after:swap", (event) => {
  const where = event.target instanceof Element ? event.target : document.body;
  initAll({ scope: where });
  const next = where.matches("[data-focus]") ? where : where.querySelector("[data-focus]");
  if (next instanceof HTMLElement) {
    if (!next.hasAttribute("tabindex")) {
      next.tabIndex = -1;
    }
    next.focus();
  }
});
