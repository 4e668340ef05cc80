// The resident's chat page: joins the parts. Start reading here.

import { startAppearance } from "./appearance.js";
import { Composer } from "./composer.js";
import { askConsent, explainConsent, hasConsented } from "./consent.js";
import { learnContact, showContact } from "./contact.js";
import { Conversation } from "./conversation.js";
import { byId, make, tell } from "./dom.js";
import { keepItFitting } from "./fit.js";
import { isKiosk, startKiosk } from "./kiosk.js";
import { language, setLanguage, text } from "./language.js";
import { Log } from "./log.js";
import { Manner } from "./manner.js";
import { recall, remember } from "./memory.js";
import { endNews, startNews } from "./news.js";
import { ReadAloud } from "./read-aloud.js";
import { Talk } from "./talk.js";
import { startWidget } from "./widget.js";
import { startMenu, startRating, startWindows, whenAgreed } from "./windows.js";

const EXAMPLES = [1, 2, 3, 4];
const SURE = 0.75; // what was heard less surely than this can be corrected with one press

const log = new Log(say, readOrStop);
const composer = new Composer({ send: say, sendPhoto });

// What the conversation tells us, and what the page does about it.
const view = {
  connecting: () => log.isEmpty && log.waitForReply(true),
  connected() {
    log.waitForReply(false);
    const wasTrouble = byId("status").dataset.tone === "trouble";
    if (wasTrouble) tell("reconnected", {}, "good");
  },
  reconnecting(problem, seconds) {
    log.waitForReply(false);
    if (problem.status === 429) tell("too_fast", { seconds }, "trouble");
    else tell("reconnecting", {}, "trouble");
  },
  cannotStart(problem, retry) {
    log.waitForReply(false);
    tell("cannot_start", {}, "trouble");
    byId("retry").hidden = false;
    byId("retry").onclick = () => {
      byId("retry").hidden = true;
      retry();
    };
  },
  cleared() {
    talk.leave();
    reading.forget();
    log.clear();
    composer.offerPhoto(false);
    refresh();
  },
  greeted: (replies) => log.greet(replies),
  returned(greeting, turns) {
    log.restore(greeting, turns);
    const answered = turns.filter((turn) => turn.text); // a notice asks for nothing
    composer.offerPhoto(answered[answered.length - 1]?.state.form === "file_complaint");
    if (turns.length > 0) tell("restored");
    reading.newest(turns[turns.length - 1] ?? null);
    refresh();
  },
  restarted: () => log.note("restarted"),
  said(message, isWaiting) {
    log.said(message);
    if (isWaiting) log.mark(message, "waiting_to_send");
    refresh();
  },
  sending(message) {
    log.mark(message);
    log.waitForReply(true);
  },
  answered(turn, message) {
    log.waitForReply(false);
    show(turn, message);
    if (reading.isAlways && turn.replies.length > 0) reading.read(turn);
  },
  alreadyShown(message) {
    log.waitForReply(false);
    log.remove(message);
  },
  notSent(message, retry) {
    log.waitForReply(false);
    tell("", {}, "trouble"); // the word stands at the message; the next answer says “connected again”
    log.mark(message, "not_sent", {}, { key: "retry", run: retry });
  },
  refused(message, problem) {
    log.waitForReply(false);
    const detail = problem.detail || text("something_wrong");
    const change = () => {
      log.remove(message);
      composer.edit(message.text);
    };
    log.mark(message, "refused", { detail }, { key: "edit_again", run: change });
  },
  news(turns) {
    log.news(turns);
    reading.newest(turns[turns.length - 1]);
    refresh();
  },
};

const conversation = new Conversation(view);

// Reading replies aloud, and what the page does about it.
const reading = new ReadAloud({
  conversation: () => conversation.known,
  elementOf: (turnId) => log.messageOf(turnId),
  changed() {
    log.showReading((turnId) => reading.isReading(turnId));
    talk.refresh();
  },
  failed: (problem) => tell("read_failed", { detail: detailOf(problem) }, "alert"),
});

// What a conversation by voice tells us.
const voice = {
  heard(message, confidence) {
    log.heard(message, confidence < SURE ? () => composer.edit(message.text) : null);
    refresh();
  },
  took(turn, message) {
    if (!conversation.takeSpokenTurn(turn)) {
      if (message) log.remove(message);
      return;
    }
    if (message) log.reword(message, turn.heard.text);
    show(turn, message);
  },
  notAnswered(message, detail) {
    const change = () => {
      log.remove(message);
      composer.edit(message.text);
    };
    log.mark(message, detail ? "refused" : "not_answered", { detail }, { key: "edit_again", run: change });
  },
  told: (replies) => log.nudge(replies),
  mannerIs: (manner) => mannerControls.show(manner),
};

const talk = new Talk({ conversation, reading, view: voice });
const mannerControls = new Manner(
  () => conversation.known,
  (change) => talk.mannerChanged(change),
);

