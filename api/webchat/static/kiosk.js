// The hall's screen: elder mode, voice and large buttons, no keyboard. It ends itself after a silence and leaves nothing behind.
// What is remembered lives in memory.js, which writes nothing to the device here; a reload forgets the rest.

import { scanned, startArrivals } from "./arrival.js";
import { byId, make, tell } from "./dom.js";
import { text } from "./language.js";
import { office } from "./office.js";

const USUAL_SILENCE = 45; // seconds; the office's setting comes with its hours
const USUAL_WARNING = 15; // of these, how many the warning stands
const NUMBER = /^\d{8}$/; // as it is printed on slips, and read by the hall's scanner

export const isKiosk = () => document.documentElement.classList.contains("kiosk");

/** say(words), repeat(): what the page does; stop(): speech and microphone are over. */
export function startKiosk({ say, stop }) {
  if (!isKiosk()) return;
  buildBar(say);
  const silence = new Silence(() => leave(stop));
  for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, () => silence.broken(), true);
  // What is heard, answered or read aloud changes the page: that is no silence either.
  const watched = new MutationObserver((changes) => {
    if (!changes.every(isAside)) silence.broken();
  });
  for (const id of ["log", "caption", "mic-words"]) {
    watched.observe(byId(id), { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["class"] });
  }
  startArrivals(say);
  listenToScanner();
  byId("agree").addEventListener("click", () => {
    document.documentElement.requestFullscreen?.().catch(() => {}); // a browser that is started as a kiosk is full already
    silence.begin();
  });
}

/* “Are you still there?” of the voice is no news. */
function isAside({ target, addedNodes }) {
  const nodes = addedNodes.length > 0 ? [...addedNodes] : [target];
  return nodes.every((node) => node.parentElement?.closest(".from-linyu:not([data-turn])") || node.matches?.(".from-linyu:not([data-turn])"));
}

/* Counts only while somebody is here: from the start button to the end. */
class Silence {
  #end;
  #timer = 0;
  #isHere = false;
  #dialog = byId("silence");

  constructor(end) {
    this.#end = end;
    byId("go-on").addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => this.#wait());
  }

  begin() {
    this.#isHere = true;
    this.#wait();
  }

  broken() {
    if (this.#isHere && !this.#dialog.open) this.#wait();
  }

  #wait() {
    const warning = office().kiosk_warning_seconds ?? USUAL_WARNING;
    const quiet = Math.max(1, (office().kiosk_silence_seconds ?? USUAL_SILENCE) - warning);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#warn(warning), quiet * 1000);
  }

  #warn(seconds) {
    for (const open of document.querySelectorAll("dialog[open]")) open.close();
    clearTimeout(this.#timer);
    byId("silence-words").textContent = text("kiosk_silence", { seconds: Math.round(seconds) });
    this.#dialog.showModal();
    this.#timer = setTimeout(() => this.#end(), seconds * 1000);
  }
}

/* The next person begins at the first page, and finds nothing of this one. */
function leave(stop) {
  stop();
  location.replace("/kiosk");
}

function buildBar(say) {
  const bar = byId("kiosk-bar");
  byId("kiosk-tools").append(byId("other-language"));
  bar.prepend(byId("one-key"));
  byId("kiosk-end").addEventListener("click", () => location.replace("/kiosk"));
  byId("kiosk-print").addEventListener("click", () => {
    if (document.querySelector(".card .number")) window.print();
    else tell("kiosk_nothing_to_print");
  });
  const low = byId("kiosk-low");
  low.addEventListener("click", () => {
    const isLow = document.documentElement.classList.toggle("low");
    low.setAttribute("aria-checked", String(isLow));
  });
  buildKeys(say);
}

/* Digits to press, for a phone or a number; never more is needed than is read out. */
function buildKeys(say) {
  const shown = byId("keys-shown");
  const show = (digits) => {
    shown.textContent = digits;
  };
  for (const digit of ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]) {
    const key = make("button", { className: "key", attributes: { type: "button" } });
    key.textContent = digit;
    key.addEventListener("click", () => shown.textContent.length < 20 && show(shown.textContent + digit));
    byId("key-grid").append(key);
  }
  byId("key-back").addEventListener("click", () => show(shown.textContent.slice(0, -1)));
  byId("key-send").addEventListener("click", () => {
    if (!shown.textContent) return;
    say(shown.textContent);
    show("");
    byId("keys").close();
  });
  byId("kiosk-digits").addEventListener("click", () => byId("keys").showModal());
}

/* A scanner types a number and Enter, wherever the focus is. Before somebody has agreed nothing is asked. */
function listenToScanner() {
  let typed = "";
  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.("input, textarea")) return;
    if (/^\d$/.test(event.key)) {
      typed += event.key;
    } else if (event.key === "Enter") {
      if (NUMBER.test(typed)) {
        event.preventDefault(); // else it would press the button that has the focus
        if (document.body.classList.contains("consented")) scanned(typed);
        else tell("kiosk_agree_first");
      }
      typed = "";
    } else if (event.key !== "Shift") typed = "";
  });
}
