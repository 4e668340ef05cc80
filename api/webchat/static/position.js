// Where somebody stands who reports something. It is asked of the browser only after a press, and the browser asks once more.

import { Problem, api } from "./api.js";
import { byId, tell } from "./dom.js";
import { recall } from "./memory.js";

const PATIENCE_MS = 20_000;
let isReady = false;

/** Only while something is being reported, where the browser knows positions at all. */
export function offerPosition(isOffered) {
  const button = byId("position");
  if (!isReady) button.addEventListener("click", ask);
  isReady = true;
  button.hidden = !isOffered || !navigator.geolocation || document.documentElement.classList.contains("embed");
}

function ask() {
  tell("position_asking");
  navigator.geolocation.getCurrentPosition(keep, () => tell("position_none"), { enableHighAccuracy: true, timeout: PATIENCE_MS });
}

async function keep({ coords }) {
  try {
    await api.tellPosition(recall("conversation"), coords);
    tell("position_kept", {}, "good");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tell("position_none", {}, "alert");
  }
}
