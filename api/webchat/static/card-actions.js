// What can be done with a card: put a booking into one's calendar, share it with the family, print it alone.

import { Problem, api } from "./api.js";
import { make, tell } from "./dom.js";
import { text } from "./language.js";
import { recall } from "./memory.js";
import { newsButton } from "./news.js";

const SHARED = ["title", "state_words", "when", "place", "respond_by", "settle_by"];

export function cardActions(facts, card) {
  const actions = [
    ["card_share", () => share(facts)],
    ["card_print", () => print(card)],
  ];
  if (facts.kind === "booking" && facts.state === "confirmed") actions.unshift(["card_calendar", () => keepInCalendar(facts)]);
  const group = make("div", { className: "card-actions not-kiosk", label: "card_actions", attributes: { role: "group" } });
  for (const [key, run] of actions) {
    const button = make("button", { className: "copy", key, attributes: { type: "button" } });
    button.addEventListener("click", run);
    group.append(button);
  }
  if (["booking", "case"].includes(facts.kind)) group.append(newsButton());
  return group;
}

async function keepInCalendar(facts) {
  try {
    const link = make("a", { attributes: { download: "linyu.ics" } });
    link.href = URL.createObjectURL(await api.calendar(recall("conversation"), String(facts.number)));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    tell("card_in_calendar", {}, "good");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tell("card_calendar_failed", {}, "alert");
  }
}

async function share(facts) {
  const number = facts.number ? [`${text("card_number")} ${facts.number}`] : [];
  const words = [...SHARED.filter((name) => facts[name]).map((name) => String(facts[name])), ...number].join("\n");
  try {
    if (navigator.share) await navigator.share({ text: words });
    else {
      await navigator.clipboard.writeText(words);
      tell("card_shared", {}, "good");
    }
  } catch (error) {
    if (error.name !== "AbortError") tell("copy_failed");
  }
}

function print(card) {
  card.classList.add("printed");
  window.addEventListener("afterprint", () => card.classList.remove("printed"), { once: true });
  window.print();
}
