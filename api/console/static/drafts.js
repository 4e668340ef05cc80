// What is typed into a form outlives a refusal, the end of the session and a closed connection: it is kept in this tab
// until it was sent, for the person who typed it, and goes with the tab, with signing out, or after a working day.

const PREFIX = "linyu.draft.";
const KEPT_FOR = 12 * 3600 * 1000; // milliseconds
const TYPED = "textarea, input[type=text], input:not([type])";

export function keepDrafts() {
  const account = document.querySelector("meta[name=account]")?.content;
  if (!account) {
    // Signing in: what was sent last did not arrive.
    change((draft) => ({ ...draft, sent: false }));
    return;
  }
  const cameBack = performance.getEntriesByType("navigation")[0]?.type !== "navigate";
  const refused = document.querySelector("meta[name=refused]") !== null || cameBack;
  change((draft) => {
    if (draft.account !== account || Date.now() - draft.at > KEPT_FOR) return null;
    return draft.sent && !refused ? null : { ...draft, sent: false };
  });
  restore();
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(TYPED) || target.form?.method !== "post") return;
    const key = keyOf(target.form);
    const draft = read(key) ?? { account, fields: {} };
    write(key, { ...draft, at: Date.now(), sent: false, fields: { ...draft.fields, [target.name]: target.value } });
  });
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.getAttribute("action") === "/staff/logout") change(() => null);
    const draft = read(keyOf(event.target));
    if (draft) write(keyOf(event.target), { ...draft, sent: true });
  });
}

function restore() {
  let restored = false;
  for (const form of document.querySelectorAll("form[method=post]")) {
    for (const [name, value] of Object.entries(read(keyOf(form))?.fields ?? {})) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (!field?.matches(TYPED) || field.value === value) continue;
      field.value = value;
      form.closest("details")?.setAttribute("open", "");
      restored = true;
    }
  }
  const notice = document.querySelector("[data-restored]");
  if (notice) notice.hidden = !restored;
}

function keyOf(form) {
  return `${PREFIX}${location.pathname} ${form.getAttribute("action")}`;
}

function read(key) {
  const kept = sessionStorage.getItem(key);
  return kept ? JSON.parse(kept) : null;
}

function write(key, draft) {
  sessionStorage.setItem(key, JSON.stringify(draft));
}

/** Every draft becomes what `into` makes of it; null takes it away. */
function change(into) {
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX))) {
    const draft = into(read(key));
    if (draft) write(key, draft);
    else sessionStorage.removeItem(key);
  }
}
