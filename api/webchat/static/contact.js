// How to reach a person: what the server tells about hours, phone and duty, in words.

import { make } from "./dom.js";
import { language, text } from "./language.js";
import { learnOffice, office } from "./office.js";

const DAYS = { Mon: "周一", Tue: "周二", Wed: "周三", Thu: "周四", Fri: "周五", Sat: "周六", Sun: "周日" };

export async function learnContact() {
  await learnOffice();
  showContact();
}

/** “Please call …”, or that no number has been published. */
export function contactWords() {
  const phone = office().operator_phone;
  return phone ? text("contact_phone", { phone }) : text("contact_unknown");
}

export function showContact() {
  const config = office();
  showAnnouncement(config);
  const duty = config.on_duty === null ? "on_duty_unknown" : config.on_duty ? "on_duty_yes" : "on_duty_no";
  for (const place of document.querySelectorAll(".contact")) {
    place.replaceChildren(make("p", { className: "duty", key: duty }));
    if (config.staff_hours) place.append(make("p", { key: "staff_hours", values: { hours: hoursInWords() } }));
    if (config.operator_phone) {
      const link = make("a", { attributes: { href: `tel:${config.operator_phone.replace(/[^\d+*#]/g, "")}` } });
      link.textContent = config.operator_phone;
      place.append(make("p", {}, make("span", { key: "staff_phone" }), link));
    }
    place.dataset.duty = String(config.on_duty);
  }
}

/* What the office tells everybody, and that the assistant is off. */
function showAnnouncement({ announcement = {}, assistant_off: isOff = false }) {
  const place = document.getElementById("announcement");
  const line = announcement[language()] || Object.values(announcement)[0];
  place.replaceChildren();
  if (isOff) place.append(make("p", { key: "assistant_off" }));
  if (line) place.append(make("p", { key: "announcement", values: { line } }));
  place.hidden = !place.hasChildNodes();
}

/* "Mon-Fri 08:30-17:30" is how the setting is written; Chinese readers get 周一至周五 8:30–17:30. */
function hoursInWords() {
  const hours = office().staff_hours.replace(/\b0(\d:)/g, "$1").replace(/(\d)-(\d)/g, "$1–$2");
  if (language() !== "zh") return hours;
  return hours
    .replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/g, (day) => DAYS[day])
    .replace(/(周.)-(周.)/g, "$1至$2")
    .replace(/,\s*/g, "、");
}
