// How much is written of how much fits, beside every longer text; what is too long is marked before it is sent.

export function countWritten() {
  for (const field of document.querySelectorAll("[data-most]")) {
    const [area, count] = [field.querySelector("textarea"), field.querySelector("[data-count]")];
    const most = Number(field.dataset.most);
    const rule = count.textContent;
    const show = () => {
      const written = Array.from(area.value.trim()).length; // as the server counts
      count.textContent = written === 0 ? rule : `${written} / ${most}`;
      count.classList.toggle("wrong", written > most);
    };
    area.addEventListener("input", show);
    show();
  }
}