function show(turn, message) {
  composer.offerPhoto(turn.state?.form === "file_complaint");
  log.answered(turn, message);
  if (turn.replies.length > 0) reading.newest(turn);
  refresh();
}

function readOrStop(turn) {
  const wasReading = reading.isReading(turn.turn_id);
  talk.quiet();
  if (!wasReading) reading.read(turn);
}

function say(words, event = null) {
  if (byId("status").dataset.tone !== "trouble") tell("");
  conversation.say(words);
  // Someone at the keyboard goes on typing; a press does not open the phone's keyboard.
  if (event && event.detail === 0) composer.focus();
}

async function sendPhoto(file) {
  tell("photo_sending");
  try {
    await conversation.addPhoto(file);
    log.picture(file);
    refresh();
    tell("photo_kept", {}, "good");
    return true;
  } catch (problem) {
    tell("photo_failed", { detail: detailOf(problem) }, "alert");
    return false;
  }
}

async function rate(score, comment) {
  try {
    await conversation.rate(score, comment);
    tell("rating_thanks", {}, "good");
  } catch (problem) {
    tell("rating_failed", { detail: detailOf(problem) }, "alert");
  }
}

function detailOf(problem) {
  return problem.detail || text(problem.status === 0 ? "no_connection" : "something_wrong");
}

/** Show what belongs to the present state: examples at the start, rating once something was said. */
function refresh() {
  document.body.classList.toggle("begun", conversation.hasSaid);
  talk.refresh();
}

function askForPerson() {
  if (hasConsented()) say(text("person_message"));
  else explainConsent();
}

function switchLanguage() {
  setLanguage(language() === "zh" ? "en" : "zh");
  leadInLanguage();
  remember("language", language());
  talk.leave();
  showContact();
  byId("other-language").lang = language() === "zh" ? "en" : "zh-CN";
  if (!hasConsented()) return;
  if (conversation.hasSaid) say(text("answer_in_this_language"));
  else conversation.restart();
}

/** The pages beside this one are read in the language of this one. */
function leadInLanguage() {
  for (const link of document.querySelectorAll("a[data-page]")) link.href = `${link.dataset.page}?lang=${language()}`;
}

function showExamples() {
  for (const number of EXAMPLES) {
    const example = make(
      "button",
      { className: "example", attributes: { type: "button" } },
      make("span", { className: "topic", key: `example_${number}_topic` }),
      make("span", { className: "question", key: `example_${number}` }),
    );
    example.addEventListener("click", (event) => say(text(`example_${number}`), event));
    byId("example-list").append(make("li", {}, example));
  }
}

// Alt with a letter, so that no single key is taken from those who dictate or use a screen reader.
const SHORTCUTS = {
  KeyH: askForPerson,
  KeyM: () => composer.focus(),
  KeyL: () => log.focusLast(),
};

function startShortcuts() {
  document.addEventListener("keydown", (event) => {
    const run = SHORTCUTS[event.code];
    const isAltOnly = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!run || !isAltOnly || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    run();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || document.querySelector("dialog[open]")) return;
    if (talk.escape()) event.preventDefault();
  });
}

/** Speech ends when somebody types; sound is allowed by the browser after a press or a key only. */
function startVoice() {
  byId("message-box").addEventListener("input", () => talk.quiet());
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => reading.isAlways && reading.wake());
  }
  const always = byId("always-read");
  always.addEventListener("click", () => {
    reading.choose(!reading.isAlways);
    always.setAttribute("aria-checked", String(reading.isAlways));
  });
  document.querySelector("[data-opens=voice-settings]").addEventListener("click", () => {
    always.setAttribute("aria-checked", String(reading.isAlways));
    mannerControls.look();
  });
}

function start() {
  showExamples();
  // Chinese unless chosen otherwise: many phones here are set to English by accident, and the switch is one press.
  setLanguage(recall("language", "zh"));
  byId("other-language").lang = language() === "zh" ? "en" : "zh-CN";
  leadInLanguage();
  startAppearance();
  startWindows();
  startMenu();
  startRating(rate);
  startShortcuts();
  startVoice();
  whenAgreed("start-again", async () => {
    await endNews().catch(() => {}); // whoever sits here next is not told of it
    await conversation.restart();
    tell("new_conversation_done", {}, "good");
    composer.focus();
  });
  byId("other-language").addEventListener("click", switchLanguage);
  byId("person").addEventListener("click", askForPerson);
  byId("call-now").addEventListener("click", askForPerson);
  window.addEventListener("beforeprint", () => {
    for (const sources of document.querySelectorAll(".sources")) sources.open = true;
  });
  showContact();
  learnContact();
  askConsent(async (isNew) => {
    await conversation.open();
    conversation.watch();
    if (isNew && isKiosk()) byId("mic").click(); // voice first: next it is asked whether the microphone may listen
    else if (isNew) composer.focus();
  });
  keepItFitting();
  startWidget();
  startNews();
  startKiosk({ say, stop: () => talk.leave() });
  navigator.serviceWorker?.register("/sw.js").catch(() => {}); // without one the page works, but not offline
}

start();
