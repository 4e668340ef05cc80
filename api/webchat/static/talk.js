// A conversation by voice: when to listen, when to think, when to speak, and what to do when something fails.
// Two ways: tapped, the microphone stays on and the server notices when somebody has finished (hands-free); or held,
// and letting go is the end. The state that is shown is worked out from the parts, never remembered beside them.

import { api } from "./api.js";
import { newMessage } from "./conversation.js";
import { byId, tell } from "./dom.js";
import { isSomebody } from "./echo.js";
import { language } from "./language.js";
import { Microphone, whyNoMicrophone } from "./microphone.js";
import { learnOffice } from "./office.js";
import { TalkBar } from "./talk-bar.js";
import { askToRecord, mayRecord } from "./voice-consent.js";
import { VoiceStream } from "./voice-stream.js";

const BARGE_IN_AFTER_MS = 300; // what is heard earlier was said before the reply
const ASKING_MS = 1500; // the microphone is not open by then: the browser is asking
const LAST_WORDS_MS = 4_000; // after the microphone is closed, words may still be on their way
const LONGEST_WAIT_MS = 15_000;
const DEAF = ["ears-busy", "speech-failed", "bad-audio", "replaced", "idle"]; // errors after which nobody listens any more

export class Talk {
  #conversation;
  #log;
  #reading;
  #view;
  #bar;
  #microphone = new Microphone(() => this.#giveUp("mic_missing"));
  #stream = new VoiceStream(
    () => this.#address(),
    (event) => this.#happened(event),
  );
  #isHeld = false; // held down while speaking, not tapped
  #isOn = false; // the microphone's sound goes over the line
  #isReady = false; // the server is listening
  #isHandling = false; // in the middle of an event; the line is not let go now
  #hasSilenced = false; // this press has silenced a reply
  #early = []; // sound from the first moment of a press, before it is known what kind of press it is
  #pending = []; // what was heard and has no answer yet
  #waiting = 0; // timer: words, or speech, must still come
  #lingering = 0; // timer: words may still come, though none have been heard so far
  #isLineSpeaking = false; // speech over the line is wanted; what is still on its way after “stop” is not
  #isMuted = false; // Escape while thinking: the answer is shown, not spoken
  #latest = null; // the turn that came last

  /** The view: heard(message, confidence), took(turn, message), notAnswered(message, detail), told(replies), mannerIs(manner). */
  constructor({ conversation, log, reading, view }) {
    this.#conversation = conversation;
    this.#log = log;
    this.#reading = reading;
    this.#view = view;
    this.#bar = new TalkBar({
      down: () => this.#down(),
      hold: () => this.#begin(true),
      release: () => this.#release(),
      tap: () => this.#tap(),
      abandon: () => this.#abandon(),
      stop: () => this.quiet(),
      repeat: () => this.repeat(),
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#microphone.isWanted && this.finish());
  }

  /** Show what is so, and let go of a line that nobody needs. */
  refresh() {
    const state = this.#state();
    if (state === "idle" && !this.#lingering && !this.#isHandling) this.#stream.close();
    this.#bar.show(state, this.#reading.canRepeat);
  }

  /** Stop speech. True when there was some. */
  quiet() {
    this.#isLineSpeaking = false;
    if (this.#reading.isSpeaking) this.#stream.send({ type: "interrupt" });
    return this.#reading.stop();
  }

  /** Say the last reply again, from its beginning. */
  repeat() {
    this.quiet();
    this.#reading.repeat();
  }

  mannerChanged(change) {
    this.#stream.send({ type: "manner", ...change });
    if (this.#reading.isSpeaking) this.repeat();
  }

  /** Listen no more. What has been said is still answered. */
  finish() {
    const hasListened = this.#isOn;
    const hasWords = this.#isHeld || this.#bar.hasCaption;
    this.#closeMicrophone();
    if (hasListened) {
      this.#stream.send({ type: "stop" });
      if (hasWords) this.#wait();
      else this.#linger();
    }
    this.refresh();
  }

  /** Stop speaking and listening; what was being said is not taken. True when there was something to stop. */
  escape() {
    const state = this.#state();
    this.#isMuted = state === "thinking";
    this.quiet();
    this.#closeMicrophone();
    if (this.#pending.length === 0) this.#hangUp();
    this.refresh();
    return state !== "idle";
  }

  /** The end: no microphone, no line, no speech. */
  leave() {
    this.#closeMicrophone();
    this.quiet();
    this.#hangUp();
    this.refresh();
  }

  #state() {
    if (this.#reading.isSpeaking) return "speaking";
    if (this.#pending.length > 0 || this.#waiting) return "thinking";
    if (!this.#microphone.isWanted) return "idle";
    if (!this.#microphone.isOpen) return "asking";
    if (!this.#isReady) return "connecting";
    return this.#isHeld ? "held" : "listening";
  }

  /* The button. The microphone opens with the first touch, so that no syllable is lost. */

  #down() {
    this.#reading.wake();
    this.#hasSilenced = this.quiet();
    const mustWait = whyNoMicrophone() || !this.#conversation.isOpen || !mayRecord() || this.#pending.length > 0;
    if (!this.#microphone.isWanted && !mustWait) this.#openMicrophone().catch(() => {}); // #begin() tells what is wrong
  }

  #tap() {
    if (!this.#isOn) this.#begin(false);
    else if (!this.#hasSilenced) this.finish();
  }

  #release() {
    if (!this.#isHeld) return;
    // The browser's question took the finger off the button: from here on it is as if tapped.
    if (!this.#microphone.isOpen) this.#isHeld = false;
    else this.finish();
  }

  #abandon() {
    if (!this.#isOn) this.#closeMicrophone();
    this.refresh();
  }

  async #begin(isHeld) {
    if (this.#isOn || this.#pending.length > 0) return;
    this.#isHeld = isHeld;
    if (!(await this.#mayListen())) {
      this.#closeMicrophone();
      this.refresh();
      return;
    }
    this.#hangUp();
    try {
      const rate = await this.#openMicrophone();
      if (rate !== null && !this.#isOn) this.#openLine(rate);
    } catch (problem) {
      this.#giveUp(problem.key || "mic_failed");
    }
  }

  /* Everything that must be so before anybody is recorded. */
  async #mayListen() {
    const trouble = whyNoMicrophone();
    if (trouble || !this.#conversation.isOpen) {
      tell(trouble || "talk_lost", {}, "alert");
      return false;
    }
    if (mayRecord()) return true;
    if (!(await learnOffice())) {
      tell("talk_lost", {}, "alert");
      return false;
    }
    this.#isHeld = false; // the window takes the finger off the button
    if (mayRecord() || (await askToRecord())) return true;
    byId("message-box").focus();
    return false;
  }

  #openMicrophone() {
    const isNew = !this.#microphone.isWanted;
    const opening = this.#microphone.open((sound, level) => this.#take(sound, level));
    if (isNew) {
      this.#early = [];
      tell("");
      setTimeout(() => this.#state() === "asking" && tell("mic_allow"), ASKING_MS);
      this.refresh();
    }
    return opening;
  }

  #openLine(rate) {
    this.#reading.residentSpoke();
    this.#isReady = false;
    const speak = this.#reading.isAlways;
    this.#isOn = true;
    this.#stream.open({ rate, language: language(), hands_free: !this.#isHeld, speak });
    for (const sound of this.#early) this.#stream.sound(sound);
    this.#early = [];
    tell("");
    this.refresh();
  }

  #take(sound, level) {
    this.#bar.level(level);
    if (this.#isOn) this.#stream.sound(sound);
    else this.#early.push(sound);
  }

  #closeMicrophone() {
    this.#microphone.close();
    this.#isOn = false;
    this.#bar.caption("");
  }

  async #address() {
    const known = this.#conversation.known;
    return api.streamAddress(known, await api.ticket(known));
  }

  /* What comes over the line */

  #happened(event) {
    const happen = {
      ready: () => this.#ready(event),
      partial: () => this.#partial(event.text),
      final: () => this.#final(event),
      turn: () => this.#turn(event.turn),
      speech_start: () => this.#speechStarts(event),
      speech_phrase: () => this.#isLineSpeaking && this.#reading.phrase(event.text),
      sound: () => this.#isLineSpeaking && this.#reading.sound(event.pcm),
      speech_end: () => this.#speechEnds(event),
      still_there: () => this.#view.told([event.reply]),
      gave_up: () => this.#gaveUp(event),
      manner: () => this.#view.mannerIs(event.manner),
      error: () => this.#error(event),
      mending: () => this.#mending(),
      lost: () => this.#giveUp("talk_lost"),
    }[event.type];
    this.#isHandling = true;
    happen?.();
    this.#isHandling = false;
    this.refresh();
  }

  #ready({ manner }) {
    this.#isReady = true;
    this.#view.mannerIs(manner);
    if (byId("status").dataset.tone === "trouble") tell("reconnected", {}, "good");
  }

  #partial(words) {
    if (this.#reading.isSpeaking) {
      const isBegun = this.#reading.millisecondsHeard >= BARGE_IN_AFTER_MS;
      if (!isBegun || !isSomebody(words, this.#reading.wordsHeard)) return;
      this.quiet();
    }
    this.#bar.caption(words);
  }

  #final({ text, confidence }) {
    this.#bar.caption("");
    this.#isMuted = false;
    this.quiet();
    this.#waitNoMore();
    if (!text) {
      this.#wait(); // the turn will say that nothing was understood
      return;
    }
    const message = newMessage(text);
    this.#pending.push(message);
    this.#conversation.awaitSpokenTurn(true);
    this.#view.heard(message, confidence);
  }

  #turn(turn) {
    this.#waitNoMore();
    const same = this.#pending.findIndex((message) => message.text === turn.heard?.text);
    const [message] = turn.heard ? this.#pending.splice(Math.max(0, same), 1) : [];
    this.#conversation.awaitSpokenTurn(this.#pending.length > 0);
    this.#latest = turn;
    this.#view.took(turn, message);
    if (this.#reading.isAlways && !this.#isMuted) this.#wait();
  }

  #speechStarts({ turn_id: turnId, rate }) {
    this.#waitNoMore();
    if (this.#isMuted) {
      this.#stream.send({ type: "interrupt" });
      return;
    }
    this.#isLineSpeaking = true;
    this.#reading.started(this.#latest?.turn_id === turnId ? this.#latest : null, rate);
  }

  #speechEnds({ interrupted }) {
    if (!this.#isLineSpeaking) return;
    this.#isLineSpeaking = false;
    if (interrupted) this.#reading.stop();
    else this.#reading.ended();
  }

  #gaveUp({ reply }) {
    this.#closeMicrophone();
    this.#view.told([reply]);
    this.#linger(); // the reply may be spoken too
  }

  #error({ code, detail }) {
    this.#waitNoMore();
    tell(detail ? "talk_problem" : "something_wrong", { detail }, "alert");
    if (code === "voice-failed") return;
    this.#unanswered(detail);
    if (!DEAF.includes(code)) return;
    this.#closeMicrophone();
    this.#hangUp();
  }

  #mending() {
    this.#isReady = false;
    this.#isLineSpeaking = false;
    tell("reconnecting", {}, "trouble");
  }

  /* It cannot go on by voice; typing always can. */
  #giveUp(key) {
    this.#closeMicrophone();
    this.#hangUp();
    tell(key, {}, "alert");
    this.refresh();
  }

  #hangUp() {
    this.#waitNoMore();
    this.#stream.close();
    this.#isReady = false;
    this.#isLineSpeaking = false;
    this.#unanswered("");
  }

  /* What was heard is not lost: it can be sent by typing. */
  #unanswered(detail) {
    for (const message of this.#pending) this.#view.notAnswered(message, detail);
    this.#pending = [];
    this.#conversation.awaitSpokenTurn(false);
  }

  /* Something will come. */
  #wait() {
    this.#waitNoMore();
    this.#waiting = setTimeout(() => {
      this.#waiting = 0;
      this.refresh();
    }, LONGEST_WAIT_MS);
  }

  /* Something may come. */
  #linger() {
    this.#waitNoMore();
    this.#lingering = setTimeout(() => {
      this.#lingering = 0;
      this.refresh();
    }, LAST_WORDS_MS);
  }

  #waitNoMore() {
    clearTimeout(this.#waiting);
    clearTimeout(this.#lingering);
    this.#waiting = 0;
    this.#lingering = 0;
  }
}
