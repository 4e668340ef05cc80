// Puts a fresh copy of one part of the page in place of the old one, without keeping the session alive.

/** Every so many milliseconds; what somebody is filling in there stays. `changed(part)` is called when it differs. */
export function refresh(selector, every, changed = () => {}) {
  const look = async () => {
    const part = document.querySelector(selector);
    if (document.visibilityState === "visible" || part.dataset.count !== undefined) await replace(part, selector, changed);
    setTimeout(look, every);
  };
  setTimeout(look, every);
}

async function replace(part, selector, changed) {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { "X-Linyu-Background": "1" } });
  } catch {
    return; // the next look will tell
  }
  if (answer.redirected) location.reload(); // the session has ended
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(selector);
  if (!fresh || fresh.innerHTML.replace(/name="csrf" value="\w+"/g, "") === part.innerHTML.replace(/name="csrf" value="\w+"/g, "")) return;
  if (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea, button, a")) return;
  part.replaceChildren(...fresh.childNodes);
  changed(part);
}
