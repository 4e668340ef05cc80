// Reads replies aloud and marks the words being spoken. One voice at a time; a new one ends the old.
// Speech comes either over the line of a spoken conversation (phrase by phrase) or as a WAV file.

import { api } from "./api.js";
import { Follow, clauses } from "./follow.js";
import { recall, remember } from "./memory.js";
import { Speaker } from "./speaker.js";
import { readWav } from "./wav.js";

const SECONDS_PER_CHARACTER = 0.25; // while the length of a file is not known

export class ReadAloud {
  #speaker = new Speaker();
  #view;
  #choice = recall("read_aloud"); // true or false once chosen; null while nobody has
  #hasSpokenHere = false;
  #turnId = null; // of what sounds now
  #last = null; // the newest turn that can be read
  #follow = null;
  #spoken = "";
  #phrases = []; // {from, to}: spoken characters; {begins}: seconds
  #fetching = null;
  #startedAt = 0;

  /** The view: conversation(), elementOf(turnId), changed(), failed(problem). */
  constructor(view) {
    this.#view = view;
  }

  /** Call it from a press or a key. */
  wake() {
    this.#speaker.wake();
  }

  get isSpeaking() {
    return this.#turnId !== null;
  }

  /** There is something to say again. */
  get canRepeat() {
    return this.#last !== null;
  }

  /** Replies are read without being asked for: chosen so, or 长辈版, or the resident speaks too. */
  get isAlways() {
    return this.#choice ?? (document.documentElement.classList.contains("elder") || this.#hasSpokenHere);
  }

  choose(isAlways) {
    this.#choice = isAlways;
    remember("read_aloud", isAlways);
  }

  residentSpoke() {
    this.#hasSpokenHere = true;
  }

  forget() {
    this.stop();
    this.#last = null;
    this.#hasSpokenHere = false;
  }

  /** The newest turn: what “repeat” says. */
  newest(turn) {
    this.#last = turn;
  }

  isReading(turnId) {
    return this.#turnId === turnId;
  }

  /** For how long something has been heard, and which words: what an echo could sound like. */
  get millisecondsHeard() {
    return this.isSpeaking && this.#speaker.position > 0 ? performance.now() - this.#startedAt : 0;
  }

  get wordsHeard() {
    const now = this.#phraseAt(this.#speaker.position);
    return this.#phrases.slice(Math.max(0, now - 1), now + 1).map(({ from, to }) => this.#spoken.slice(from, to)).join("");
  }

  repeat() {
    if (this.#last) this.read(this.#last);
  }

  /** Fetch a turn as sound, and read it. */
  async read(turn) {
    this.#begin(turn);
    const fetching = (this.#fetching = new AbortController());
    const isStillWanted = () => this.#fetching === fetching;
    try {
      const response = await api.speech(this.#view.conversation(), turn.turn_id, fetching.signal);
      if (!isStillWanted()) return;
      let seconds = 0;
      await readWav(response.body, {
        began: (wav) => {
          seconds = wav.seconds;
          if (isStillWanted()) this.#sound(wav.rate);
        },
        piece: (pcm) => {
          if (!isStillWanted()) return;
          this.#speaker.add(pcm);
          this.#guessPhrases(seconds || Math.max(this.#speaker.seconds, this.#spoken.length * SECONDS_PER_CHARACTER));
        },
      });
      if (!isStillWanted()) return;
      this.#guessPhrases(this.#speaker.seconds);
      this.#speaker.complete();
    } catch (problem) {
      if (!isStillWanted()) return;
      this.stop();
      this.#view.failed(problem);
    }
  }

  /** Speech comes over the line. `turn` is null when it is no turn's. */
  started(turn, rate) {
    this.#begin(turn || { turn_id: "", replies: [] });
    this.#sound(rate);
  }

  /** The next phrase of it; its sound follows. */
  phrase(words) {
    if (!this.isSpeaking) return;
    const before = this.#phrases[this.#phrases.length - 1]?.to ?? 0;
    const found = this.#spoken.indexOf(words, before);
    const from = found < 0 ? before : found;
    if (this.#spoken.length < from + words.length) this.#spoken = this.#spoken.slice(0, from) + words;
    this.#phrases.push({ from, to: from + words.length, begins: this.#speaker.seconds });
  }

  sound(pcm) {
    if (this.isSpeaking) this.#speaker.add(pcm);
  }

  ended() {
    this.#speaker.complete();
  }

  /** Be silent now. True when something was being read. */
  stop() {
    const wasSpeaking = this.isSpeaking;
    this.#fetching?.abort();
    this.#fetching = null;
    this.#speaker.stop();
    this.#turnId = null;
    this.#follow?.clear();
    if (wasSpeaking) this.#view.changed();
    return wasSpeaking;
  }

  #begin(turn) {
    this.stop();
    this.wake();
    this.#turnId = turn.turn_id;
    this.#spoken = turn.replies.map((reply) => reply.spoken).join("");
    this.#follow = new Follow(this.#view.elementOf(turn.turn_id), this.#spoken);
    this.#phrases = [];
    this.#startedAt = 0;
    this.#view.changed();
  }

  #sound(rate) {
    this.#speaker.start(rate, {
      at: (position) => {
        if (position > 0) this.#startedAt ||= performance.now();
        const phrase = this.#phrases[this.#phraseAt(position)];
        if (position > 0 && phrase) this.#follow.show(phrase.from, phrase.to);
      },
      silent: () => this.stop(),
    });
  }

  /* A file does not tell its phrases: each clause gets its share of the time by its length. */
  #guessPhrases(seconds) {
    let from = 0;
    this.#phrases = clauses(this.#spoken).map((words) => {
      const phrase = { from, to: from + words.length };
      from = phrase.to;
      const each = seconds / this.#spoken.length;
      return { ...phrase, begins: phrase.from * each };
    });
  }

  #phraseAt(position) {
    const later = this.#phrases.findIndex((phrase) => phrase.begins > position);
    return (later < 0 ? this.#phrases.length : later) - 1;
  }
}
