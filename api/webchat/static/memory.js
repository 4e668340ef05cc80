// What this device remembers. A browser that refuses storage still works, until the page is closed; the hall's screen
// (kiosk.js) belongs to everybody and keeps nothing longer either.

const PREFIX = "linyu.";
const forgotten = new Map();
const isShared = document.documentElement.classList.contains("kiosk");

export function recall(name, otherwise = null) {
  if (isShared) return forgotten.has(name) ? forgotten.get(name) : otherwise;
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return forgotten.has(name) ? forgotten.get(name) : otherwise;
  }
}

export function remember(name, value) {
  if (isShared) {
    forgotten.set(name, value);
    return;
  }
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    forgotten.set(name, value);
  }
}

export function forget(name) {
  forgotten.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Storage is refused: there was nothing to remove.
  }
}
