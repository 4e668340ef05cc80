// Making elements. Words of the page follow the language; words of others are only ever text.

import { languageOf, setText, text } from "./language.js";

/** An element. `key` and `values` name a text of ours, `label` too (for aria-label), `words` are somebody else's. */
export function make(
  tag,
  { className = "", key = "", values = {}, label = "", words = "", attributes = {} } = {},
  ...children
) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (key) setText(element, key, values);
  if (label) {
    element.dataset.label = label;
    element.setAttribute("aria-label", text(label));
  }
  if (words) {
    element.textContent = words;
    element.lang = languageOf(words);
  }
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Say something in the status line, for eyes and screen readers. An empty key clears it. */
export function tell(key, values = {}, tone = "calm") {
  const line = byId("status");
  line.dataset.tone = tone;
  if (key) setText(line, key, values);
  else {
    delete line.dataset.text;
    line.textContent = "";
  }
}

/** Scroll without motion for those who asked for none. */
export function bringIntoView(element, block = "nearest") {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scroll = () => element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  // Two frames later the message box has its new height (see fit.js), and nothing ends up behind it.
  requestAnimationFrame(() => requestAnimationFrame(scroll));
}
