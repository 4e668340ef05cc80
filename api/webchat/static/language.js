// The language of the page, and the only way to a text of texts.js, which the server makes of the messages page-… in data/words/.
// Elements made with data-text (and friends) change when the language does, those in the log too.

import { texts } from "./texts.js";

const PAGE_LANGUAGE = { zh: "zh-CN", en: "en" };
let current = "zh";

export function language() {
  return current;
}

/** The words behind a key, with {name} filled in from values. An unknown key is a bug and throws. */
export function text(key, values = {}) {
  const words = texts[current][key];
  if (words === undefined) throw new Error(`no text ${key}`);
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The language most of the words are in, for the lang attribute: a Chinese name in an English sentence stays English. */
export function languageOf(words) {
  const chinese = words.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const english = words.match(/[A-Za-z]+/g)?.length ?? 0;
  return chinese > 0 && chinese >= english ? "zh-CN" : "en";
}

/** Whether there are words behind a key. */
export function hasText(key) {
  return Object.hasOwn(texts[current], key);
}

/** Give an element words that follow the language. */
export function setText(element, key, values = {}) {
  element.dataset.text = key;
  element.dataset.values = JSON.stringify(values);
  element.textContent = text(key, values);
}

export function setLanguage(chosen) {
  current = chosen in texts ? chosen : "zh";
  document.documentElement.lang = PAGE_LANGUAGE[current];
  document.title = text("page_title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text, JSON.parse(element.dataset.values || "{}"));
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-hint]")) {
    element.placeholder = text(element.dataset.hint);
  }
}
