// What the server tells of the street office: hours, phone, duty, and whether it keeps recordings.

import { api } from "./api.js";

let config = { staff_hours: "", operator_phone: "", on_duty: null, announcement: {}, assistant_off: false };
let isKnown = false;

export function office() {
  return config;
}

/** True when the office has answered. Without it the page works; it then says that it does not know. */
export async function learnOffice() {
  try {
    config = await api.config();
    isKnown = true;
  } catch {
    // What was known before stays.
  }
  return isKnown;
}

export function isOfficeKnown() {
  return isKnown;
}

/** For how many days recordings are kept; 0 when they are not. Ask only when the office is known. */
export function daysAudioIsKept() {
  return config.keeps_audio ? config.keeps_audio_days : 0;
}
