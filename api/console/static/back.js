// “Back” leads to the list as it was: with its filter, its order and its page. Kept in this tab until signing out, or until
// somebody has to sign in: it may be another person.

const PREFIX = "linyu.list.";

export function rememberLists() {
  if (location.pathname === "/staff/login") return forget();
  if (location.search) sessionStorage.setItem(PREFIX + location.pathname, location.search);
  else sessionStorage.removeItem(PREFIX + location.pathname);
  for (const link of document.querySelectorAll("a[data-back]")) {
    const search = sessionStorage.getItem(PREFIX + new URL(link.href).pathname);
    if (search) link.search = search;
  }
  document.addEventListener("submit", ({ target }) => {
    if (target.getAttribute("action") === "/staff/logout") forget();
  });
}

function forget() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
