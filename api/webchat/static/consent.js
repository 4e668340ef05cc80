// The privacy notice. Nothing is sent before the resident agrees; the answer is remembered on this device.

import { bringIntoView, byId } from "./dom.js";
import { contactWords } from "./contact.js";
import { setText } from "./language.js";
import { recall, remember } from "./memory.js";

const NOTICE_VERSION = 1; // raise it when the notice says something new, and everyone is asked again
const DOUBLE_CLICK_MS = 700;

export function hasConsented() {
  return recall("consent")?.version === NOTICE_VERSION;
}

/** Ask, unless it was agreed to before. `agreed(isNew)` is called once it is. */
export function askConsent(agreed) {
  document.body.classList.toggle("consented", hasConsented());
  byId("consent").hidden = hasConsented();
  if (hasConsented()) {
    agreed(false);
    return;
  }
  byId("agree").addEventListener("click", () => {
    remember("consent", { version: NOTICE_VERSION, at: new Date().toISOString() });
    byId("consent").hidden = true;
    document.body.classList.add("consented");
    ignoreSecondPress();
    agreed(true);
  });
  byId("refuse").addEventListener("click", () => answer("consent_refused"));
}

/* The page moves when the notice goes: the second press of a double click would hit what comes in its place. */
function ignoreSecondPress() {
  const ignore = (event) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", ignore, true);
  setTimeout(() => document.removeEventListener("click", ignore, true), DOUBLE_CLICK_MS);
}

/** Someone wants a person and has not agreed yet: tell them how, and what else they can do. */
export function explainConsent() {
  answer("person_before_consent");
  bringIntoView(byId("consent-answer"));
}

function answer(key) {
  setText(byId("consent-answer"), key, { contact: contactWords() });
}
