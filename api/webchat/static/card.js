// A card: what was booked, filed or handed over, with its number to keep. Its facts come in words, see actions/core/cards.py.

import { cardActions } from "./card-actions.js";
import { make, tell } from "./dom.js";
import { hasText, text } from "./language.js";

const FACTS = ["state_words", "when", "check_code", "place", "party", "respond_by", "settle_by", "supports", "balance", "item"];

export function card(facts) {
  const kind = hasText(`card_${facts.kind}`) ? facts.kind : "other";
  const box = make("section", { className: `card card-${kind}`, label: `card_${kind}` });
  const heading = make("p", { className: "card-kind" }, make("span", { key: `card_${kind}` }));
  if (facts.title) heading.append(" · ", make("span", { words: String(facts.title) }));
  box.append(heading);
  if (facts.number) box.append(numberLine(String(facts.number), facts.check_code));
  const list = make("dl", { className: "facts" });
  for (const name of FACTS.filter((name) => facts[name])) {
    list.append(make("div", {}, make("dt", { key: `fact_${name}` }), make("dd", { words: String(facts[name]) })));
  }
  if (list.childElementCount > 0) box.append(list);
  if (facts.calendar) box.append(make("a", { className: "calendar", key: "card_subscribe", attributes: { href: facts.calendar } }));
  if (facts.number) box.append(cardActions(facts, box));
  return box;
}

/* Number line: the number, read character by character, and a button that copies it and says so; with the check code,
   without which a case that was filed anonymously cannot be opened. */
function numberLine(number, code) {
  const shown = make("output", { className: "number" });
  shown.textContent = number;
  const copy = make("button", { className: "copy", key: "copy_number", attributes: { type: "button" } });
  copy.addEventListener("click", async () => {
    const isCopied = await copyWords(code ? `${number} ${text("fact_check_code")} ${code}` : number, shown);
    tell(isCopied ? "copied" : "copy_failed", {}, isCopied ? "good" : "calm");
  });
  return make(
    "div",
    { className: "number-line" },
    make("span", { className: "number-label", key: "card_number" }),
    shown,
    copy,
  );
}

async function copyWords(words, shown) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // No clipboard on plain http or in an old browser: select the number, and try the old way.
    const selection = window.getSelection();
    selection.selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
