// My matters: opens a visit by this device's conversation or by phone and code, shows what is there, and does what may be done.
// The token of the visit is kept in this page alone: a reload asks again, and a shared computer keeps nothing.

const $ = (id) => document.getElementById(id);
const says = JSON.parse($("says").textContent);
const facts = JSON.parse($("facts").textContent);
const language = document.documentElement.lang;
const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
let token = "";

class Failed extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

async function call(method, path, { body, bearer = token } = {}) {
  const headers = { "Accept-Language": language };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit" });
  } catch {
    throw new Failed(0, "offline");
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Failed(answer.status, problem.code ?? "");
}

function tell(key, values = {}) {
  $("status").classList.toggle("fresh", Boolean(key));
  $("status").textContent = key ? says[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : "";
}

/** What a failure means to a resident. */
function tellFailure(error) {
  const byStatus = { 0: "offline", 401: "over", 404: "wrong", 422: "failed", 423: "locked", 429: "slow", 503: "offline" };
  const byCode = { "not-bookable": "late", "wrong-state": "settled" };
  tell(byCode[error.code] ?? byStatus[error.status] ?? "failed");
  if (error.status === 401) end();
}

/** Nothing is pressed twice while the answer is on its way. */
async function busy(button, work) {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    tellFailure(error);
  } finally {
    button.disabled = false;
  }
}

async function show() {
  const { matters } = await (await call("GET", "/mine")).json();
  for (const [name, isOpen] of [["open", true], ["over", false]]) {
    const found = matters.filter((one) => one.is_open === isOpen);
    document.querySelector(`[data-list=${name}]`).replaceChildren(...found.map(article));
    $(`${name}-ones`).hidden = found.length === 0;
  }
  tell(matters.length ? "" : "empty");
  $("matters").hidden = false;
  $("open").hidden = true;
}

function article(matter) {
  const made = $("matter").content.cloneNode(true).firstElementChild;
  const find = (selector) => made.querySelector(selector);
  find("h4").textContent = matter.title;
  find(".badge").textContent = matter.state_words;
  find(".number").textContent = matter.number;
  for (const { name, words } of matter.facts) {
    const [row, term, fact] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
    [term.textContent, fact.textContent] = [facts[name], words];
    row.append(term, fact);
    find("dl").append(row);
  }
  for (const { at, words } of matter.steps) {
    const [item, time] = ["li", "time"].map((tag) => document.createElement(tag));
    [time.dateTime, time.textContent] = [at, moment.format(new Date(at))];
    item.append(time, words);
    find(".steps ol").append(item);
  }
  find("dl").hidden = matter.facts.length === 0;
  find(".steps").hidden = matter.steps.length === 0;
  for (const button of made.querySelectorAll("[data-may]")) button.hidden = !matter.may.includes(button.dataset.may);
  const opens = (button, part) =>
    button.addEventListener("click", () => {
      part.hidden = !part.hidden;
      button.setAttribute("aria-expanded", String(!part.hidden));
      if (!part.hidden) part.querySelector("textarea, button").focus();
    });
  opens(find("[data-may=add]"), find(".addition"));
  opens(find("[data-may=cancel]"), find(".sure"));
  opens(find("[data-may=end]"), find(".end-sure"));
  find("[data-go-on]").addEventListener("click", () => find("[data-may=end]").click());
  find("[data-end]").addEventListener("click", ({ currentTarget }) => busy(currentTarget, () => act(made, matter, "end", "ended")));
  find("[data-keep]").addEventListener("click", () => find("[data-may=cancel]").click());
  find("[data-may=calendar]").addEventListener("click", ({ currentTarget }) => busy(currentTarget, () => keepInCalendar(matter)));
  find("[data-may=chase]").addEventListener("click", ({ currentTarget }) => busy(currentTarget, () => act(made, matter, "chase", "chased")));
  find("[data-sure]").addEventListener("click", ({ currentTarget }) => busy(currentTarget, () => act(made, matter, "cancel", "cancelled")));
  find("[data-share]").addEventListener("click", () => share(matter));
  find(".addition").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = find("textarea").value.trim();
    if (!words) tell("nothing");
    else busy(find(".addition button"), () => act(made, matter, "add", "added", words));
  });
  return made;
}

