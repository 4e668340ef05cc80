// In a frame on another page (/embed): a way to close it by button and by Escape, which the page around it hears of.

import { byId } from "./dom.js";

export function startWidget() {
  if (!document.documentElement.classList.contains("embed")) return;
  const close = () => window.parent.postMessage("linyu-close", "*"); // tells nothing, so it may be told to anybody
  byId("widget-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && !document.querySelector("dialog[open]")) close();
  });
}
