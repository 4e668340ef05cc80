// A booking's number, read by the hall's scanner: what it is, and after a press its visitor is checked in. Anywhere but in the
// hall the number is asked about in the conversation instead. Nothing here tells whose booking it is.

import { Problem, api } from "./api.js";
import { byId } from "./dom.js";
import { setText, text } from "./language.js";
import { recall } from "./memory.js";

const ASKS = ["other_day", "over", "waiting", "at_home", "already"]; // there is something to see in the conversation
let number = "";
let say = () => {};

/** The window, once. `sayWords(words)` says something in the conversation. */
export function startArrivals(sayWords) {
  say = sayWords;
  byId("arrival-yes").addEventListener("click", () => ask(true));
  for (const [id, words] of [
    ["arrival-ask", () => text("kiosk_scanned", { number })],
    ["arrival-person", () => text("person_message")],
  ]) {
    byId(id).addEventListener("click", () => {
      byId("arrival").close();
      say(words());
    });
  }
}

export function scanned(read) {
  number = read;
  for (const open of document.querySelectorAll("dialog[open]")) open.close(); // a second scan means the newest number
  return ask(false);
}

let latest = 0;

async function ask(there) {
  const mine = (latest += 1); // an answer that comes after the next scan is not shown
  if (there) show("looking");
  try {
    const found = await api.arrival(recall("conversation"), number, there);
    if (mine === latest) show(there && found.outcome === "today" ? "done" : found.outcome, found);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (mine !== latest) return;
    if (error.status === 403) say(text("kiosk_scanned", { number }));
    else show({ 404: "unknown", 423: "locked" }[error.status] ?? "failed");
  }
}

function show(what, { title = "", place = "", day = "", time = "" } = {}) {
  setText(byId("arrival-words"), `arrival_${what}`, { title, place, day, time });
  byId("arrival-yes").hidden = what !== "today";
  byId("arrival-ask").hidden = !ASKS.includes(what);
  byId("arrival-person").hidden = !["unknown", "locked", "failed", "cancelled"].includes(what);
  if (!byId("arrival").open) byId("arrival").showModal(); // the focus is at its title: a scanner's Enter presses nothing
}
