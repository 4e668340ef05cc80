// In the field: what a grid worker does is put into a queue on the telephone first, and sent from there. Each thing carries a
// mark; it is sent again until it is answered, and the server does it once. Nothing leaves the queue unanswered.

const $ = (id) => document.getElementById(id);
const says = JSON.parse($("says").textContent);
const RETRY_MS = 15_000;
const KEPT_MS = 12 * 3_600_000; // tasks hold residents' words: no longer than a shift
const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
let known = { account: "", csrf: "" };
let position = "";

const say = (key, values = {}) => says[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const tell = (key, values) => ($("status").textContent = key ? say(key, values) : "");

// The queue, in the browser's own database: it outlives a reload, an empty battery, and a day without a connection.

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("linyu-field", 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) request.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true });
    request.result.createObjectStore("kept");
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const queue = (mode, run) => inStore("queue", mode, run);

async function inStore(name, mode, run) {
  const transaction = (await opened).transaction(name, mode);
  const request = run(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const waiting = () => queue("readonly", (store) => store.getAll());
const take = (id) => queue("readwrite", (store) => store.delete(id));

// The tasks as they were last told, for a reload without a connection; gone when nobody is signed in any more.
const keepTasks = (told) => inStore("kept", "readwrite", (store) => store.put({ ...told, at: Date.now() }, "tasks"));
const dropTasks = () => inStore("kept", "readwrite", (store) => store.delete("tasks"));

async function keptTasks() {
  const kept = await inStore("kept", "readonly", (store) => store.get("tasks"));
  if (kept && Date.now() - kept.at < KEPT_MS) return kept;
  if (kept) await dropTasks();
  return null;
}

/** Kept first; only then is the form emptied and the sending begun. */
async function add(deed, fields, photo = null) {
  const mark = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  await queue("readwrite", (store) => store.add({ mark, deed, fields, photo, account: known.account, at: new Date().toISOString(), refused: "" }));
  await show();
  send();
}

let isSending = false;
let sendsAgain = false; // something came, or somebody pressed, while it was being sent

/* In order, for arriving comes before being done. What cannot be sent now stops it; what is refused is passed over. */
async function send() {
  if (isSending) {
    sendsAgain = true;
    return;
  }
  isSending = true;
  try {
    for (const one of (await learn()) ? await waiting() : []) {
      if (one.refused || (one.account && one.account !== known.account)) continue;
      const answer = await post(one);
      if (!answer) break;
      if (answer.ok) {
        await take(one.id);
        tell("sent", { number: (await answer.json()).number });
      } else if (answer.status >= 500 || [401, 403, 408, 429].includes(answer.status)) {
        break;
      } else {
        const { detail = "" } = await answer.json().catch(() => ({}));
        await queue("readwrite", (store) => store.put({ ...one, refused: detail || String(answer.status) }));
        tell("refused");
      }
      await show();
    }
    await learn();
  } finally {
    isSending = false;
  }
  if (sendsAgain) {
    sendsAgain = false;
    send();
  }
}

function post({ mark, deed, fields, photo }) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ mark, deed, ...fields })) form.append(name, value);
  if (photo) form.append("photo", photo, "photo");
  return request("/deeds", { method: "POST", body: form });
}

/** null: no connection. */
async function request(path, options = {}) {
  const headers = { "X-CSRF-Token": known.csrf, Accept: "application/json" };
  try {
    return await fetch(`/api/v1/staff/field${path}`, { ...options, headers, cache: "no-store" });
  } catch {
    return null;
  }
}

/** Who is signed in, and their tasks. False when that cannot be known now; what is shown stays. */
async function learn() {
  const answer = await request("/tasks");
  $("line").textContent = answer === null ? say("offline") : answer.ok ? "" : say(answer.status === 401 ? "sign_in" : "later");
  if (answer === null) await showKept();
  if (answer?.status === 401 || answer?.status === 403) {
    await dropTasks();
    showTasks([]);
  }
  if (!answer?.ok) return false;
  const { account, csrf, tasks } = await answer.json();
  known = { account, csrf };
  await keepTasks({ account, tasks });
  showTasks(tasks);
  return true;
}

/* After a reload without a connection: what was told last, less what has been done here since. */
async function showKept() {
  const kept = known.account ? null : await keptTasks();
  if (!kept) return;
  known.account = kept.account; // what is added now is theirs; the mark of the session comes with the connection
  const done = (await waiting()).filter((one) => !one.refused);
  const has = (deed, number) => done.some((one) => one.deed === deed && one.fields.number === number);
  const left = kept.tasks.filter((task) => !has("done", task.number));
  showTasks(left.map((task) => ({ ...task, arrived: task.arrived || has("arrived", task.number) })));
  tell("kept_tasks", { when: moment.format(new Date(kept.at)) });
}

