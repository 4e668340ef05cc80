// Before the first recording: what is heard, where, and what is kept. Asked again when the street office changes that.

import { byId } from "./dom.js";
import { setText } from "./language.js";
import { recall, remember } from "./memory.js";
import { daysAudioIsKept } from "./office.js";

const NOTICE_VERSION = 1;

/** Nobody is recorded before this is true. The office has to be known (see office.js). */
export function mayRecord() {
  const given = recall("voice_consent");
  return given?.version === NOTICE_VERSION && given.days_kept === daysAudioIsKept();
}

/** Ask. A promise of true for yes, false for “type instead”, Escape and a press beside the window. */
export function askToRecord() {
  const dialog = byId("voice-consent");
  const days = daysAudioIsKept();
  if (days > 0) setText(byId("voice-kept"), "voice_consent_kept", { days });
  else setText(byId("voice-kept"), "voice_consent_not_kept");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const isAgreed = dialog.returnValue === "yes";
        const at = new Date().toISOString();
        if (isAgreed) remember("voice_consent", { version: NOTICE_VERSION, days_kept: days, at });
        resolve(isAgreed);
      },
      { once: true },
    );
  });
}
