// The queue shows itself anew; who is not looking at it hears a sound or gets a notice, where they asked for it.
import { refresh } from "./refresh.js";
import { ring } from "./sound.js";

const SOUND = "linyu.sound"; // kept for this tab: taking somebody from the queue shows a fresh page
const part = document.querySelector("[data-queue]");
const alerts = document.querySelector("[data-alerts]");
const sound = document.querySelector("[data-sound]");
const notify = document.querySelector("[data-notify]");
let known = numbers(part);

function numbers(queue) {
  return new Set(Array.from(queue.querySelectorAll("[data-state=open]"), (one) => one.dataset.number));
}

function changed(fresh) {
  const now = numbers(fresh);
  const isNew = Array.from(now).some((number) => !known.has(number));
  known = now;
  if (!isNew) return;
  if (sound?.checked) ring();
  // No number and no name: a desktop is seen by others.
  if (notify?.checked && Notification.permission === "granted") new Notification(part.dataset.new, { tag: "linyu-queue" });
}

if (alerts) {
  alerts.hidden = false;
  sound.checked = sessionStorage.getItem(SOUND) !== null;
  sound.addEventListener("change", () => {
    if (!sound.checked) return sessionStorage.removeItem(SOUND);
    sessionStorage.setItem(SOUND, "yes");
    ring();
  });
  notify.addEventListener("change", async () => {
    if (!notify.checked) return;
    const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
    if (answer === "granted") return;
    notify.checked = false;
    alert(notify.dataset.blocked);
  });
}
refresh("[data-queue]", 5000, changed);