function showTasks(tasks) {
  const open = new Set([...document.querySelectorAll("#tasks article")].map((one) => one.dataset.number));
  const numbers = tasks.map((one) => one.number);
  for (const article of document.querySelectorAll("#tasks article")) if (!numbers.includes(article.dataset.number)) article.remove();
  for (const task of tasks) {
    if (!open.has(task.number)) $("tasks").append(article(task)); // one that is there may hold words not sent yet
    const shown = document.querySelector(`#tasks article[data-number="${CSS.escape(task.number)}"]`);
    shown.querySelector("h3").textContent = `${task.category} · ${task.state}`;
    shown.querySelector("[data-deed=arrived]").hidden = task.arrived;
  }
  $("no-tasks").hidden = tasks.length > 0;
}

function article(task) {
  const made = $("task").content.cloneNode(true).firstElementChild;
  made.dataset.number = task.number;
  made.querySelector(".place").textContent = task.place;
  made.querySelector(".text").textContent = task.text;
  made.querySelector(".due").textContent = say("due", { when: moment.format(new Date(task.due)) });
  const number = task.number;
  made.querySelector("button[data-deed=arrived]").addEventListener("click", async ({ currentTarget }) => {
    currentTarget.hidden = true;
    await add("arrived", { number, position });
    tell("kept");
  });
  made.querySelector("input[data-deed=photo]").addEventListener("change", async ({ target }) => {
    if (!target.files[0]) return;
    await add("photo", { number }, target.files[0]);
    target.value = "";
    tell("kept");
  });
  made.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const words = made.querySelector("textarea").value.trim();
    if (!words) {
      tell("needs_words");
      return;
    }
    await add("done", { number, words, position });
    made.remove(); // it comes back if it is refused
    tell("kept");
  });
  return made;
}

async function show() {
  const items = (await waiting()).map((one) => {
    const item = document.createElement("li");
    const words = document.createElement("p");
    const about = one.fields.words || one.fields.number || "";
    words.textContent = `${say(one.deed)} · ${moment.format(new Date(one.at))} ${about}`;
    item.append(words);
    if (one.account && known.account && one.account !== known.account) item.append(say("others"));
    if (one.refused) {
      item.append(say("refused_because", { detail: one.refused }), document.createElement("br"));
      item.append(
        pressed("again", () => queue("readwrite", (store) => store.put({ ...one, refused: "" })).then(show).then(send)),
        pressed("take_off", () => take(one.id).then(show)),
      );
    }
    return item;
  });
  $("queue").replaceChildren(...items);
  $("queue-part").hidden = items.length === 0;
}

function pressed(key, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say(key);
  button.addEventListener("click", run);
  return button;
}

$("report").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [place, words] = [$("place").value.trim(), $("words").value.trim()];
  if (!words || !(place || position)) {
    tell(words ? "needs_place" : "needs_words");
    $(words ? "place" : "words").focus();
    return;
  }
  await add("report", { category: $("category").value, place, words, position }, $("photo").files[0] ?? null);
  $("report").reset();
  [position, $("position").textContent] = ["", ""];
  tell("kept");
});

// Where somebody is, is told only after they press, and the browser asks once more.
$("locate").addEventListener("click", () => {
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      position = `(${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)})`;
      $("position").textContent = position;
      tell("located");
    },
    () => tell("not_located"),
    { enableHighAccuracy: true, timeout: 20_000 },
  );
});

// Speaking in place of typing, where there is a connection: heard here, shown to be read over, and not kept.
let recording = null;

$("speak").addEventListener("click", async () => {
  if (recording) {
    const { microphone, pieces, rate } = recording;
    recording = null;
    microphone.close();
    $("speak").setAttribute("aria-pressed", "false");
    tell("hearing");
    const answer = await request("/audio", { method: "POST", body: wav(pieces, rate) });
    const { text = "" } = answer?.ok ? await answer.json() : {};
    $("words").value = [$("words").value, text].filter(Boolean).join(" ");
    tell(text ? "heard" : "not_heard");
    $("words").focus();
    return;
  }
  try {
    const { Microphone } = await import("/static/field/microphone.js");
    const pieces = [];
    const microphone = new Microphone(() => tell("not_heard"));
    const rate = await microphone.open((sound) => pieces.push(new Int16Array(sound)));
    recording = { microphone, pieces, rate };
    $("speak").setAttribute("aria-pressed", "true");
    tell("speak_now");
  } catch {
    tell("no_microphone");
  }
});

function wav(pieces, rate) {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0) * 2;
  const head = new DataView(new ArrayBuffer(44));
  const put = (at, text) => [...text].forEach((letter, place) => head.setUint8(at + place, letter.charCodeAt(0)));
  put(0, "RIFF");
  head.setUint32(4, 36 + length, true);
  put(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  put(36, "data");
  head.setUint32(40, length, true);
  return new Blob([head, ...pieces], { type: "audio/wav" });
}

/* The page and its files are kept for where there is no connection; nobody's data is in them. */
async function keepPage() {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
  await (await caches.open("field")).addAll([location.pathname, ...files]);
  document.documentElement.dataset.kept = "yes";
}

$("send-now").addEventListener("click", send);
window.addEventListener("online", send);
window.addEventListener("offline", () => ($("line").textContent = say("offline")));
setInterval(send, RETRY_MS);
show();
send();
if (navigator.onLine) keepPage().catch(() => {});
