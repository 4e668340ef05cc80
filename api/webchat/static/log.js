// The log of the conversation: what was said, in order, for eyes and screen readers.

import { bringIntoView, byId, make } from "./dom.js";
import { isAtTheEnd } from "./fit.js";
import { setText, text } from "./language.js";
import { isAnswer, nextQuestions, opinion } from "./opinion.js";
import { replyParts } from "./reply.js";

export class Log {
  #element = byId("log");
  #typing = byId("typing");
  #choose;
  #read;

  /** `choose(words)`: the resident took one of the answers offered. `read(turn)`: wants a reply read aloud, or no more. */
  constructor(choose, read) {
    this.#choose = choose;
    this.#read = read;
  }

  clear() {
    this.#element.replaceChildren();
    this.waitForReply(false);
  }

  get isEmpty() {
    return this.#element.childElementCount === 0;
  }

  waitForReply(isWaiting) {
    this.#typing.classList.toggle("on", isWaiting);
    if (isWaiting) {
      this.#typing.replaceChildren(make("span", { key: "typing" }));
      bringIntoView(this.#typing);
    } else {
      this.#typing.replaceChildren();
    }
  }

  /** Show an earlier conversation without reading all of it aloud. */
  restore(greeting, turns) {
    this.#element.setAttribute("aria-live", "off");
    this.clear();
    this.greet(greeting);
    for (const turn of turns) this.#append(this.#turnElements(turn));
    requestAnimationFrame(() => {
      this.#element.setAttribute("aria-live", "polite");
      this.#element.lastElementChild?.scrollIntoView({ block: "end" });
    });
  }

  greet(replies) {
    this.#append([this.#fromLinyu(replies, {})]);
  }

  /** A word from us that asks nothing new (“are you there?”): the answers to the open question stay. */
  nudge(replies) {
    const element = this.#fromLinyu(replies, {});
    this.#element.append(element);
    bringIntoView(element);
  }

  /** What the resident says, before it has been sent. */
  said(message) {
    this.#add(message, fromResident(message.text));
  }

  /** What was heard of the resident. `correct()`: it may be wrong, and can be put right. */
  heard(message, correct) {
    const element = fromResident(message.text, "speaker_heard");
    if (correct) {
      const button = make("button", { className: "quiet correct", key: "correct", attributes: { type: "button" } });
      button.addEventListener("click", correct);
      element.append(button);
    }
    this.#add(message, element);
  }

  /** It was understood a little differently. */
  reword(message, words) {
    const shown = this.#find(message)?.querySelector(".words");
    if (shown && shown.textContent !== words) shown.textContent = words;
  }

  /** The message that shows a turn's replies. */
  messageOf(turnId) {
    return this.#element.querySelector(`.from-linyu[data-turn="${CSS.escape(turnId)}"]`);
  }

  /** Each button says what it will do: read, or stop reading. */
  showReading(isReading) {
    for (const words of this.#element.querySelectorAll(".read > span")) {
      const isOn = isReading(words.closest("[data-turn]").dataset.turn);
      setText(words, isOn ? "stop_reading" : "read_aloud");
    }
  }

  /** A word under a message that has not arrived, and perhaps a button. No key: no word. */
  mark(message, key = "", values = {}, action = null) {
    const delivery = this.#find(message)?.querySelector(".delivery");
    if (!delivery) return;
    delivery.replaceChildren();
    if (!key) return;
    delivery.append(make("p", { key, values }));
    if (action) {
      const button = make("button", { className: "quiet", key: action.key, attributes: { type: "button" } });
      button.addEventListener("click", action.run);
      delivery.append(button);
    }
    bringIntoView(delivery);
  }

  remove(message) {
    this.#find(message)?.remove();
  }

  /** The answer to a message, or to sound that gave no words. */
  answered(turn, message = null) {
    this.#retireAnswers();
    if (turn.replies.length === 0) { // a person answers, in their own time
      if (message) this.mark(message, "person_reads");
      return;
    }
    const element = this.#fromLinyu(turn.replies, { turn });
    if (isAnswer(turn)) this.#askOpinion(turn, element);
    if (message) {
      this.mark(message);
      this.#find(message).after(element);
    } else {
      this.#element.append(element);
    }
    const isTall = element.offsetHeight > window.innerHeight / 2;
    bringIntoView(element, isTall ? "start" : "nearest");
  }

  /** Turns that came by themselves. The view only moves for those who are reading the end. */
  news(turns) {
    const readsTheEnd = isAtTheEnd();
    for (const turn of turns) this.#append(this.#turnElements(turn, "speaker_notice"));
    if (readsTheEnd) bringIntoView(this.#element.lastElementChild);
  }

  note(key) {
    this.#element.append(make("p", { className: "note", key }));
  }

  /** The picture that the resident added, as they will remember it. */
  picture(file) {
    const image = make("img", { attributes: { src: URL.createObjectURL(file), alt: text("photo_alt") } });
    image.addEventListener("load", () => bringIntoView(image));
    const element = fromResident("");
    element.querySelector(".bubble").replaceChildren(image);
    this.#element.append(element);
  }

  focusLast() {
    const replies = this.#element.querySelectorAll(".from-linyu");
    replies[replies.length - 1]?.focus();
  }

  /* They come after the answer, and never after the resident has gone on. */
  #askOpinion(turn, element) {
    element.append(opinion(turn));
    nextQuestions(turn, this.#choose).then((questions) => {
      if (questions && element === this.#element.lastElementChild) element.append(questions);
    });
  }

  #add(message, element) {
    this.#retireAnswers();
    for (const button of this.#element.querySelectorAll(".correct")) button.remove();
    element.dataset.message = message.id;
    element.append(make("div", { className: "delivery" }));
    this.#element.append(element);
    bringIntoView(element);
  }

  #find(message) {
    return this.#element.querySelector(`[data-message="${message.id}"]`);
  }

