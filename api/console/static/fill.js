// An answer that is used often is put into the field at a press, where it can still be changed; nothing is sent by it.
export function offerTemplates() {
  document.addEventListener("click", (event) => {
    if (!("fillIn" in (event.target.dataset ?? {}))) return;
    const place = event.target.closest("[data-fill]");
    const area = document.querySelector(`textarea[name="${place.dataset.fill}"]`);
    area.value = place.querySelector("select").value;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
  show();
  new MutationObserver(show).observe(document.querySelector("main"), { childList: true, subtree: true });
}

function show() {
  for (const button of document.querySelectorAll("[data-fill-in][hidden]")) button.hidden = false;
}
