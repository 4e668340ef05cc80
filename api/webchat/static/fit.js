// Keep the header and the message box in sight while they leave room to read.
// On a small screen or at a high zoom they scroll away with the rest, so that nothing covers the words.

import { byId } from "./dom.js";

const MOST_OF_THE_SCREEN = 0.5;
const NEAR_THE_END_PX = 240;
const MARGIN_PX = 8; // kept free above “人工”

/** The reader is where the newest words are. */
export function isAtTheEnd() {
  return document.documentElement.scrollHeight - window.innerHeight - window.scrollY < NEAR_THE_END_PX;
}

export function keepItFitting() {
  const page = document.documentElement;
  const header = byId("header");
  const person = byId("person");
  const dock = byId("dock");

  let dockHeight = dock.offsetHeight;

  function measure() {
    // What stands above the name in the header may scroll away; the name and “人工” stay.
    const isShown = person.offsetParent !== null; // on the hall's screen it stands among the large buttons
    const distance = isShown ? person.getBoundingClientRect().top - header.getBoundingClientRect().top : 0;
    const above = Math.max(0, distance - MARGIN_PX);
    const kept = header.offsetHeight - above + dock.offsetHeight;
    page.classList.toggle("roomy", kept < window.innerHeight * MOST_OF_THE_SCREEN);
    page.style.setProperty("--above-brand", `${above}px`);
    page.style.setProperty("--brand-height", `${header.offsetHeight - above}px`);
    page.style.setProperty("--dock-height", `${dock.offsetHeight}px`);
    // A line more above the message box must not cover the newest words.
    if (isAtTheEnd() && dock.offsetHeight > dockHeight) window.scrollBy(0, dock.offsetHeight - dockHeight);
    dockHeight = dock.offsetHeight;
  }

  const observer = new ResizeObserver(measure);
  [page, header, person, dock].forEach((element) => observer.observe(element));
  window.addEventListener("resize", measure);
  measure();
}