  #append(elements) {
    this.#retireAnswers();
    this.#element.append(...elements);
  }

  #turnElements(turn, speaker) {
    const words = turn.text || turn.heard?.text;
    const own = fromResident(words, turn.heard ? "speaker_heard" : "speaker_you");
    if (words && turn.replies.length === 0) return [own]; // a person reads it
    const reply = this.#fromLinyu(turn.replies, { turn, speaker: words ? undefined : speaker });
    return words ? [own, reply] : [reply];
  }

  #fromLinyu(replies, { turn = null, speaker = "speaker_linyu" }) {
    const urgent = turn?.goal === "emergency";
    const person = replies.map((reply) => reply.card).find((card) => card?.kind === "staff");
    const choose = (words, event) => this.#choose(words, event);
    const bubbles = replies.map((reply) => make("div", { className: "bubble" }, ...replyParts(reply, { urgent, choose })));
    const element = make(
      "article",
      { className: `message from-linyu${urgent ? " urgent" : ""}`, attributes: { tabindex: "-1" } },
      make("p", { className: "speaker", key: person ? "speaker_person" : speaker, values: { name: person?.title ?? "" } }),
      ...bubbles,
    );
    if (turn) {
      element.dataset.turn = turn.turn_id;
      element.append(readButton(() => this.#read(turn)));
    }
    return element;
  }

  /* Answers belong to the newest question only. */
  #retireAnswers() {
    for (const group of this.#element.querySelectorAll(".answers")) group.remove();
  }
}

/* After the reply itself: who goes on with Tab comes to its sources and answers first. */
function readButton(run) {
  const button = make("button", { className: "read", attributes: { type: "button" } }, make("span", { key: "read_aloud" }));
  button.addEventListener("click", run);
  return button;
}

function fromResident(words, speaker = "speaker_you") {
  return make(
    "article",
    { className: `message from-resident${speaker === "speaker_heard" ? " heard" : ""}` },
    make("p", { className: "speaker", key: speaker }),
    make("div", { className: "bubble" }, make("p", { className: "words", words })),
  );
}
