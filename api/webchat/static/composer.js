// The message box: words, and a photo while a problem is being reported.

import { bringIntoView, byId, tell } from "./dom.js";
import { setText } from "./language.js";
import { offerPosition } from "./position.js";
import { PHOTO_MEGABYTES, shrink } from "./photo.js";

const LIMIT = 2000; // characters in one message
const COUNT_FROM = 1800; // from here on we say how many are left
const PASTE_LIMIT = 20_000; // more than this would make the box itself slow
const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];

const lengthOf = (words) => (words.length > LIMIT * 2 ? words.length : Array.from(words).length);

export class Composer {
  #box = byId("message-box");
  #counter = byId("counter");
  #photoButton = byId("photo");
  #photoInput = byId("photo-file");

  /** `send(words)` and `sendPhoto(file)`: a promise of {kept, detail}. */
  constructor({ send, sendPhoto }) {
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(send);
    });
    this.#box.addEventListener("keydown", (event) => {
      // While a Chinese input method is composing, Enter takes its proposal.
      const isComposing = event.isComposing || event.keyCode === 229;
      if (event.key !== "Enter" || event.shiftKey || isComposing) return;
      event.preventDefault();
      this.#submit(send);
    });
    this.#box.addEventListener("input", () => this.#count());
    this.#box.addEventListener("paste", (event) => this.#refuseHugePaste(event));
    this.#box.addEventListener("drop", (event) => this.#refuseHugePaste(event));
    this.#photoButton.addEventListener("click", () => this.#photoInput.click());
    this.#photoInput.addEventListener("change", () => this.#takePhoto(sendPhoto));
  }

  focus() {
    // Where the box is always in sight, what is being read stays in place.
    this.#box.focus({ preventScroll: document.documentElement.classList.contains("roomy") });
  }

  /** Put words back to be changed. What is being written is kept after them. */
  edit(words) {
    this.#box.value = [words, this.#box.value].filter(Boolean).join("\n");
    this.#count();
    this.focus();
  }

  offerPhoto(isOffered) {
    if (!isOffered && document.activeElement === this.#photoButton) this.focus();
    this.#photoButton.hidden = !isOffered;
    offerPosition(isOffered);
  }

  #submit(send) {
    const words = this.#box.value.trim();
    if (!words) {
      this.focus();
      return;
    }
    if (lengthOf(words) > LIMIT) {
      tell("too_long", { count: lengthOf(words), limit: LIMIT }, "alert");
      this.focus();
      return;
    }
    this.#box.value = "";
    this.#count();
    send(words);
  }

  #count() {
    const count = lengthOf(this.#box.value);
    const isTooLong = count > LIMIT;
    this.#box.setAttribute("aria-invalid", String(isTooLong));
    this.#counter.hidden = count < COUNT_FROM;
    if (this.#counter.hidden) return;
    if (isTooLong) setText(this.#counter, "too_long", { count, limit: LIMIT });
    else setText(this.#counter, "characters_left", { left: LIMIT - count });
    this.#counter.dataset.tone = isTooLong ? "alert" : "calm";
    // Read out at the steps that matter, not at every key.
    this.#counter.setAttribute("aria-live", isTooLong || count % 50 === 0 ? "polite" : "off");
    // The box grows with its words (see style.css); keep what is written in sight.
    bringIntoView(this.#box);
  }

  #refuseHugePaste(event) {
    const words = (event.clipboardData || event.dataTransfer)?.getData("text") || "";
    if (words.length <= PASTE_LIMIT) return;
    event.preventDefault();
    tell("paste_too_long", { count: words.length, limit: LIMIT }, "alert");
  }

  async #takePhoto(sendPhoto) {
    const files = [...this.#photoInput.files];
    this.#photoInput.value = "";
    if (files.length === 0) return;
    this.#photoButton.disabled = true;
    for (const file of files) if (!(await this.#send(file, sendPhoto))) break; // what is told of it stands, and is not written over
    this.#photoButton.disabled = false;
    this.#photoButton.focus();
  }

  /* Whether it has arrived. */
  async #send(file, sendPhoto) {
    if (!PHOTO_TYPES.includes(file.type)) {
      tell("photo_wrong_type", {}, "alert");
      return false;
    }
    const photo = await shrink(file);
    if (photo.size > PHOTO_MEGABYTES * 1024 * 1024) {
      tell("photo_too_large", { megabytes: PHOTO_MEGABYTES }, "alert");
      return false;
    }
    return sendPhoto(photo);
  }
}
