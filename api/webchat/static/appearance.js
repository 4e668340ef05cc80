// Elder mode and its text size. Remembered on this device.

import { byId, tell } from "./dom.js";
import { recall, remember } from "./memory.js";

const SIZES = [18, 20, 22, 24, 27, 30]; // pixels, at the browser's own default of 16
const FIRST_SIZE = 20;

let elder = false;
let size = FIRST_SIZE;

export function startAppearance() {
  ({ elder, size } = recall("appearance", { elder, size }));
  // The hall's screen, and whoever comes by the code on a poster (?elder=1), begins in elder mode.
  const isKiosk = document.documentElement.classList.contains("kiosk");
  if (isKiosk || new URLSearchParams(location.search).get("elder") === "1") elder = true;
  if (!SIZES.includes(size)) size = FIRST_SIZE;
  byId("elder").addEventListener("click", () => {
    elder = !elder;
    apply();
  });
  byId("smaller").addEventListener("click", () => change(-1));
  byId("larger").addEventListener("click", () => change(+1));
  apply();
}

function change(step) {
  const next = SIZES[SIZES.indexOf(size) + step];
  if (next === undefined) {
    tell(step < 0 ? "text_size_smallest" : "text_size_largest");
    return;
  }
  size = next;
  apply();
  tell("text_size_is", { size });
}

function apply() {
  const page = document.documentElement;
  page.classList.toggle("elder", elder);
  page.style.setProperty("--elder-size", String(size));
  byId("elder").setAttribute("aria-checked", String(elder));
  byId("sizes").hidden = !elder;
  remember("appearance", { elder, size });
}
