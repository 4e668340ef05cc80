// The parts of one reply of the assistant: words, what to call, card, sources, answers to choose from.

import { card } from "./card.js";
import { make } from "./dom.js";
import { clauses } from "./follow.js";
import { languageOf } from "./language.js";

const EMERGENCY_NUMBERS = /(?<!\d)(?:12356|110|119|120)(?!\d)/g;

/** The reply as elements. `choose(words)` is called when the resident takes one of its answers. */
export function replyParts(reply, { urgent, choose }) {
  const parts = [inClauses(reply.text)];
  if (urgent) parts.push(...callButtons(reply.text));
  if (reply.card && reply.card.kind !== "staff") parts.push(card(reply.card));
  if (reply.sources?.length) parts.push(sources(reply.sources));
  if (reply.tiles?.length) parts.push(tiles(reply.tiles, choose)); // what buttons would hold is among them
  else if (reply.buttons?.length) parts.push(answers(reply.buttons, choose));
  return parts;
}

/* The words in clauses, so that the one being read aloud can be marked without changing what is there. */
function inClauses(words) {
  const spans = clauses(words).map((clause) => {
    const span = make("span", { className: "clause" });
    span.textContent = clause;
    return span;
  });
  return make("p", { className: "words", attributes: { lang: languageOf(words) } }, ...spans);
}

/* In an emergency the number is one press away. */
function callButtons(words) {
  const numbers = [...new Set(words.match(EMERGENCY_NUMBERS) || [])];
  if (numbers.length === 0) return [];
  const links = numbers.map((number) =>
    make("a", { className: "call", key: "call_number", values: { number }, attributes: { href: `tel:${number}` } }),
  );
  return [make("div", { className: "calls" }, ...links)];
}

/* Sources: folded, opened with Enter or a press; the summary already tells the sections. */
function sources(list) {
  const sections = [...new Set(list.map((source) => source.section))].join("、");
  const lines = list.map((source) =>
    make("li", { key: "source_line", values: { section: source.section, title: source.title } }),
  );
  return make(
    "details",
    { className: "sources" },
    make("summary", { key: "sources", values: { sections } }),
    make("ul", {}, ...lines),
  );
}

/* Answers to choose from: a labelled group of buttons; the payload is said as if it were typed. */
function answers(buttons, choose) {
  const group = make("div", { className: "answers", label: "quick_replies", attributes: { role: "group" } });
  for (const button of buttons) {
    const element = make("button", { className: "answer", words: button.title, attributes: { type: "button" } });
    element.addEventListener("click", (event) => choose(button.payload, event));
    group.append(element);
  }
  return group;
}

/* Free days or times, beside the question: each tells what is free there, and is said as if it were typed. */
function tiles(list, choose) {
  const group = make("div", { className: "answers tiles", label: "tiles", attributes: { role: "group" } });
  for (const { title, note, payload } of list) {
    const element = make(
      "button",
      { className: "answer tile", attributes: { type: "button" } },
      make("span", { className: "tile-title", words: title }),
      " ",
      make("span", { className: "tile-note", words: note }),
    );
    element.addEventListener("click", (event) => choose(payload, event));
    group.append(element);
  }
  return group;
}
