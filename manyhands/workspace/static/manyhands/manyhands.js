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

// Two minutes before the session ends by itself: say so, and let somebody go on. What they are typing is not touched.
const ending = document.getElementById("ending");
if (ending) {
  const [soon, over, form] = ["[data-soon]", "[data-over]", "form"].map((each) => ending.querySelector(each));
  const said = (what) => {
    ending.hidden = what === null;
    soon.hidden = what !== soon;
    over.hidden = what !== over;
    form.hidden = what !== soon;
  };
  const look = async (how) => {
    let seconds = 0;
    try {
      const answer = await fetch(ending.dataset.ask, { redirect: "manual", cache: "no-store", ...how });
      seconds = answer.ok ? (await answer.json()).seconds : 0;
    } catch {
      setTimeout(look, 60_000); // no network just now
      return;
    }
    said(seconds <= 0 ? over : seconds <= 125 ? soon : null);
    if (seconds > 0) {
      setTimeout(look, 1000 * (seconds > 125 ? seconds - 120 : seconds + 1));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look({ method: "POST", body: new FormData(form) });
  });
  setTimeout(look, 1000 * Math.max(0, Number(ending.dataset.seconds) - 120));
}
