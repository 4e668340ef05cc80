// The inbox: moves by keys, shows a thing without a fresh page, and shows itself anew when the server says so.
import { leave } from "./ask.js";
import { listenToKeys } from "./keys.js";
import { foldUndo } from "./undo.js";

const inbox = document.querySelector("[data-inbox]");
const things = () => Array.from(document.querySelectorAll("[data-item]"));
let asked = 0;

listenToKeys({ j: () => move(1), k: () => move(-1), x: choose });
listen();
foldUndo();

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-item]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !isWide()) return;
  event.preventDefault();
  show(link);
});

function isWide() {
  return matchMedia("(min-width: 62rem)").matches;
}

function current() {
  return things().findIndex((one) => one.hasAttribute("aria-current"));
}

function move(step) {
  const all = things();
  const next = all[Math.min(all.length - 1, Math.max(0, current() + step))];
  if (!next) return;
  if (isWide()) show(next);
  else next.click();
}

function choose() {
  const box = things()[current()]?.closest("li").querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
}

/** Beside the list, at an address of its own. */
async function show(link) {
  const turn = ++asked;
  mark(link.dataset.item);
  link.focus();
  link.scrollIntoView({ block: "nearest" });
  const fresh = await fetched(link.href);
  if (!fresh || turn !== asked) return; // somebody has moved on meanwhile
  history.replaceState(null, "", link.href);
  document.querySelector("[data-pane]").replaceChildren(...fresh.querySelector("[data-pane]").childNodes);
  inbox.classList.add("has-one");
}

function mark(key) {
  for (const one of things()) {
    const isIt = one.dataset.item === key;
    one.toggleAttribute("aria-current", isIt);
    if (isIt) one.setAttribute("aria-current", "true");
    one.closest("li").classList.toggle("current", isIt);
  }
}

async function fetched(address, background = false) {
  let answer;
  try {
    answer = await fetch(address, { headers: background ? { "X-Linyu-Background": "1" } : {} });
  } catch {
    return null;
  }
  if (answer.redirected) return leave(); // the session has ended
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

/** List and tabs, never the thing that somebody works on. What was chosen stays chosen, and the focus where it was. */
async function renew() {
  const address = new URL(location.href);
  for (const name of ["did", "of"]) address.searchParams.delete(name);
  address.searchParams.set("part", "list");
  const fresh = await fetched(address, true);
  if (!fresh) return;
  const chosen = Array.from(document.querySelectorAll("[data-list] :checked"), (one) => one.value);
  const focused = document.activeElement?.closest("[data-list]") ? document.activeElement : null;
  const shown = things()[current()]?.dataset.item;
  for (const part of ["[data-list]", "[data-tabs]"]) {
    document.querySelector(part).replaceChildren(...fresh.querySelector(part).childNodes);
  }
  for (const box of document.querySelectorAll("[data-list] [type=checkbox]")) box.checked = chosen.includes(box.value);
  if (shown) mark(shown);
  if (focused?.dataset.item) things().find((one) => one.dataset.item === focused.dataset.item)?.focus();
  if (focused?.value) document.querySelector(`[data-list] [value="${CSS.escape(focused.value)}"]`)?.focus();
  inbox.dataset.mark = fresh.querySelector("[data-inbox]").dataset.mark;
}

function listen() {
  const stream = new EventSource(`/staff/inbox/events?since=${encodeURIComponent(inbox.dataset.mark)}`);
  stream.addEventListener("changed", ({ data }) => {
    if (JSON.parse(data) !== inbox.dataset.mark) renew();
  });
  addEventListener("pagehide", () => stream.close());
}
