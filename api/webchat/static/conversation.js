// One conversation with the assistant: starting, coming back, sending in order, hearing news.
// Knows nothing of the page; it tells the view (see chat.js) what happened.
//
// Nothing is lost or doubled: a message stays in the outbox, also over a reload, until its turn has come,
// and every try carries the same id, which the server answers with the same turn.

import { Problem, api } from "./api.js";
import { forget, recall, remember } from "./memory.js";
import { patiently } from "./patience.js";

const NEWS_EVERY_MS = { none: 15_000, asked: 5_000, here: 3_000 }; // a person in the chat is not kept waiting

export class Conversation {
  #view;
  #known = null; // {id, token, greeting}
  #outbox = recall("outbox", []);
  #shown = new Set(); // turn ids
  #deliveringFor = null; // the conversation whose outbox is being sent just now
  #hasSaid = false;
  #awaitsSpokenTurn = false;
  #person = "none";

  constructor(view) {
    this.#view = view;
  }

  get isOpen() {
    return this.#known !== null;
  }

  /** {id, token} for those who speak with the server themselves; null before it is open. */
  get known() {
    return this.#known;
  }

  /** The resident has said something in it, so it is worth keeping. */
  get hasSaid() {
    return this.#hasSaid;
  }

  /** Come back to the conversation of this device, or start one. */
  async open() {
    this.#view.connecting();
    try {
      this.#known = recall("conversation");
      if (this.#known === null) await this.#begin();
      else await this.#comeBack();
    } catch (problem) {
      this.#known = null;
      this.#view.cannotStart(problem, () => this.open());
      return;
    }
    this.#view.connected();
    this.#outbox.forEach((message, place) => this.#view.said(message, place > 0));
    this.#deliver();
  }

  /** Forget this conversation and start another. */
  async restart() {
    this.leave();
    this.#view.cleared();
    await this.open();
  }

  /** Take this conversation off the device. */
  leave() {
    forget("conversation");
    forget("outbox");
    this.#known = null;
    this.#outbox = [];
    this.#shown.clear();
    this.#hasSaid = false;
    this.#awaitsSpokenTurn = false;
  }

  say(words) {
    const message = newMessage(words);
    this.#outbox.push(message);
    remember("outbox", this.#outbox);
    this.#hasSaid = true;
    this.#view.said(message, this.#outbox.length > 1);
    this.#deliver();
  }

  /** Something was heard; its turn will come by another way, and must not be shown as news meanwhile. */
  awaitSpokenTurn(isAwaited) {
    this.#awaitsSpokenTurn = isAwaited;
    if (isAwaited) this.#hasSaid = true;
  }

  /** A turn that came by voice. False when it is shown already. */
  takeSpokenTurn(turn) {
    this.#awaitsSpokenTurn = false;
    if (this.#shown.has(turn.turn_id)) return false;
    this.#shown.add(turn.turn_id);
    this.#hasSaid = true;
    return true;
  }

  rate(score, comment) {
    return api.rate(this.#known, score, comment);
  }

  addPhoto(file) {
    return api.addPhoto(this.#known, file);
  }

  /** Look for news while the page is looked at: answers to a case, changed bookings. */
  watch() {
    const look = async () => {
      if (document.visibilityState === "visible") await this.#lookForNews();
    };
    const lookAgain = () => setTimeout(() => look().finally(lookAgain), NEWS_EVERY_MS[this.#person]);
    lookAgain();
    document.addEventListener("visibilitychange", look);
  }

  async #begin() {
    this.#known = await patiently(
      () => api.startConversation(),
      (problem, seconds) => this.#view.reconnecting(problem, seconds),
    );
    remember("conversation", this.#known);
    this.#shown.clear();
    this.#hasSaid = this.#outbox.length > 0;
    this.#view.cleared();
    this.#view.greeted(this.#known.greeting);
  }

  async #comeBack() {
    try {
      const { turns, person } = await patiently(
        () => api.turns(this.#known),
        (problem, seconds) => this.#view.reconnecting(problem, seconds),
      );
      this.#person = person ?? "none";
      turns.forEach((turn) => this.#shown.add(turn.turn_id));
      this.#hasSaid = turns.length > 0 || this.#outbox.length > 0;
      this.#view.returned(this.#known.greeting, turns);
    } catch (problem) {
      if (!problem.isGone) throw problem;
      await this.#beginAgain();
    }
  }

  async #beginAgain() {
    await this.#begin();
    this.#view.restarted();
  }

  async #deliver() {
    const mine = this.#known;
    if (mine === null || this.#deliveringFor === mine) return;
    this.#deliveringFor = mine;
    while (this.#known === mine && this.#outbox.length > 0 && (await this.#deliverFirst(mine)));
    if (this.#deliveringFor === mine) this.#deliveringFor = null;
    if (this.#known !== mine) this.#deliver(); // another conversation began meanwhile
  }

  /** Send the oldest message. False when it must wait for the resident's “retry”. */
  async #deliverFirst(mine) {
    const message = this.#outbox[0];
    this.#view.sending(message);
    try {
      const turn = await patiently(
        () => {
          if (this.#known !== mine) throw new Problem(410, "left");
          return api.send(mine, message);
        },
        (problem, seconds) => this.#view.reconnecting(problem, seconds),
      );
      if (this.#known !== mine) return true; // a new conversation began meanwhile
      this.#done(message);
      this.#view.connected();
      this.#show(turn, message);
    } catch (problem) {
      if (this.#known !== mine) return true;
      if (problem.isGone) return this.#deliverElsewhere(message);
      if (problem.isTemporary) {
        this.#view.notSent(message, () => this.#deliver());
        return false;
      }
      this.#done(message);
      this.#view.refused(message, problem);
    }
    return true;
  }

  /** The conversation is gone; what waits is said in a new one. */
  async #deliverElsewhere(message) {
    try {
      await this.#beginAgain();
    } catch (problem) {
      this.#view.notSent(message, () => this.#deliver());
      return false;
    }
    this.#outbox.forEach((waiting, place) => this.#view.said(waiting, place > 0));
    return true;
  }

  #done(message) {
    this.#outbox = this.#outbox.filter((waiting) => waiting.id !== message.id);
    remember("outbox", this.#outbox);
  }

  #show(turn, message) {
    if (this.#shown.has(turn.turn_id)) {
      this.#view.alreadyShown(message);
      return;
    }
    this.#shown.add(turn.turn_id);
    if (turn.goal === "human_agent" && this.#person === "none") this.#person = "asked";
    this.#view.answered(turn, message);
  }

  async #lookForNews() {
    if (!this.isOpen || this.#deliveringFor || this.#awaitsSpokenTurn) return;
    const asked = this.#known;
    try {
      const { turns, person } = await api.turns(asked);
      this.#person = person ?? "none";
      // While a message is on its way, its own turn may be in the list: it is shown when it is answered.
      if (this.#deliveringFor || this.#awaitsSpokenTurn || this.#known !== asked) return;
      const news = turns.filter((turn) => !this.#shown.has(turn.turn_id));
      news.forEach((turn) => this.#shown.add(turn.turn_id));
      if (news.length > 0) this.#view.news(news);
    } catch (problem) {
      if (problem.isGone && !this.#deliveringFor && this.#known === asked) {
        await this.#beginAgain().catch(() => {});
      }
      // Anything else: the next look will tell.
    }
  }
}

/** What the resident says, with an id of its own. */
export function newMessage(words) {
  return { id: newId(), text: words };
}

/* A random UUID. crypto.randomUUID is missing in older browsers and on plain http. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
