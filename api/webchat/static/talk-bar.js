// The button to speak with, what it says, the level, the words heard so far, and the buttons beside it.

import { bringIntoView, byId } from "./dom.js";
import { languageOf, setText } from "./language.js";

const ANNOUNCED = ["listening", "held", "thinking"]; // the other states are seen, or heard by themselves
const HOLD_MS = 400; // pressed for longer: it is held while speaking; shorter: it was a tap

export class TalkBar {
  #button = byId("mic");
  #caption = byId("caption");
  #state = "";

  /** What the resident does: down, hold, release, tap, abandon; stop, repeat. */
  constructor(on) {
    let timer = 0;
    let isDown = false;
    let isHeld = false;
    const up = (run) => {
      if (!isDown) return;
      isDown = false;
      clearTimeout(timer);
      if (isHeld) on.release();
      else run();
    };
    this.#button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#button.setPointerCapture(event.pointerId);
      isDown = true;
      isHeld = false;
      on.down();
      timer = setTimeout(() => {
        isHeld = true;
        on.hold();
      }, HOLD_MS);
    });
    this.#button.addEventListener("pointerup", () => up(on.tap));
    this.#button.addEventListener("pointercancel", () => up(on.abandon));
    this.#button.addEventListener("contextmenu", (event) => event.preventDefault()); // a long press on a phone
    this.#button.addEventListener("click", (event) => {
      if (event.detail !== 0) return; // the pointer has been dealt with; this is a key or a screen reader
      on.down();
      on.tap();
    });
    byId("stop-reading").addEventListener("click", on.stop);
    byId("repeat").addEventListener("click", on.repeat);
  }

  /** idle, asking, connecting, listening, held, thinking or speaking. */
  show(state, canRepeat) {
    const tools = byId("talk-tools");
    const focused = tools.contains(document.activeElement) ? document.activeElement : null;
    byId("stop-reading").hidden = state !== "speaking";
    byId("repeat").hidden = state === "speaking" || !canRepeat;
    tools.hidden = !canRepeat && state !== "speaking";
    if (focused && (focused.hidden || tools.hidden)) this.#focusTool();
    if (state === this.#state) return;
    this.#state = state;
    this.#button.dataset.state = state;
    setText(byId("mic-words"), `mic_${state}`);
    if (ANNOUNCED.includes(state)) setText(byId("talk-state"), `mic_${state}`);
    else byId("talk-state").replaceChildren();
    if (!["listening", "held"].includes(state)) this.level(0);
  }

  get hasCaption() {
    return !this.#caption.hidden;
  }

  level(level) {
    this.#button.style.setProperty("--level", level.toFixed(2));
  }

  /** The words heard so far; they may still change. Empty: none. */
  caption(words) {
    const wasEmpty = this.#caption.hidden;
    this.#caption.hidden = !words;
    this.#caption.textContent = words;
    this.#caption.lang = languageOf(words);
    if (words && wasEmpty) bringIntoView(this.#caption);
  }

  /* “Stop” and “repeat” take turns in one place; the focus stays there. */
  #focusTool() {
    const shown = byId("stop-reading").hidden ? byId("repeat") : byId("stop-reading");
    (shown.hidden || byId("talk-tools").hidden ? this.#button : shown).focus({ preventScroll: true });
  }
}
