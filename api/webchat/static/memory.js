// What this device remembers. A browser that refuses storage still works, until the page is closed.

const PREFIX = "linyu.";
const forgotten = new Map();

export function recall(name, otherwise = null) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return forgotten.has(name) ? forgotten.get(name) : otherwise;
  }
}

export function remember(name, value) {
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
