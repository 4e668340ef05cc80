// Single keys for what is on the page: an element with data-key="a" is pressed, or gets the focus where it is a field.
// Never while somebody types, and whoever wants none of it switches it off.

const OFF = "linyu.keys.off";
const TYPES = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

/** `moves` are keys of the page itself: name → what they do. */
export function listenToKeys(moves = {}) {
  const help = document.querySelector("[data-keys]");
  if (!help) return;
  help.hidden = false;
  const on = help.querySelector("[data-keys-on]");
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes")));
  help.addEventListener("toggle", () => help.open && list(help, moves));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey && event.target.matches("textarea")) return event.target.form.requestSubmit();
    if (event.key === "Escape" && event.target.matches(TYPES)) return event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches(TYPES) || !on.checked) return;
    const act = pressed(event.key, help, moves);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function pressed(key, help, moves) {
  if (key === "?") {
    return () => {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
    };
  }
  if (key in moves) return moves[key];
  const element = Array.from(document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)).find(reachable);
  if (!element) return null;
  return () => {
    element.closest("details")?.setAttribute("open", "");
    if (element.matches(TYPES)) element.focus();
    else element.click();
  };
}

/** In a folded part counts: it is unfolded. */
function reachable(element) {
  return !element.disabled && (element.checkVisibility() || element.closest("details:not([open])") !== null);
}

function list(help, moves) {
  const place = help.querySelector("[data-keys-list]");
  const known = { ...("j" in moves ? { "j k": place.dataset.move, x: place.dataset.choose } : {}), "?": place.dataset.help };
  for (const element of Array.from(document.querySelectorAll("[data-key]")).filter(reachable)) {
    const label = element.matches(TYPES) ? document.querySelector(`label[for="${element.id}"]`) : element;
    const copy = label?.cloneNode(true);
    copy?.querySelectorAll("kbd").forEach((one) => one.remove());
    known[element.dataset.key] ??= copy?.textContent.trim() ?? "";
  }
  place.replaceChildren(
    ...Object.entries(known).map(([key, text]) => {
      const line = document.createElement("li");
      const cap = document.createElement("kbd");
      cap.textContent = key;
      line.append(cap, ` ${text}`);
      return line;
    }),
  );
}
