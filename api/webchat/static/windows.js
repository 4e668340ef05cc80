// The small windows: help, privacy, new conversation, rating. The browser keeps the focus inside and gives it back.

import { byId, tell } from "./dom.js";

/** Every button with data-opens opens that window; data-closes closes the one it is in. */
export function startWindows() {
  for (const button of document.querySelectorAll("[data-opens]")) {
    button.addEventListener("click", () => openWindow(button.dataset.opens, button));
  }
  for (const button of document.querySelectorAll("[data-closes]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  for (const dialog of document.querySelectorAll("dialog")) {
    // A press beside the window closes it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
}

function openWindow(id, opener) {
  const menu = byId("more");
  const dialog = byId(id);
  const backTo = menu.contains(opener) ? menu.querySelector("summary") : opener;
  menu.open = false;
  dialog.addEventListener("close", () => backTo.isConnected && backTo.focus(), { once: true });
  dialog.showModal();
}

/** The menu “more” closes with Escape and when the focus or the pointer goes elsewhere. */
export function startMenu() {
  const menu = byId("more");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/** Rating: one of five, and a comment if wanted. `rate(score, comment)` is a promise. */
export function startRating(rate) {
  const form = byId("rating-form");
  const trouble = byId("rating-trouble");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = new FormData(form);
    const score = Number(chosen.get("score"));
    if (!score) {
      trouble.hidden = false;
      form.querySelector("input").focus();
      return;
    }
    trouble.hidden = true;
    byId("rating").close();
    form.reset();
    await rate(score, String(chosen.get("comment")).trim());
  });
  byId("rating").addEventListener("close", () => (trouble.hidden = true));
}

/** Buttons of a window that do something when agreed to. */
export function whenAgreed(buttonId, run) {
  byId(buttonId).addEventListener("click", () => {
    byId(buttonId).closest("dialog").close();
    tell("");
    run();
  });
}
