// The button that takes back what was just done is there for ten seconds; the address then forgets what it was.

export function foldUndo() {
  const undo = document.querySelector("[data-undo]");
  if (!undo) return;
  const address = new URL(location.href);
  for (const name of ["did", "of"]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
  setTimeout(() => undo.remove(), Number(undo.dataset.undo) * 1000);
}
