// Under an answer: 有用 and 没用, and what may be asked next.

import { Problem, api } from "./api.js";
import { make, tell } from "./dom.js";
import { recall } from "./memory.js";

const ANSWERS = ["ask_policy", "out_of_scope"]; // goals whose reply is an answer, beside whatever names its sources

export const isAnswer = (turn) => ANSWERS.includes(turn.goal) || turn.replies.some((reply) => reply.sources?.length > 0);

/** Two buttons that say which was pressed last; a press is sent at once. */
export function opinion(turn) {
  const group = make("div", { className: "opinion", label: "opinion", attributes: { role: "group" } });
  for (const [key, helped] of [["opinion_helped", true], ["opinion_useless", false]]) {
    const button = make("button", { className: "copy", key, attributes: { type: "button", "aria-pressed": "false" } });
    button.addEventListener("click", () => give(turn, helped, button, group));
    group.append(button);
  }
  return group;
}

async function give(turn, helped, pressed, group) {
  try {
    await api.opinion(recall("conversation"), turn.turn_id, helped);
    for (const button of group.children) button.setAttribute("aria-pressed", String(button === pressed));
    tell(helped ? "opinion_thanks" : "opinion_sorry", {}, "good");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tell("opinion_failed", {}, "alert");
  }
}

/** At most three questions, each said with one press; null when there are none. */
export async function nextQuestions(turn, choose) {
  if (!isAnswer(turn)) return null;
  const questions = await api.next(recall("conversation"), turn.turn_id).catch(() => []);
  if (questions.length === 0) return null;
  const group = make("div", { className: "answers next", label: "next_questions", attributes: { role: "group" } });
  group.append(make("p", { className: "next-title", key: "next_questions" }));
  for (const words of questions) {
    const button = make("button", { className: "answer", words, attributes: { type: "button" } });
    button.addEventListener("click", (event) => choose(words, event));
    group.append(button);
  }
  return group;
}