const marks = new Map(); // one mark for one wish: pressing again after a failure does nothing twice

async function act(made, matter, what, said, words = "") {
  const wish = `${matter.number} ${what} ${words}`;
  if (!marks.has(wish)) marks.set(wish, crypto.randomUUID?.() ?? String(Math.random()).slice(2));
  const body = { number: matter.number, act: what, words, client_message_id: marks.get(wish) };
  const fresh = article(await (await call("POST", "/mine/act", { body })).json());
  marks.delete(wish);
  made.replaceWith(fresh);
  fresh.querySelector("h4").tabIndex = -1;
  fresh.querySelector("h4").focus();
  tell(said);
}

async function keepInCalendar(matter) {
  const file = await (await call("POST", "/mine/calendar", { body: { number: matter.number } })).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "linyu.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function share(matter) {
  const lines = [matter.title, matter.state_words, ...matter.facts.map(({ name, words }) => `${facts[name]} ${words}`), matter.number];
  const text = lines.join("\n");
  try {
    if (navigator.share) await navigator.share({ text });
    else {
      await navigator.clipboard.writeText(text);
      tell("copied");
    }
  } catch (error) {
    if (error.name !== "AbortError") tell("failed");
  }
}

function end() {
  token = "";
  for (const list of document.querySelectorAll("[data-list]")) list.replaceChildren();
  $("shown-code").textContent = "";
  $("matters").hidden = $("shown-code").hidden = true;
  $("open").hidden = false;
}

function conversation() {
  try {
    return JSON.parse(localStorage.getItem("linyu.conversation"));
  } catch {
    return null;
  }
}

for (const kind of ["pointerdown", "keydown", "wheel", "touchmove"]) {
  document.addEventListener(kind, () => $("status").classList.remove("fresh"), { capture: true, passive: true });
}

$("open").addEventListener("submit", (event) => {
  event.preventDefault();
  busy(event.submitter ?? $("open").querySelector("button"), async () => {
    const [phone, code] = [$("phone").value.trim(), $("code").value.trim()];
    if (phone.replace(/\D/g, "").length < 7) return tell("no_phone");
    if (!/^\d{6}$/.test(code)) return tell("wrong");
    tell("loading");
    token = (await (await call("POST", "/mine/open", { body: { phone, code } })).json()).token;
    $("open").reset();
    $("show-code").hidden = true;
    await show();
    $("matters-title").focus();
  });
});

$("call").addEventListener("click", ({ currentTarget }) =>
  busy(currentTarget, async () => {
    const phone = $("phone").value.trim();
    if (phone.replace(/\D/g, "").length < 7) {
      $("phone").focus();
      return tell("no_phone");
    }
    const { calls } = await (await call("POST", "/mine/call", { body: { phone } })).json();
    tell(calls ? "calling" : "no_calls");
  }),
);

$("show-code").addEventListener("click", ({ currentTarget }) =>
  busy(currentTarget, async () => {
    const known = conversation();
    const { code } = await (await call("POST", `/conversations/${encodeURIComponent(known.id)}/code`, { bearer: known.token })).json();
    $("shown-code").hidden = false;
    $("shown-code").textContent = says.shown.replace("{code}", code);
    tell("shown", { code });
  }),
);

$("print").addEventListener("click", () => window.print());

$("close").addEventListener("click", async () => {
  await call("DELETE", "/mine").catch(() => null);
  end();
  tell("closed");
  $("phone").focus();
});

const known = conversation();
if (known) {
  tell("loading");
  try {
    token = (await (await call("POST", `/conversations/${encodeURIComponent(known.id)}/visit`, { bearer: known.token })).json()).token;
    await show();
  } catch (error) {
    tell(""); // the conversation is gone, or the network is: the form is there
    if (error.status === 0) tell("offline");
  }
}
