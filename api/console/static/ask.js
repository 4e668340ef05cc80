// Asking the server, and leaving when the session is over.

/** Ask the staff API. `background` questions do not keep the session alive. Throws an Error with `code` and `status`. */
export async function ask(method, path, body, { background = false } = {}) {
  const headers = { Accept: "application/json" };
  const csrf = document.querySelector("meta[name=csrf]");
  if (csrf) headers["X-CSRF-Token"] = csrf.content;
  if (background) headers["X-Linyu-Background"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (answer.status === 401) leave();
  const content = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw Object.assign(new Error(content.code), { code: content.code, status: answer.status });
  return content;
}

/** The session is over: sign in, and come back to this page. */
export function leave() {
  location.assign(`/staff/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}
