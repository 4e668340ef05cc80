// Which of the words on the screen are being spoken. What is spoken differs from what is written (450 is said
// 四百五十), so both are laid side by side by the characters they share.

const CLAUSE = /.+?(?:[，。！？；：…]+[”’）》」]*|[,.!?;:]+(?=\s|$)|\n+|$)/gsu;
const COUNTS = /[\p{L}\p{N}]/u;

/** A text in pieces that end where a speaker breathes. */
export function clauses(words) {
  return words.match(CLAUSE) || [];
}

export class Follow {
  #spans; // [{element, from, to}]: places in what is shown
  #places; // for each character of what is spoken, its place in what is shown, or -1

  /** `element` holds the spans of one message (see reply.js). */
  constructor(element, spoken) {
    let shown = "";
    this.#spans = Array.from(element?.querySelectorAll(".clause") || [], (span) => {
      const from = shown.length;
      shown += span.textContent;
      return { element: span, from, to: shown.length };
    });
    this.#places = align(shown, spoken);
  }

  /** Mark what is written for the spoken characters from … to. */
  show(from, to) {
    const places = this.#places.slice(from, to).filter((place) => place >= 0);
    if (places.length === 0) return; // a number or a card that is only spoken: what came before stays marked
    const [first, last] = [places[0], places[places.length - 1]];
    for (const span of this.#spans) span.element.classList.toggle("spoken-now", span.from <= last && first < span.to);
  }

  clear() {
    for (const span of this.#spans) span.element.classList.remove("spoken-now");
  }
}

/* The longest common subsequence of both texts, punctuation left out. */
function align(shown, spoken) {
  const [a, b] = [countingCharacters(shown), countingCharacters(spoken)];
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i].character === b[j].character
          ? best[(i + 1) * width + j + 1] + 1
          : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const places = new Array(spoken.length).fill(-1);
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i].character === b[j].character) places[b[j++].place] = a[i++].place;
    else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++;
    else j++;
  }
  return places;
}

function countingCharacters(words) {
  return Array.from(words.toLowerCase().split(""), (character, place) => ({ character, place })).filter(
    ({ character }) => COUNTS.test(character),
  );
}
