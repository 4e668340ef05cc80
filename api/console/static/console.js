// What every console page does with a script; all of it also works without one.

/** Ask the staff API. `background` questions do not keep the session alive. Throws an Error with `code` and `status`. */
export async function ask(method, path, body, { background = false } = {}) {
  const headers = { Accept: "application/json" };
  const csrf = document.querySelector("meta[name=csrf]");
  if (csrf) headers["X-CSRF-Token"] = csrf.content;
  if (background) headers["X-Linyu-Background"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (answer.status === 401) location.assign(`/staff/login?next=${encodeURIComponent(location.pathname)}`);
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw Object.assign(new Error(content.code), { code: content.code, status: answer.status });
  return content;
}

// A form is sent once, however often the button is pressed; a button that only fetches a file can be pressed again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || "file" in (event.submitter?.dataset ?? {})) return;
  setTimeout(() => event.target.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});

// Coming back with the browser's button shows a fresh page, never one of a session that has ended.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
