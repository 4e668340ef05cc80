// What every console page does with a script; all of it also works without one.
import { rememberLists } from "./back.js";
import { countWritten } from "./counter.js";
import { keepDrafts } from "./drafts.js";
import { offerTemplates } from "./fill.js";
import { watchSession } from "./session.js";

// What a form was answered with has an address that cannot be asked for again: the page of the form takes its place.
const address = document.querySelector("meta[name=address]");
if (address) history.replaceState(null, "", address.content);

// A form is sent once, however often the button is pressed; a button that only fetches a file can be pressed again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || "file" in (event.submitter?.dataset ?? {})) return;
  setTimeout(() => event.target.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});

// Coming back with the browser's button shows a fresh page, never one of a session that has ended.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

keepDrafts();
offerTemplates();
countWritten();
rememberLists();
watchSession();
