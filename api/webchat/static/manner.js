// How the assistant speaks in this conversation: speed, loudness, whose voice. The server remembers it, and it can be
// changed by words too (“慢一点”), so it is asked before each change.

import { api } from "./api.js";
import { byId, tell } from "./dom.js";
import { setText } from "./language.js";

const STEPS = {
  rate: [0.6, 0.8, 1, 1.2, 1.4],
  volume: [0.5, 0.75, 1, 1.5, 2],
};
const NEARLY = 0.05; // two values closer than this are the same step

export class Manner {
  #conversation;
  #changed;

  /** `conversation()`: {id, token}. `changed(change)` is told what the resident chose. */
  constructor(conversation, changed) {
    this.#conversation = conversation;
    this.#changed = changed;
    for (const button of document.querySelectorAll("[data-manner]")) {
      const [name, direction] = button.dataset.manner.split(" ");
      button.addEventListener("click", () => this.step(name, direction === "up" ? 1 : -1));
    }
    byId("voice-settings").addEventListener("change", ({ target }) => {
      if (target.name === "voice") this.#change({ voice: target.value });
    });
  }

  /** Show what is in force, as the server tells it. */
  show(manner) {
    for (const name of ["rate", "volume"]) setText(byId(`${name}-now`), `${name}_${nearest(STEPS[name], manner[name])}`);
    const radio = byId("voice-settings").querySelector(`[name="voice"][value="${manner.voice}"]`);
    if (radio) radio.checked = true;
  }

  /** Ask what is in force, and show it. */
  async look() {
    try {
      this.show(await api.manner(this.#conversation(), {}));
    } catch {
      // The window still works; the first change will tell.
    }
  }

  async step(name, direction) {
    try {
      const now = (await api.manner(this.#conversation(), {}))[name];
      const next = direction > 0 ? STEPS[name].find((step) => step > now + NEARLY) : below(STEPS[name], now);
      if (next === undefined) tell(`${name}_${direction > 0 ? "most" : "least"}`);
      else await this.#change({ [name]: next });
    } catch {
      tell("manner_failed", {}, "alert");
    }
  }

  async #change(change) {
    try {
      const manner = await api.manner(this.#conversation(), change);
      this.show(manner);
      tell(messageOf(change), {}, "good");
      this.#changed(change);
    } catch {
      tell("manner_failed", {}, "alert");
    }
  }
}

function messageOf({ rate, volume }) {
  if (rate !== undefined) return `rate_${nearest(STEPS.rate, rate)}`;
  if (volume !== undefined) return `volume_${nearest(STEPS.volume, volume)}`;
  return "voice_changed";
}

function below(steps, now) {
  return [...steps].reverse().find((step) => step < now - NEARLY);
}

function nearest(steps, value) {
  const distances = steps.map((step) => Math.abs(step - value));
  return distances.indexOf(Math.min(...distances));
}
