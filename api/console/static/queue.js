// The queue shows itself anew; who is not looking at it hears a sound or gets a notice, where they asked for it.
import { refresh } from "./refresh.js";

const part = document.querySelector("[data-queue]");
const alerts = document.querySelector("[data-alerts]");
const sound = document.querySelector("[data-sound]");
const notify = document.querySelector("[data-notify]");
const title = document.title;
let known = numbers();
let speaker = null;

function numbers() {
  return new Set(Array.from(part.querySelectorAll("[data-state=open]"), (one) => one.dataset.number));
}

function ring() {
  speaker ??= new AudioContext();
  for (const [place, pitch] of [660, 880].entries()) {
    const tone = speaker.createOscillator();
    const volume = speaker.createGain();
    const begins = speaker.currentTime + place * 0.25;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.2, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.24);
    tone.connect(volume).connect(speaker.destination);
    tone.start(begins);
    tone.stop(begins + 0.25);
  }
}

function changed() {
  const now = numbers();
  document.title = now.size > 0 ? `(${now.size}) ${title}` : title;
  const isNew = Array.from(now).some((number) => !known.has(number));
  known = now;
  if (!isNew) return;
  if (sound?.checked) ring();
  // No number and no name: a desktop is seen by others.
  if (notify?.checked && Notification.permission === "granted") new Notification(part.dataset.new, { tag: "linyu-queue" });
}

if (alerts) {
  alerts.hidden = false;
  sound.checked = false; // browsers allow sound after a press only
  sound.addEventListener("change", () => sound.checked && ring());
  notify.addEventListener("change", async () => {
    if (!notify.checked) return;
    const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
    if (answer === "granted") return;
    notify.checked = false;
    alert(notify.dataset.blocked);
  });
}
refresh("[data-queue]", 5000, changed);
