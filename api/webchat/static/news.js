// News on this device although no page is open (Web Push): asked for in a window that says what is sent and by whom, kept for
// this conversation, and ended with one press. The hall's screen and other sites' frames offer none.

import { Problem, api } from "./api.js";
import { byId, make, tell } from "./dom.js";
import { setText } from "./language.js";
import { recall, remember } from "./memory.js";
import { isOfficeKnown, learnOffice, office } from "./office.js";

const PATIENCE_MS = 10_000;
const SHARED = ["kiosk", "embed"];

const mayOffer = () =>
  "PushManager" in window &&
  "Notification" in window &&
  Boolean(navigator.serviceWorker) &&
  !SHARED.some((kind) => document.documentElement.classList.contains(kind));

async function isOffered() {
  return mayOffer() && (isOfficeKnown() || (await learnOffice())) && Boolean(office().push_key);
}

const isOn = () => Boolean(recall("news")) && recall("news") === recall("conversation")?.id;

/** A button for a card; it stays hidden where no news can be had. */
export function newsButton() {
  const button = make("button", { className: "copy", key: "news_remind", attributes: { type: "button", hidden: "" } });
  button.addEventListener("click", open);
  isOffered().then((offered) => (button.hidden = !offered));
  return button;
}

function open() {
  show();
  byId("news").showModal();
}

function show() {
  const refused = Notification.permission === "denied";
  setText(byId("news-now"), isOn() ? "news_is_on" : refused ? "news_is_refused" : "news_is_off");
  byId("news-yes").hidden = isOn() || refused;
  byId("news-no").hidden = !isOn();
}

/** The window and its place in the menu. What was agreed to before is renewed: browsers change their addresses. */
export async function startNews() {
  byId("news-yes").addEventListener("click", () => run(agree));
  byId("news-no").addEventListener("click", () => run(endNews));
  byId("news-menu").addEventListener("click", show);
  const offered = await isOffered();
  byId("news-menu").hidden = !offered;
  if (offered && isOn() && Notification.permission === "granted") subscribe().catch(() => {}); // next time, then
}

async function run(work) {
  for (const one of ["news-yes", "news-no"]) byId(one).disabled = true;
  try {
    await work();
  } catch {
    tell("news_failed", {}, "alert"); // the browser, its push service, or we: there is nothing a resident could do about it
    byId("news").close();
  } finally {
    for (const one of ["news-yes", "news-no"]) byId(one).disabled = false;
    show();
  }
}

/* The browser asks as well, after our own words; so a “no” to us is not held against the site for good. */
async function agree() {
  if ((await Notification.requestPermission()) !== "granted") return;
  await subscribe();
  remember("news", recall("conversation").id);
}

/* A worker that could not be installed never gets ready. */
function worker() {
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("no service worker")), PATIENCE_MS));
  return Promise.race([navigator.serviceWorker.ready, late]);
}

async function subscribe() {
  const { pushManager } = await worker();
  const given = { userVisibleOnly: true, applicationServerKey: bytes(office().push_key) };
  const there = await pushManager.getSubscription();
  const isOurs = there && sameBytes(there.options.applicationServerKey, given.applicationServerKey);
  if (there && !isOurs) await there.unsubscribe(); // the office has another key by now
  const subscription = isOurs ? there : await pushManager.subscribe(given);
  const { endpoint, keys } = subscription.toJSON();
  await api.agreeToNews(recall("conversation"), { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
}

/** Ends it here and with us; where nothing was agreed to, nothing happens. */
export async function endNews() {
  if (!isOn()) return;
  try {
    await api.endNews(recall("conversation"));
  } catch (error) {
    if (!(error instanceof Problem && error.isGone)) throw error;
  }
  remember("news", null);
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function sameBytes(one, other) {
  const there = new Uint8Array(one ?? []);
  return there.length === other.length && there.every((value, at) => value === other[at]);
}
