// Puts a fresh copy of one part of the page in place of the old one, without keeping the session alive.
import { leave } from "./ask.js";

const CSRF = /name="csrf" value="\w+"/g;

/** Every so many milliseconds. `changed(fresh)` is called when the fresh part differs, whether it can be shown or not. */
export function refresh(selector, every, changed = () => {}) {
  const look = async () => {
    const part = document.querySelector(selector);
    if (document.visibilityState === "visible" || "always" in part.dataset) await replace(part, selector, changed);
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
  if (answer.redirected) return leave(); // the session has ended
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(selector);
  if (!fresh || fresh.innerHTML.replace(CSRF, "") === part.innerHTML.replace(CSRF, "")) return;
  changed(fresh);
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches("input, select, textarea")) return; // what somebody is filling in there stays
  const name = focused && nameOf(focused);
  part.replaceChildren(...fresh.childNodes);
  if (name) Array.from(part.querySelectorAll(focused.localName)).find((one) => nameOf(one) === name)?.focus();
}

/** What a link leads to, or a button does: the same in the old part and in the fresh one. */
function nameOf(element) {
  return element.getAttribute("href") ?? element.form?.getAttribute("action") ?? element.textContent;
}
