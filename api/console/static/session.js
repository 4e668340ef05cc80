// Every page asks how long the session lasts and how much waits: typing keeps it, its end is told before, with a sound.
import { ask } from "./ask.js";
import { ring } from "./sound.js";

const EVERY = 20_000; // milliseconds
const WARN_BELOW = 120; // seconds
const TYPING_COUNTS_EVERY = 30_000; // milliseconds

const title = document.title;
let typedAt = -Infinity;
let warned = false;

export function watchSession() {
  const ending = document.querySelector("[data-ending]");
  if (!ending) return;
  const look = async (background = true) => {
    try {
      shown(await ask("GET", "/api/v1/staff/session", undefined, { background }), ending);
    } catch {
      // Nobody answers just now, the next look will tell; or the session is over, and we are leaving.
    }
  };
  const again = async () => {
    await look();
    setTimeout(again, EVERY);
  };
  document.addEventListener("input", () => {
    if (Date.now() - typedAt < TYPING_COUNTS_EVERY) return;
    typedAt = Date.now();
    look(false);
  });
  ending.querySelector("button").addEventListener("click", () => look(false));
  showTitle();
  setTimeout(again, EVERY);
}

function shown({ seconds_left, waiting }, ending) {
  const soon = seconds_left <= WARN_BELOW;
  ending.hidden = !soon;
  if (soon && !warned) ring();
  warned = soon;
  for (const pile of document.querySelectorAll("[data-pile]")) {
    const count = waiting[pile.dataset.pile] ?? 0;
    pile.hidden = count === 0;
    pile.querySelector(".count").textContent = count;
  }
  showTitle();
}

/** How much waits, also for who looks at another tab. */
function showTitle() {
  const counts = Array.from(document.querySelectorAll(".menu.wide [data-pile] .count"), (one) => Number(one.textContent));
  const all = counts.reduce((sum, one) => sum + one, 0);
  document.title = all > 0 ? `(${all}) ${title}` : title;
}
